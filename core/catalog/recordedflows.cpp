// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/catalog/recordedflows.h"

#include "core/catalog/reconstruction.h"
#include "core/http/site.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace catalog {

namespace {

/// Steps that belong together, by the first of them.
class Groups
{
public:
    explicit Groups(qsizetype size) : m_first(size) { std::iota(m_first.begin(), m_first.end(), 0); }

    qsizetype of(qsizetype step)
    {
        while (m_first[step] != step)
            step = m_first[step] = m_first[m_first[step]];
        return step;
    }
    void join(qsizetype a, qsizetype b)
    {
        const auto [low, high] = std::minmax({of(a), of(b)});
        m_first[high] = low;
    }

private:
    QList<qsizetype> m_first;
};

http::Form askedOf(const http::Request& request)
{
    http::Form all = http::parseForm(http::splitUrl(request.url).query);
    if (request.headers.value("Content-Type").startsWith("application/x-www-form-urlencoded"))
        for (const http::Parameter& each : http::parseForm(request.body))
            all.append(each);
    return all;
}

/// A token joins the step that it came from and every step that presents it; a code joins sign-in and redemption.
void joinByEvidence(Groups& groups, const flow::Flow& flow, const QList<flow::StepRecord>& records)
{
    QHash<QString, qsizetype> issued;
    QHash<QByteArray, qsizetype> codes;
    for (qsizetype i = 0; i < records.size(); ++i) {
        for (const flow::Token& token : records[i].tokens)
            issued.insert(token.slot, i);
        if (const QByteArray code = records[i].values.value(u"code"_s); !code.isEmpty())
            codes.insert(code, i);
    }
    for (qsizetype i = 0; i < records.size(); ++i) {
        for (const flow::Evidence& evidence : flow.steps[i].presents)
            if (const auto from = issued.constFind(evidence.slot); !evidence.slot.isEmpty() && from != issued.cend())
                groups.join(i, *from);
        if (const auto from = codes.constFind(askedOf(records[i].exchange.request).value("code")); from != codes.cend())
            groups.join(i, *from);
    }
}

QByteArray hostOf(const flow::StepRecord& record) { return "host " + http::serverOf(record.exchange.request.url); }

/// What a step that no token ties has in common with others: its client, else the server that it asks.
QByteArray affinityOf(const flow::StepRecord& record)
{
    const QByteArray client = askedOf(record.exchange.request).value("client_id");
    return client.isEmpty() ? hostOf(record) : QByteArray("client " + client);
}

/// A document that was read, a sign-in that was refused and tried again: with the nearest step that has the same client or
/// asks the same server, the next one first.
void joinLoose(Groups& groups, const QList<flow::StepRecord>& records)
{
    QHash<qsizetype, int> sizes;
    for (qsizetype i = 0; i < records.size(); ++i)
        ++sizes[groups.of(i)];
    QHash<QByteArray, QList<qsizetype>> alike;
    QByteArrayList affinity;
    for (qsizetype i = 0; i < records.size(); ++i) {
        affinity.append(affinityOf(records[i]));
        alike[affinity[i]].append(i);
        if (const QByteArray host = hostOf(records[i]); host != affinity[i])
            alike[host].append(i);
    }
    for (qsizetype i = 0; i < records.size(); ++i) {
        if (sizes.value(i) != 1 || groups.of(i) != i)
            continue;
        const QList<qsizetype> others = alike.value(affinity[i]);
        const auto next = std::ranges::upper_bound(others, i);
        const auto own = std::ranges::lower_bound(others, i);
        if (next != others.end())
            groups.join(i, *next);
        else if (own != others.begin())
            groups.join(i, *std::prev(own));
    }
}

QString titleOf(const Reconstruction& all, const QList<qsizetype>& steps)
{
    const flow::Step &first = all.flow.steps[steps.front()], &last = all.flow.steps[steps.back()];
    return u"%1 to %2"_s.arg(first.from.title.isEmpty() ? first.title : first.from.title, last.to.title);
}

} // namespace

QList<RecordedFlow> recordedFlows(const Reconstruction& all)
{
    const QList<flow::StepRecord>& records = all.run.records;
    Groups groups(records.size());
    joinByEvidence(groups, all.flow, records);
    joinLoose(groups, records);
    QHash<qsizetype, QList<qsizetype>> members;
    QList<qsizetype> order;
    for (qsizetype i = 0; i < records.size(); ++i) {
        QList<qsizetype>& list = members[groups.of(i)];
        if (list.isEmpty())
            order.append(groups.of(i));
        list.append(i);
    }
    QList<RecordedFlow> out;
    for (const qsizetype first : std::as_const(order)) {
        const QList<qsizetype> steps = members.value(first);
        RecordedFlow flow {.id = u"flow-%1"_s.arg(out.size() + 1), .title = titleOf(all, steps), .state = flow::StepState::Accepted};
        for (const qsizetype i : steps) {
            flow.steps.append(all.flow.steps[i].id);
            if (records[i].state != flow::StepState::Accepted)
                flow.state = records[i].state;
        }
        out.append(std::move(flow));
    }
    return out;
}

Reconstruction onlyFlow(const Reconstruction& all, const QString& id)
{
    const auto flow = std::ranges::find(all.flows, id, &RecordedFlow::id);
    if (flow == all.flows.end())
        return all;
    Reconstruction out = all;
    out.shown = id;
    out.flow.id = out.run.flowId = id;
    out.flow.title = flow->title;
    const QSet<QString> kept(flow->steps.begin(), flow->steps.end());
    out.flow.steps.removeIf([&](const flow::Step& step) { return !kept.contains(step.id); });
    out.run.records.removeIf([&](const flow::StepRecord& record) { return !kept.contains(record.stepId); });
    return out;
}

} // namespace catalog
