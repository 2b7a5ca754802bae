// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "probes_p.h"

#include "core/http/site.h"

#include <algorithm>
#include <array>

namespace catalog {

using namespace Qt::StringLiterals;

namespace {

struct Pair
{
    const flow::Step& step;
    const flow::StepRecord& record;
};

bool isOneOf(const QString& text, std::initializer_list<QStringView> list) { return std::ranges::find(list, text) != list.end(); }
bool isAccepted(const Pair& p) { return p.record.state == flow::StepState::Accepted; }
QByteArray site(const Pair& p) { return http::siteOf(p.record.exchange.request.url); }

QByteArray literal(const QList<flow::Field>& fields, const char* name)
{
    const auto field = std::ranges::find(fields, QByteArrayView(name), &flow::Field::name);
    const auto* text = field == fields.end() ? nullptr : std::get_if<flow::Literal>(&field->value.v);
    return text ? text->text : QByteArray();
}

/// MCP authorization 2026-07-28, discovery; RFC 8414, 3.1.
bool isOtherPlace(const Pair& p) { return isOneOf(p.step.explain, {u"resource-metadata", u"discover"}) && p.record.observed.status == 404; }
bool isFoundThere(const Pair& p, const Pair& later) { return isAccepted(later) && later.step.explain == p.step.explain && site(later) == site(p); }

/// Microsoft: authenticate against Azure resources with Azure Arc-enabled servers.
bool isArcChallenge(const Pair& p)
{
    return p.step.explain == u"managed-identity" && p.record.observed.status == 401 && p.record.exchange.response->headers.value("WWW-Authenticate").startsWith("Basic realm=");
}
bool isArcAnswer(const Pair& p, const Pair& later)
{
    return later.step.explain == p.step.explain && site(later) == site(p) && later.record.exchange.request.headers.value("Authorization").startsWith("Basic ");
}

/// OpenID Connect Core, 3.1.2.6.
bool isSilent(const Pair& p)
{
    return p.step.interactive && literal(p.step.query, "prompt") == "none"
        && isOneOf(p.record.observed.error, {u"login_required", u"interaction_required", u"consent_required", u"account_selection_required"});
}
bool isWithPage(const Pair& p, const Pair& later)
{
    return later.step.interactive && isAccepted(later) && literal(later.step.query, "client_id") == literal(p.step.query, "client_id");
}

/// RFC 8628, 3.5.
bool isPending(const Pair& p)
{
    return p.step.explain == u"token-request" && isOneOf(p.record.observed.error, {u"authorization_pending", u"slow_down"});
}
bool isAskedAgain(const Pair& p, const Pair& later)
{
    return later.step.explain == p.step.explain && later.record.exchange.request.body == p.record.exchange.request.body;
}

/// RFC 6750, 3.1; MCP authorization 2026-07-28, step-up; Microsoft: claims challenges.
bool isStepUp(const Pair& p)
{
    const QByteArray challenge = p.record.exchange.response->headers.value("WWW-Authenticate");
    return p.step.explain == u"call" && (challenge.contains("insufficient_scope") || challenge.contains("insufficient_claims"));
}
/// The same call with another token.
bool isWithMore(const Pair& p, const Pair& later)
{
    const http::Request &first = p.record.exchange.request, &then = later.record.exchange.request;
    return isAccepted(later) && later.step.explain == p.step.explain && then.method == first.method && then.url == first.url
        && then.headers.value("Authorization") != first.headers.value("Authorization");
}

struct Probe
{
    bool (*is)(const Pair&);
    bool (*goesOn)(const Pair&, const Pair& later);
};
constexpr std::array probes {Probe {isOtherPlace, isFoundThere}, Probe {isArcChallenge, isArcAnswer}, Probe {isSilent, isWithPage}, Probe {isPending, isAskedAgain},
    Probe {isStepUp, isWithMore}};

} // namespace

void settleProbes(Reconstruction& made, const flow::Ingredients& known)
{
    QList<flow::Step>& steps = made.flow.steps;
    QList<flow::StepRecord>& records = made.run.records;
    for (qsizetype i = 0; i < records.size(); ++i) {
        const Pair here {steps[i], records[i]};
        const auto probe = std::ranges::find_if(probes, [&](const Probe& p) { return records[i].state == flow::StepState::Refused && p.is(here); });
        if (probe == probes.end())
            continue;
        qsizetype later = i + 1;
        while (later < records.size() && !probe->goesOn(here, {steps[later], records[later]}))
            ++later;
        if (later == records.size())
            continue;
        steps[i].welcome.append(records[i].observed.status);
        records[i] = flow::collect(steps[i], records[i].exchange, known);
    }
}

} // namespace catalog
