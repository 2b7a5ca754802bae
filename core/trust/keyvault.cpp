// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "keyvault.h"

#include "core/trust/assertion_p.h"
#include "core/trust/compare.h"
#include "core/trust/graphtoken.h"
#include "core/trust/vaultroles.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

constexpr Answer answer(int status, const char* error, const char* code, const char* text, bool confirmed = true)
{
    return {.aadsts = 0, .status = status, .error = error, .text = text, .suberror = "", .confirmed = confirmed,
        .reason = code};
}

// Codes: downstream.md 6.2. The codes of a malformed and of an expired token are not published.
constexpr Answer missing = answer(401, "Unauthorized", "AKV10000", "AKV10000: The request carries no bearer token.");
constexpr Answer foreignIssuer = answer(401, "Unauthorized", "AKV10032",
    "AKV10032: The issuer is not of the vault's tenant. Expected is one of {expected}, found {presented}.");
constexpr Answer foreignAudience = answer(401, "Unauthorized", "AKV10022",
    "AKV10022: The audience does not fit. Expected is https://vault.azure.net, found {presented}.");
constexpr Answer unsignedToken = answer(401, "Unauthorized", "AKV10046",
    "AKV10046: No key is known that the token's signature holds with.");
constexpr Answer malformedToken = answer(401, "Unauthorized", "", "The bearer token cannot be read.", false);
constexpr Answer outOfTime = answer(401, "Unauthorized", "", "The bearer token is not within its time.", false);
constexpr Answer byRbac = answer(403, "Forbidden", "ForbiddenByRbac",
    "The caller may not do this here. Needed is {expected}; the caller has {presented}.");
constexpr Answer disabled = answer(403, "Forbidden", "SecretDisabled", "This version of the secret is disabled: nothing can be read from it.");
constexpr Answer notFound = answer(404, "SecretNotFound", "SecretNotFound", "The vault has no secret {presented}.");
constexpr Answer unknownCall = answer(404, "NotFound", "", "The vault knows no such path.", false);

const QString& page()
{
    static const QString text = u"Microsoft: Key Vault REST API reference, common errors"_s;
    return text;
}

struct VaultCase
{
    const setup::Setup& setup;
    const setup::Target& vault;
    const VaultCall& call;
    const VaultSecretState& state;
    const Knowledge& knowledge;
    base::Instant now;
    Sheet& sheet;
    jose::Jwt token {};
};

TokenDemand demand()
{
    return {.word = u"token"_s, .algorithms = {u"RS256"_s}, .form = &malformedToken, .algorithm = &unsignedToken,
        .key = &unsignedToken, .signature = &unsignedToken, .time = &outOfTime, .source = page()};
}

bool checkThere(VaultCase& c, QByteArrayView authorization)
{
    const bool bearer = authorization.size() > 7 && authorization.first(7).toByteArray().toLower() == "bearer ";
    const bool there = c.sheet.hold({.id = u"authorization"_s, .title = u"Authorization"_s, .expected = u"Bearer and a token"_s,
                         .presented = authorization.isEmpty() ? u"no header"_s : bearer ? u"Bearer"_s : u"another scheme"_s,
                         .relation = u"a bearer token"_s, .fix = u"Ask for a token as the challenge says, then send it as bearer."_s,
                         .presentedFrom = u"header Authorization"_s, .source = page()},
        bearer, missing);
    if (there)
        c.token = jose::decode(authorization.sliced(7).trimmed());
    return there;
}

/// The URI, the first-party app's id, and the id that the tenant of the setup knows that app by.
QStringList namesOfResource(const setup::Setup& setup)
{
    QStringList names {vaultUri.toString(), vaultGuid.toString()};
    const setup::App* app = setup.appByAudience(vaultUri);
    if (app && !names.contains(app->clientId))
        names.append(app->clientId);
    return names;
}

/// The vault's side cannot be set to what a token says: no value to write, only the place where the setup names it.
void compare(VaultCase& c, base::Check check, const QStringList& presented, const QStringList& expected, const CompareHints& hints, const Answer& answer)
{
    check = comparedWithAny(std::move(check), presented, expected, hints);
    check.fixValue.clear();
    if (check.outcome == base::Outcome::Fail)
        check.fix = u"Ask for a token as the vault's challenge says: of its tenant, for https://vault.azure.net."_s;
    c.sheet.add(std::move(check), answer);
}

/// Graph's tokens are signed in a way that Graph alone can check; for a vault the audience says enough.
void checkVaultSignature(VaultCase& c)
{
    if (!hasHeaderNonce(c.token))
        return checkSignature(c.sheet, c.token, c.token.text("iss"), true, c.knowledge, demand());
    c.sheet.unknown({.id = u"signature"_s, .title = u"Signature"_s, .expected = u"a key of the issuer"_s, .presented = u"a token with a nonce in its header"_s, .source = page()},
        u"Tokens for Graph carry a nonce in the header and are meant for Graph alone."_s);
}

