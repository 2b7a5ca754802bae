// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/intake_p.h"

#include "core/base/jsonwriter.h"
#include "core/trust/audience.h"
#include "core/trust/contractfile.h"
#include "core/trust/federated.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

qsizetype failures(const base::Verdict& verdict)
{
    return std::ranges::count(verdict.checks, base::Outcome::Fail, &base::Check::outcome);
}

struct Matching
{
    const jose::Jwt& token;
    const setup::Setup& setup;
    base::Instant now;
    trust::Knowledge knowledge;
    QList<base::Verdict> out {};
};

void matchCredentials(Matching& m)
{
    for (const setup::App& app : m.setup.apps) {
        QList<setup::Credential> federated;
        for (const setup::Credential& credential : app.credentials)
            if (credential.type == setup::CredentialType::Federated)
                federated.append(credential);
        if (federated.isEmpty())
            continue;
        base::Verdict verdict = trust::matchFederated(m.token, federated, &m.setup, m.knowledge, m.now);
        verdict.receiver += u" for "_s + (app.displayName.isEmpty() ? app.name : app.displayName);
        m.out.append(std::move(verdict));
    }
}

/// One object that holds the parts that are there, as a contract file names them.
QByteArray together(std::initializer_list<std::pair<const char*, const json::Document*>> parts)
{
    json::Writer out;
    out.beginObject();
    for (const auto& [name, document] : parts)
        if (document->root())
            out.raw(name, json::formatted(document->root(), -1));
    return out.endObject().done();
}

/// The vendor's objects of a target, put together as a contract file holds them. Empty: it has none.
QByteArray contractOf(const setup::Target& target)
{
    if (target.rule.root() && target.issuer.root())
        return together({{"issuer", &target.issuer}, {"rule", &target.rule}});
    if (target.trustPolicy.root())
        return together({{"provider", &target.provider}, {"trustPolicy", &target.trustPolicy}});
    if (target.provider.root()["oidc"])
        return json::formatted(target.provider.root(), -1);
    if (target.metadata.root()["authorization_servers"])
        return json::formatted(target.metadata.root(), -1);
    return {};
}

void matchTarget(Matching& m, const setup::Target& target)
{
    const QString title = target.displayName.isEmpty() ? target.name : target.displayName;
    // An API takes what its registration says, as in a walk, where the setup lists nothing.
    const bool isApi = target.kind == "api"_L1 || target.kind == "graph"_L1;
    const QStringList audiences = isApi ? trust::validAudiencesOf(m.setup, target) : target.validAudiences;
    if (!audiences.isEmpty()) {
        const QStringList issuers = isApi ? trust::validIssuersOf(m.setup, target) : target.validIssuers;
        base::Verdict verdict = trust::matchAudiences(m.token, audiences, issuers, &m.setup, m.knowledge, m.now);
        verdict.receiver = title;
        m.out.append(std::move(verdict));
        return;
    }
    const QByteArray text = contractOf(target);
    if (text.isEmpty())
        return;
    const json::Document contract = json::Document::read(text);
    auto verdict = trust::matchContract({.token = m.token, .contract = contract.root(), .setup = &m.setup, .knowledge = m.knowledge, .now = m.now});
    if (!verdict)
        return;
    verdict->receiver = title;
    m.out.append(std::move(*verdict));
}

bool isOnAudience(const base::Check& check) { return check.id == u"audience"_s || (check.id.startsWith(u"condition."_s) && check.id.endsWith(u".aud"_s)); }

/// `aud` says whom a token is for (RFC 7519, 4.1.3). Where a receiver wants another value that is not even nearly this one, the
/// token is somebody else's. A near miss is a mistake between the two, and so is every other difference.
bool isForSomebodyElse(const base::Verdict& verdict)
{
    return std::ranges::any_of(verdict.checks, [](const base::Check& check) {
        return isOnAudience(check) && check.outcome == base::Outcome::Fail && !check.near && !check.presented.isEmpty();
    });
}

} // namespace

trust::Knowledge knowledgeOf(const IntakeOptions& options)
{
    trust::Knowledge out;
    if (options.hasKeys)
        out.keys = [keys = &options.keys](const QString&) { return keys; };
    return out;
}

/// Accepting receivers first, then those that miss least. A token that is addressed to nobody here was meant for one of them.
void judge(Item& item, const IntakeOptions& options)
{
    Matching m {*item.token, *options.setup, options.expected.now, knowledgeOf(options)};
    matchCredentials(m);
    for (const setup::Target& target : m.setup.targets)
        matchTarget(m, target);
    std::ranges::stable_sort(m.out, [](const base::Verdict& a, const base::Verdict& b) { return failures(a) < failures(b); });
    const bool addressed = !std::ranges::all_of(m.out, isForSomebodyElse);
    for (base::Verdict& verdict : m.out)
        (addressed && isForSomebodyElse(verdict) ? item.elsewhere : item.verdicts).append(std::move(verdict));
}

bool isAcceptedByAll(const Inspection& inspection)
{
    return std::ranges::all_of(inspection.items, [](const Item& item) {
        return std::ranges::all_of(item.verdicts, [](const base::Verdict& v) { return v.decision == base::Decision::Accept; });
    });
}

} // namespace diagnosis
