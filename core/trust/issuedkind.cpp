// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "federated_p.h"

#include "core/trust/codes.h"
#include "core/trust/principal.h"

using namespace Qt::StringLiterals;

namespace trust {

namespace {

// The first-party application of Azure DevOps, whose service connections Entra issues exchange subjects for.
constexpr auto azureDevOps = "499b84ac-1321-427f-aa17-267ca6975798"_L1;

bool isServiceConnection(const jose::Jwt& token)
{
    const auto subject = readExchangeSubject(token.text("sub"));
    return subject && subject->app == azureDevOps;
}

QString kindWord(PrincipalKind kind)
{
    switch (kind) {
    case PrincipalKind::User: return u"a user's token"_s;
    case PrincipalKind::AgentUser: return u"an agent user's token"_s;
    case PrincipalKind::ManagedIdentity: return u"a managed identity's token"_s;
    case PrincipalKind::Blueprint: return u"a blueprint's token"_s;
    case PrincipalKind::AgentIdentity: return u"an agent's token"_s;
    default: return u"an application's token"_s;
    }
}

bool isUser(PrincipalKind kind)
{
    return kind == PrincipalKind::User || kind == PrincipalKind::AgentUser;
}

/// 0 when the kind is accepted.
int codeFor(const jose::Jwt& token, PrincipalKind kind)
{
    if (isServiceConnection(token))
        return 0;
    if (isUser(kind))
        return 700229;
    if (token.claim("xms_ficinfo"))
        return 700231;
    return kind == PrincipalKind::ManagedIdentity ? 0 : 700226;
}

QString fixFor(int code)
{
    switch (code) {
    case 700229: return u"Present the managed identity's own token, not the user's."_s;
    case 700231: return u"Federate the first token directly, or take the managed identity's token from the metadata service."_s;
    default: return u"Present a managed identity's token."_s;
    }
}

} // namespace

TokenDemand federatedDemand(Unknowns unknowns)
{
    return {.word = u"assertion"_s, .algorithms = {u"RS256"_s}, .leeway = std::chrono::minutes {5},
            .form = &aadsts(50027), .algorithm = &aadsts(501661), .key = &aadsts(501661),
            .signature = &aadsts(700027),
            .time = &aadsts(700024), .source = u"Microsoft: workload identity federation considerations"_s,
            .unknowns = unknowns};
}

void checkIssuedKind(Sheet& sheet, const jose::Jwt& token, const setup::Setup* setup, bool receiver,
    Unknowns unknowns)
{
    if (!isEntraIssued(token))
        return;
    const Principal principal = principalOf(token, setup);
    const int code = codeFor(token, principal.kind);
    base::Check check {.id = u"kind"_s, .title = u"Kind of token"_s,
                       .expected = u"an unchained managed identity's token"_s,
                       .presented = kindWord(principal.kind), .relation = code ? QString() : u"accepted"_s,
                       .fix = fixFor(code),
                       .presentedFrom = u"claims idtyp, oid, xms_mirid, xms_ficinfo"_s,
                       .source = u"Microsoft: configure an app to trust a managed identity"_s};
    if (token.claim("xms_ficinfo"))
        check.presented += u" that federation issued"_s;
    // Nothing in an app-only token of an unknown principal says whether it is a managed identity's.
    const bool cannotTell = code == 700226 && principal.kind == PrincipalKind::App && principal.name.isEmpty()
        && !receiver;
    if (!cannotTell) {
        sheet.hold(std::move(check), code == 0, aadsts(code ? code : 700226));
        return;
    }
    check.relation = u"Nothing in the token says whether it is a managed identity's."_s;
    check.fix.clear();
    if (unknowns == Unknowns::LeaveOpen)
        sheet.unknown(check, check.relation);
    else
        sheet.warn(check);
}

QList<base::Check> assertionChecks(const jose::Jwt& token, const Knowledge& knowledge, base::Instant now,
    const setup::Setup* setup)
{
    Sheet sheet(u"Microsoft Entra"_s);
    const TokenDemand demand = federatedDemand(Unknowns::LeaveOpen);
    sheet.begin(u"The token itself"_s);
    checkForm(sheet, token, demand);
    checkAlgorithm(sheet, token, demand);
    checkSignature(sheet, token, token.text("iss"), true, knowledge, demand);
    checkTimes(sheet, token, now, demand);
    checkIssuedKind(sheet, token, setup, knowledge.receiver, Unknowns::LeaveOpen);
    return sheet.checks();
}

} // namespace trust