void checkToken(VaultCase& c)
{
    c.sheet.begin(u"The token itself"_s);
    checkForm(c.sheet, c.token, demand());
    CompareHints hints {.setup = &c.setup, .receiver = u"The vault compares letter by letter."_s, .contract = u"vault"_s,
        .azp = callerOf(c.token), .oid = c.token.text("oid")};
    hints.issuer = true;
    const QString authority = authorityOf(c.setup, c.vault), tenant = tenantIdOf(c.setup, c.vault);
    const setup::Tenant* home = c.setup.home();
    const QStringList issuers {home ? QString(home->v1Issuer + u'/' + tenant + u'/') : QString(), authority + u"/v2.0"_s};
    const bool written = bool(c.vault.settings.root()["tenantId"]);
    compare(c, {.id = u"issuer"_s, .title = u"Issuer"_s, .fixPointer = written ? c.vault.pointer + u"/settings/tenantId"_s : QString(),
                   .presentedFrom = u"claim iss"_s, .expectedFrom = u"tenant of the vault"_s, .source = page()},
        {c.token.text("iss")}, issuers, hints, foreignIssuer);
    hints.issuer = false;
    hints.audience = true;
    compare(c, {.id = u"audience"_s, .title = u"Audience"_s, .fixPointer = c.vault.pointer + u"/resource"_s, .presentedFrom = u"claim aud"_s,
                   .expectedFrom = u"resource in the vault's challenge"_s, .source = page()},
        audiencesOf(c.token), namesOfResource(c.setup), hints, foreignAudience);
    checkVaultSignature(c);
    checkTimes(c.sheet, c.token, c.now, demand());
}

/// Who calls, by the name that role assignments use; the object id where the setup has no name for it.
QString callerName(const VaultCase& c)
{
    const QString oid = c.token.text("oid");
    if (const setup::User* user = c.setup.userByObjectId(oid))
        return user->name;
    if (const setup::ManagedIdentity* identity = c.setup.managedIdentityByObjectId(oid))
        return identity->name;
    const setup::App* app = c.setup.appByObjectId(oid);
    return app ? app->name : oid;
}

/// The caller's assignments: does one allow the call, may one that is not known here, and which comes nearest.
struct Assigned
{
    QStringList shown {};
    bool enough = false;
    const setup::RoleAssignment* custom = nullptr;
    const setup::RoleAssignment* nearest = nullptr;
};

Assigned assignedTo(const VaultCase& c, const QString& caller)
{
    Assigned out;
    for (const setup::RoleAssignment& each : c.vault.roleAssignments) {
        if (each.principal != caller)
            continue;
        if (!out.shown.contains(shown(each)))
            out.shown.append(shown(each));
        const bool reaches = covers(scopeOf(each, c.vault), c.call);
        const auto allowed = allows(each.role, c.call.action);
        out.enough = out.enough || (reaches && allowed.value_or(false));
        if (reaches && !allowed)
            out.custom = &each;
        if (reaches != allowed.value_or(false))
            out.nearest = &each;
    }
    return out;
}

QString scopeNeeded(const VaultCall& call) { return call.secret.isEmpty() ? u"/"_s : QString(u"/secrets/"_s + call.secret); }

/// Where to write what is missing: into the assignment that has one half of it, else behind the last.
void pointAt(const VaultCase& c, const Assigned& assigned, base::Check& check)
{
    check.fixPointer = c.vault.pointer + u"/roleAssignments/-"_s;
    if (!assigned.nearest)
        return;
    const bool scope = allows(assigned.nearest->role, c.call.action).value_or(false);
    check.fixPointer = assigned.nearest->pointer + (scope ? u"/scope"_s : u"/role"_s);
    check.fixValue = scope ? scopeNeeded(c.call) : leastRole(c.call.action);
}

void checkRole(VaultCase& c)
{
    const QString caller = callerName(c), role = leastRole(c.call.action), scope = scopeNeeded(c.call);
    const Assigned assigned = assignedTo(c, caller);
    base::Check check {.id = u"role"_s, .title = u"Role"_s,
        .expected = c.call.secret.isEmpty() ? u"%1 at the vault, or more"_s.arg(role) : u"%1 at %2 or above it"_s.arg(role, scope),
        .presented = assigned.shown.isEmpty() ? u"no role here"_s : assigned.shown.join(u", "_s),
        .relation = u"allows it"_s, .fix = u"Assign %1 to %2 at %3."_s.arg(role, caller, scope == "/"_L1 ? u"the vault"_s : scope),
        .presentedFrom = u"role assignments of %1, by claim oid"_s.arg(caller), .expectedFrom = u"data action of the request"_s,
        .source = u"Microsoft: Azure RBAC for Key Vault data plane operations"_s};
    const json::Value byRoles = c.vault.settings.root()["enableRbacAuthorization"];
    if (byRoles.isBool() && !byRoles.boolean() && !c.knowledge.receiver)
        return c.sheet.unknown(std::move(check), u"This vault goes by access policies, which the setup does not hold. Role assignments do not count in it."_s);
    if (!assigned.enough && assigned.custom)
        return c.sheet.unknown(std::move(check), u"What the role %1 allows is not known here: it is a custom role, or a built-in one that is not about secrets."_s.arg(assigned.custom->role));
    if (!assigned.enough && c.vault.roleAssignments.isEmpty() && !c.knowledge.receiver)
        return c.sheet.unknown(std::move(check), u"The setup lists no role assignment of this vault. Only the vault knows."_s);
    pointAt(c, assigned, check);
    c.sheet.hold(std::move(check), assigned.enough, byRbac);
}

