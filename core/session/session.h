// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/finding.h"
#include "core/chain/chain.h"
#include "core/flow/runner.h"
#include "core/setup/binding.h"
#include "core/setup/setup.h"

#include <QObject>

#include <memory>

namespace diagnosis { struct Recorded; }

namespace session {

enum class Against { Lab, Live };

/// The open document: setup, flow, run, chain, findings. Holds values, calls pure functions, says what changed.
class Session : public QObject
{
    Q_OBJECT
public:
    Session(http::Transport& transport, setup::SecretStore& secrets, base::Clock clock, QObject* parent = nullptr);
    ~Session() override;

    /// What is walked. `played` is the bound setup in the lab, else the setup itself; `bindings` are empty when live.
    /// Starts a fresh run of the same flow when it still exists, else of the first.
    void open(setup::Setup setup, setup::Setup played, setup::Bindings bindings, Against against);
    /// A recorded file in place of a run, until open(): nothing of it is sent, and nothing of it is predicted anew.
    void show(diagnosis::Recorded recorded, const QString& name);
    /// nullptr while a setup is open to be walked.
    const diagnosis::Recorded* recording() const { return m_recording.get(); }
    void setFlow(const QString& id);
    /// Nothing is sent while the lab is not up yet: an intent to send waits for it. open() releases.
    void hold();
    bool isHeld() const { return m_held; }
    void setClock(base::Clock clock);

    const setup::Setup& setup() const { return m_setup; }      ///< as written: real names
    const setup::Setup& played() const { return m_played; }    ///< what requests are made from
    const setup::Bindings& bindings() const { return m_bindings; }
    Against against() const { return m_against; }
    const QList<flow::Flow>& flows() const { return m_flows; }
    const QList<base::Error>& flowProblems() const { return m_flowProblems; } ///< flows that could not be built
    const flow::Flow& flow() const;
    const flow::Run& run() const;
    const chain::Chain& chain() const { return m_chain; }
    const QList<base::Finding>& findings() const { return m_findings; }
    base::Instant now() const; ///< of a recording: when its last step was sent
    bool hasSetup() const { return m_has; }

    /// Of the step as it would be sent now, or as it was predicted when it was sent.
    std::optional<base::Verdict> predicted(const QString& stepId) const;
    const flow::StepRecord* record(const QString& stepId) const;
    flow::StepState state(const QString& stepId) const;  ///< Waiting and Sending included
    /// The request as it would go out, secrets as placeholders; an Error names what is missing yet.
    base::Result<flow::Resolved> previewRequest(const QString& stepId) const;
    QString nextStep() const;
    bool isBusy() const;
    const std::optional<flow::Waiting>& waiting() const;

    // Intents
    void next();
    void sendAgain(const QString& stepId);
    void runAll();
    void readKeysAgain(); ///< of the issuers; what they change of predictions and findings shows as they arrive
    void reset();
    void cancel();
    base::Result<void> pasteCallback(const QByteArray& url);
    void openBrowserAgain();
    flow::Runner& runner() { return m_runner; }

    /// The one selection.
    const base::Place& selection() const { return m_selection; }
    void select(const base::Place& place);

    /// Puts what only the lab knows beside a record.
    void annotate(const QString& stepId, const QString& note, const std::optional<base::Verdict>& truth);

signals:
    void setupChanged();       ///< setup, flows, everything below
    void flowChanged();
    void runChanged();         ///< records, chain, findings, states
    void waitingChanged();     ///< once a second while waiting, and when it begins and ends
    void recorded(const QString& stepId);
    void finished();           ///< an intent that sends came to its end
    void selectionChanged(const base::Place& place);

private:
    void recompute();
    void whenReleased(std::function<void()> intent);
    void startRun();

    std::unique_ptr<const diagnosis::Recorded> m_recording;
    base::Clock m_clock;
    flow::Runner m_runner;
    setup::Setup m_setup {};
    setup::Setup m_played {};
    setup::Bindings m_bindings {};
    Against m_against = Against::Lab;
    bool m_has = false;
    bool m_held = false;
    std::function<void()> m_intent {}; ///< what was asked for while held
    QList<flow::Flow> m_flows {};
    QList<base::Error> m_flowProblems {};
    QString m_flowId {};
    chain::Chain m_chain {};
    QList<base::Finding> m_findings {};
    base::Place m_selection {};
};

} // namespace session
