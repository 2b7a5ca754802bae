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
    trust::Knowledge nothing {};
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
        base::Verdict verdict = trust::matchFederated(m.token, federated, &m.setup, m.nothing, m.now);
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
    if (!target.validAudiences.isEmpty()) {
        base::Verdict verdict = trust::matchAudiences(m.token, target.validAudiences, target.validIssuers, &m.setup, m.nothing, m.now);
        verdict.receiver = title;
        m.out.append(std::move(verdict));
        return;
    }
    const QByteArray text = contractOf(target);
    if (text.isEmpty())
        return;
    const json::Document contract = json::Document::read(text);
    auto verdict = trust::matchContract({.token = m.token, .contract = contract.root(), .setup = &m.setup, .knowledge = m.nothing, .now = m.now});
    if (!verdict)
        return;
    verdict->receiver = title;
    m.out.append(std::move(*verdict));
}

} // namespace

/// Accepting receivers first, then those that miss least.
QList<base::Verdict> verdictsOf(const jose::Jwt& token, const setup::Setup& setup, base::Instant now)
{
    Matching m {token, setup, now};
    matchCredentials(m);
    for (const setup::Target& target : setup.targets)
        matchTarget(m, target);
    std::ranges::stable_sort(m.out, [](const base::Verdict& a, const base::Verdict& b) { return failures(a) < failures(b); });
    return m.out;
}

} // namespace diagnosis
