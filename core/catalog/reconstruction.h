// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/catalog/recognise.h"
#include "core/catalog/recordedflows.h"
#include "core/flow/resolve.h"
#include "core/flow/run.h"
#include "core/http/har.h"

namespace catalog {

struct BroughtAnswer;

/// An exchange of the file that is no step of its own.
struct HiddenExchange
{
    qint64 index = 0;
    QByteArray method {};
    QByteArray url {};        ///< without its query, which may hold anything
    int status = 0;
    base::Instant started {};
    QString step {};          ///< the step it repeats or belongs to; empty: no protocol known here
};

/// A recorded file as the run it holds. entries = steps + repeats + hidden, for every file.
struct Reconstruction
{
    flow::Flow flow {};
    flow::Run run {};
    QList<RecordedFlow> flows {}; ///< what the steps fall into, each step in one of them
    QString shown {};         ///< which of them `flow` and `run` are; empty: all
    qint64 entries = 0;
    qint64 steps = 0;         ///< of all flows
    qint64 repeats = 0;       ///< the same request with the same outcome again, and pages of a sign-in
    qint64 hidden = 0;
    QList<HiddenExchange> others {};
    QStringList notes {};     ///< missing bodies, clocks that differ, an answer that is not in the file
};

/// Takes the exchanges of a file one by one and makes the run of them: redirects, fragments and form posts bring a sign-in
/// and its answer together, equal requests with equal outcomes are repeats. Steps stand in the order of their times, whatever
/// the order in the file (HAR 1.2, entries). Nothing is sent, nothing is guessed.
class Reconstructor
{
public:
    /// With a setup, parties are named by it and steps carry its contracts; without one, by what stands in the requests.
    explicit Reconstructor(const setup::Setup* setup = nullptr);
    void add(const http::HarEntry& entry);
    Reconstruction finish();

private:
    struct Open ///< a sign-in whose answer has not come yet
    {
        flow::Step step;
        http::Exchange exchange;
        QByteArray state;
        QByteArray client;
        QByteArray redirectUri;
        qint64 index;
        qint64 place; ///< how many entries had come
        QByteArray site;
    };
    struct SignIn ///< one whose answer has come
    {
        QString step;
        QByteArray client;
        QByteArray redirectUri;
        QByteArray site;
        base::Instant from, until;
        qint64 place;
    };

    struct Alike ///< steps that differ in credentials, errors and tokens alone
    {
        int count = 0;
        QString last;
        QStringList slotsOfLast;
    };

    QString beyondCount(const Seen& seen, const flow::Step& step);
    bool answers(const http::HarEntry& entry, const QList<BroughtAnswer>& brought);
    void answered(std::vector<Open>::iterator open, const QByteArray& answer, const http::HarEntry& entry);
    QString signInOfPage(const http::HarEntry& entry) const;
    const SignIn* successor(const Open& open) const;
    void closeOpen();
    void record(flow::Step step, const http::Exchange& exchange, bool lacksBody);
    void hide(const http::Exchange& exchange, qint64 index, const QString& step);
    void learn(const flow::StepRecord& record);
    void learnKeys(const Seen& seen);
    void noteClock(const flow::StepRecord& record);
    void noteMissing(const http::HarEntry& entry, const flow::Step& step);
    void noteCounted();
    void keep(const http::HarEntry& entry, bool whole);
    Reconstruction inOrder();
    static void countOthers(Reconstruction& made);
    QString signInAround(const HiddenExchange& exchange) const;
    QString uniqueId(const QString& id, qint64 index);

    Memory m_memory;
    flow::Ingredients m_known {};
    Reconstruction m_out {};
    std::vector<Open> m_open {};
    QHash<QByteArray, QString> m_seen {}; ///< what a request and its outcome were -> its step
    QHash<QByteArray, Alike> m_alike {};
    qint64 m_beyond = 0;
    QHash<QString, int> m_ids {};
    QHash<QByteArray, QString> m_keysOf {}; ///< jwks_uri -> issuer
    QHash<QByteArray, QString> m_answers {}; ///< the answer of a sign-in -> its step
    QList<SignIn> m_signIns {};
    QHash<QString, qint64> m_indexOf {};     ///< step -> its entry
    std::vector<http::HarEntry> m_kept {};   ///< what steps were made of, in case that times demand another order
    qint64 m_besides = 0;                    ///< of them, those that may be an answer of a sign-in that stands behind them
    base::Instant m_latest {};
    bool m_isInOrder = true;
    qint64 m_untimed = 0;
    QStringList m_broken {};                 ///< the first few entries that are no exchanges, and what they are
    qint64 m_brokenCount = 0;
};

} // namespace catalog
