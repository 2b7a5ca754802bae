// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/catalog/recognise.h"
#include "core/catalog/recordedflows.h"
#include "core/flow/resolve.h"
#include "core/flow/run.h"
#include "core/http/har.h"

namespace catalog {

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

/// A recorded file as the run it holds. entries = steps + repeats + hidden.
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
/// and its answer together, equal requests with equal outcomes are repeats. Nothing is sent, nothing is guessed.
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
        QByteArray redirectUri;
        qint64 index;
    };

    bool answers(const http::HarEntry& entry);
    bool isPageOfSignIn(const http::HarEntry& entry) const;
    void record(flow::Step step, const http::Exchange& exchange, qint64 index);
    void hide(const http::HarEntry& entry, const QString& step);
    void learn(const flow::StepRecord& record);
    void learnKeys(const Seen& seen);
    void note(const flow::StepRecord& record);
    QString uniqueId(const QString& id);

    Memory m_memory;
    flow::Ingredients m_known {};
    Reconstruction m_out {};
    std::vector<Open> m_open {};
    QHash<QByteArray, QString> m_seen {}; ///< what a request and its outcome were -> its step
    QHash<QString, int> m_ids {};
    QHash<QByteArray, QString> m_keysOf {}; ///< jwks_uri -> issuer
};

} // namespace catalog