/// The lab's vault has secrets alone; a real one has keys and certificates too.
void checkPath(VaultCase& c)
{
    base::Check check {.id = u"path"_s, .title = u"Path"_s, .expected = u"a path below /secrets or /deletedsecrets"_s, .presented = u"another"_s, .source = page()};
    if (!c.knowledge.receiver)
        return c.sheet.unknown(std::move(check), u"What a vault says to other calls than those about secrets is not known here."_s);
    c.sheet.hold(std::move(check), false, unknownCall);
}

bool isAboutOneVersion(VaultAction action)
{
    constexpr std::array named {VaultAction::GetSecret, VaultAction::UpdateSecret, VaultAction::DeleteSecret,
        VaultAction::ListVersions, VaultAction::GetDeleted, VaultAction::RecoverSecret, VaultAction::PurgeSecret};
    return std::ranges::find(named, action) != named.end();
}

void checkExpiry(VaultCase& c)
{
    if (!c.state.expires || *c.state.expires > c.now)
        return;
    // An expired version can still be read: exp is information (Microsoft: about Key Vault secrets, date-time operations).
    c.sheet.warn({.id = u"secret.expiry"_s, .title = u"Expiry"_s, .expected = u"after "_s + base::toRfc3339(c.now),
        .presented = base::toRfc3339(*c.state.expires), .relation = u"expired; the vault hands it out all the same"_s,
        .fix = u"Rotate the secret."_s, .expectedFrom = u"clock of the vault"_s,
        .source = u"Microsoft: about Key Vault secrets"_s});
}

void checkSecret(VaultCase& c)
{
    using Kind = VaultSecretState::Kind;
    if (!isAboutOneVersion(c.call.action))
        return;
    const QString name = c.call.secret + (c.call.version.isEmpty() ? QString() : QString(u'/' + c.call.version));
    base::Check check {.id = u"secret.exists"_s, .title = u"Secret"_s, .expected = u"a secret of this name and version"_s,
        .presented = name, .relation = u"there"_s, .fix = u"Compare the name letter by letter with the vault's list, or create the secret."_s,
        .presentedFrom = u"path of the request"_s, .expectedFrom = u"secrets of the vault"_s, .source = page()};
    if (c.state.kind == Kind::Unknown)
        return c.sheet.unknown(std::move(check), u"The setup does not list it. Only the vault knows."_s);
    if (!c.sheet.hold(std::move(check), c.state.kind != Kind::Absent, notFound) || c.call.action != VaultAction::GetSecret)
        return;
    c.sheet.hold({.id = u"secret.enabled"_s, .title = u"Enabled"_s, .expected = u"an enabled version"_s,
                     .presented = c.state.kind == Kind::Enabled ? u"enabled"_s : u"disabled"_s, .relation = u"enabled"_s,
                     .fix = u"Read another version, or the secret's twin. Enable this one only when it was disabled by mistake."_s,
                     .presentedFrom = u"attributes of the version"_s, .expectedFrom = u"what the operation get needs"_s, .source = page()},
        c.state.kind == Kind::Enabled, disabled);
    checkExpiry(c);
}

} // namespace

QString tenantIdOf(const setup::Setup& setup, const setup::Target& vault)
{
    const QString own = vault.settings.root()["tenantId"].text();
    return !own.isEmpty() ? own : setup.home() ? setup.home()->id : QString();
}

QString authorityOf(const setup::Setup& setup, const setup::Target& vault)
{
    return (setup.home() ? setup.home()->authority : QString()) + u'/' + tenantIdOf(setup, vault);
}

base::Verdict decideVault(const setup::Setup& setup, const setup::Target& vault, const VaultCall& call,
    const VaultSecretState& state, QByteArrayView authorization, const Knowledge& knowledge, base::Instant now)
{
    const QString title = vault.displayName.isEmpty() ? vault.name : vault.displayName;
    Sheet sheet(title);
    VaultCase c {setup, vault, call, state, knowledge, now, sheet};
    sheet.begin(u"The request"_s);
    if (checkThere(c, authorization)) {
        checkToken(c);
        sheet.begin(u"Vault "_s + title);
        if (call.action == VaultAction::Unknown)
            checkPath(c);
        else
            checkRole(c);
        checkSecret(c);
    }
    const Answer* decisive = sheet.answer();
    base::Verdict out = sheet.verdict(title);
    if (out.refusal && decisive)
        out.refusal->code = QString::fromLatin1(decisive->reason);
    return out;
}

} // namespace trust
