// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "exchangefaults.h"

#include "core/lab/setupedits.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

using setup::Setup;

/// The same value put at one place of every exchange that a flow passes.
base::Result<Setup> atExchanges(const Setup& setup, const QString& pointer, const QByteArray& json)
{
    QList<Edit> edits;
    for (const setup::Target* target : targets(setup, "token-exchange"_L1))
        edits.append({QString(target->pointer + pointer), json});
    return withEdits(setup, edits);
}

/// Somebody who looks like the one in the list.
base::Result<Setup> withNeighbour(const Setup& setup, const char* list)
{
    QList<Edit> edits;
    for (const setup::Target* target : targets(setup, "token-exchange"_L1)) {
        QString oid = target->settings.root()[list].first()["oid"].text();
        if (oid.isEmpty())
            continue;
        oid.back() = oid.back() == u'0' ? u'1' : u'0';
        edits.append({QString(target->pointer + u"/settings/%1/0/oid"_s.arg(QString::fromLatin1(list))), jsonText(oid)});
    }
    return withEdits(setup, edits);
}

base::Result<Setup> withSettings(const Setup& setup, QLatin1StringView recipe, const QByteArray& json)
{
    QList<Edit> edits;
    for (const setup::FlowSpec& flow : setup.flows)
        if (flow.recipe == recipe)
            edits.append({QString(flow.pointer + u"/settings"_s), json});
    return withEdits(setup, edits);
}

} // namespace

base::Result<Setup> exchangeTarget(const Setup& setup)
{
    return atExchanges(setup, u"/settings/audiences"_s, R"(["https://elsewhere.example"])");
}

base::Result<Setup> exchangeAudience(const Setup& setup)
{
    return atExchanges(setup, u"/validAudiences"_s, R"(["https://elsewhere.example"])");
}

base::Result<Setup> exchangeSubject(const Setup& setup) { return withNeighbour(setup, "subjects"); }

base::Result<Setup> exchangeActor(const Setup& setup) { return withNeighbour(setup, "actors"); }

base::Result<Setup> tokenPassedOn(const Setup& setup)
{
    return withSettings(setup, "token-exchange"_L1, R"({"passOn":true})");
}

base::Result<Setup> grantConfusion(const Setup& setup)
{
    return withSettings(setup, "jwt-grant"_L1, R"({"sendAs":"client_assertion"})");
}

/// One record ends; those of other principals of the same client stay.
base::Result<Setup> agentRecordRevoked(const Setup& setup)
{
    QList<Edit> edits;
    for (const setup::Target* broker : targets(setup, "broker"_L1))
        if (broker->settings.root()["records"].first())
            edits.append({QString(broker->pointer + u"/settings/records/0/revoked"_s), "true"});
    return withEdits(setup, edits);
}

base::Result<Setup> brokerPolicy(const Setup& setup)
{
    QList<Edit> edits;
    for (const setup::Target* broker : targets(setup, "broker"_L1)) {
        const json::Value policies = broker->settings.root()["policies"];
        for (json::Value each = policies.first(); each; each = each.next())
            if (each["grants"].at(0).text() == "connection"_L1)
                edits.append({QString(broker->pointer + u"/settings"_s + each.pointer() + u"/scopes"_s), "[]"});
    }
    return withEdits(setup, edits);
}

base::Result<Setup> brokerUser(const Setup& setup)
{
    QList<Edit> edits;
    for (const setup::Target* broker : targets(setup, "broker"_L1)) {
        const json::Value connections = broker->settings.root()["connections"];
        for (json::Value each = connections.first(); each; each = each.next())
            edits.append({QString(broker->pointer + u"/settings"_s + each.pointer() + u"/users"_s), "[]"});
    }
    return withEdits(setup, edits);
}

} // namespace lab
