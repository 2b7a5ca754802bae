// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/redirect.h"
#include "core/flow/repeat.h"
#include "core/flow/resolve.h"
#include "core/flow/run.h"
#include "core/http/transport.h"
#include "core/setup/secrets.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>

namespace flow {

/// An interactive step under way.
struct Waiting
{
    QString stepId {};
    int port = 0;
    QByteArray url {};                ///< what the browser was given
    QList<Origin> origins {};
    base::Instant since {};
    std::chrono::seconds elapsed {0};
    std::chrono::seconds limit {300};
    QStringList ignored {};           ///< answers that were not used, in words
    QString browserProblem {};        ///< the browser did not open
};

/// Executes a flow step by step. The only thing that waits.
class Runner : public QObject
{
    Q_OBJECT
public:
    /// Opens an address in the system's browser; an Error is shown beside the address, and waiting goes on.
    using Browser = std::function<base::Result<void>(const QByteArray& url)>;
    /// The verdict to expect of this request; called right before it is sent.
    using Predict = std::function<std::optional<base::Verdict>(const Step&, const http::Request&)>;

    Runner(http::Transport& transport, setup::SecretStore& secrets, QObject* parent = nullptr);
    ~Runner() override;

    void setBrowser(Browser browser);
    void setPredict(Predict predict);
    void setClock(base::Clock clock);
    void setSignInLimit(std::chrono::seconds limit);
    /// From now on; a request that is out keeps the old ones.
    void setSecrets(setup::SecretStore& secrets);
    void setTransport(http::Transport& transport);

    /// A new run of this flow; the old one is gone.
    void start(Flow flow, const QString& setupId, const QString& against);
    const Flow& flow() const { return m_flow; }
    const Run& run() const { return m_run; }
    /// The lab's annotations of a record, added after the fact.
    void annotate(const QString& stepId, const QString& note, const std::optional<base::Verdict>& truth);

    /// The step that send() would send: the first not accepted one; empty at the end.
    QString nextStep() const;
    /// Sends the next step, or the named one again. Nothing while busy.
    void send(const QString& stepId = {});
    /// Goes on until the end or the first step that is not accepted.
    void sendAll();
    /// Fetches the keys of every issuer whose address is known by now, whatever was fetched before. Nothing while busy.
    void readKeysAgain();
    /// Stops waiting or sending; the run keeps what it has.
    void cancel();
    bool isBusy() const { return m_busy; }
    const QString& currentStep() const { return m_current; } ///< of the operation under way; empty when idle
    const std::optional<Waiting>& waiting() const { return m_waiting; }
    base::Result<void> pasteCallback(const QByteArray& url);
    void openBrowserAgain();
    /// The browser's last page is still being served; a program that ends now would leave it without one.
    bool isAnsweringBrowser() const { return m_last && m_last->isOpen(); }
    /// What values are made of so far; previews use it.
    const Ingredients& known() const { return m_known; }

signals:
    void changed();                          ///< state, busy or waiting changed
    void recorded(const QString& stepId);    ///< a record was appended to run()
    void finished();                         ///< send or sendAll came to its end

private:
    void readSecrets(const Step& step, QList<setup::SecretKey> open);
    void skip(const Step& step);
    void perform(const Step& step);
    void performInteractive(const Step& step);
    void performRequest(const Step& step);
    void answered(const http::Form& parameters, const QByteArray& url);
    void transmit(const Step& step, const Resolved& asked, const std::optional<base::Verdict>& predicted, const Repeats& before);
    void exchanged(const Step& step, const Resolved& resolved, const std::optional<base::Verdict>& predicted, http::Exchange exchange, const Repeats& before = {});
    void fetchKeys(StepRecord record);
    void append(StepRecord record);
    void failStep(const Step& step, const base::Error& error, StepState state = StepState::Failed);
    void stopWaiting();
    void done();

    http::Transport* m_transport;
    setup::SecretStore* m_secrets;
    Browser m_browser {};
    Predict m_predict {};
    base::Clock m_clock;
    Flow m_flow {};
    Run m_run {};
    Ingredients m_known {};
    std::map<setup::SecretKey, base::Secret> m_read {}; ///< secrets of the step under way, wiped after it
    std::unique_ptr<QObject> m_context {};              ///< dies with the operation under way
    std::unique_ptr<RedirectListener> m_listener {};
    QPointer<RedirectListener> m_last {};               ///< answered, serving its closing page
    std::optional<Waiting> m_waiting {};
    std::optional<Resolved> m_asked {};                 ///< the interactive request that is out
    std::optional<base::Verdict> m_predicted {};
    QElapsedTimer m_since {};
    QTimer m_tick {};
    std::chrono::seconds m_limit {300};
    bool m_busy = false;
    bool m_all = false;
    QString m_current {};
};

} // namespace flow
