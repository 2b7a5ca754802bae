// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/intake_p.h"

#include "core/jose/jws.h"
#include "core/trust/graphtoken.h"
#include "core/trust/workload.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

QString lifetimeOf(const jose::Jwt& token)
{
    const auto from = token.claim("nbf") ? token.claim("nbf").integer() : token.claim("iat").integer();
    const auto to = token.claim("exp").integer();
    constexpr qint64 farthest = 253402300799; // 9999-12-31: RFC 3339 writes no more
    if (!to || *to < 0 || *to > farthest)
        return to ? u"until %1, which no calendar has"_s.arg(*to) : QString();
    const QString end = base::toRfc3339(base::fromEpochSeconds(*to));
    if (!from || *from > *to || *from < 0)
        return u"until %1"_s.arg(end);
    return u"%1, until %2"_s.arg(base::duration(std::chrono::seconds {*to - *from}), end);
}

struct Role
{
    trust::PrincipalKind kind;
    const char16_t* words;
};
constexpr std::array roles {
    Role {trust::PrincipalKind::User, u"the user"},
    Role {trust::PrincipalKind::App, u"the application"},
    Role {trust::PrincipalKind::ManagedIdentity, u"the managed identity"},
    Role {trust::PrincipalKind::Blueprint, u"the agent blueprint"},
    Role {trust::PrincipalKind::AgentIdentity, u"the agent identity"},
    Role {trust::PrincipalKind::AgentUser, u"the agent user"},
    Role {trust::PrincipalKind::ExternalWorkload, u"the workload"},
    Role {trust::PrincipalKind::Unknown, u"somebody unknown"},
};

/// "JWT of GitHub Actions for the workload repo:o/r:ref:refs/heads/main"
QString labelOf(const Item& item, const trust::Workload& workload)
{
    const auto role = std::ranges::find(roles, item.principal.kind, &Role::kind);
    QString out = workload.source.isEmpty() ? u"JWT of an issuer that is not known here"_s : u"JWT of "_s + workload.source;
    out += u" for "_s + QString::fromUtf16(role->words);
    if (!item.principal.title.isEmpty())
        out += u' ' + item.principal.title;
    if (!item.principal.actor.isEmpty())
        out += u", through "_s + item.principal.actor;
    return out;
}

bool isForGraph(const jose::Jwt& token)
{
    const QString aud = token.text("aud");
    return aud == setup::graphGuid || aud == setup::graphUri || aud == setup::graphUri.toString() + u'/';
}

void noteTimes(Item& item, base::Instant now)
{
    const auto exp = item.token->claim("exp").integer(), nbf = item.token->claim("nbf").integer();
    constexpr qint64 limit = 1LL << 52;
    const qint64 at = base::epochSeconds(now);
    if (!exp) {
        item.wrong.append(item.token->claim("exp") ? u"Its end (exp) is no number of seconds since 1970."_s : u"It has no end (exp)."_s);
        return;
    }
    if (*exp <= at) {
        item.wrong.append(u"It ended %1 ago."_s.arg(base::duration(std::chrono::seconds {at - std::max(*exp, -limit)})));
        item.causes = {u"It comes from a cache or from an older log."_s, u"The clock of the host is behind."_s};
        item.fix = u"Get a fresh token, and present it at once."_s;
    }
    if (nbf && *nbf > at) {
        item.wrong.append(u"It is not valid before %1."_s.arg(base::toRfc3339(base::fromEpochSeconds(std::min(*nbf, limit >> 14)))));
        item.causes = {u"The clock of the issuer is ahead, or the one of the receiver behind."_s};
        item.fix = u"Compare the clocks of issuer and receiver."_s;
    }
}

void noteHeader(Item& item)
{
    const json::Value header = item.token->header.root();
    const QString alg = header["alg"].text();
    if (alg.compare(u"none"_s, Qt::CaseInsensitive) == 0 || alg.isEmpty()) {
        item.wrong.prepend(u"It is not signed (alg %1). No receiver may accept it."_s.arg(alg.isEmpty() ? u"missing"_s : alg));
        item.fix = u"Let the issuer sign it."_s;
    }
    if (alg.startsWith(u"HS"))
        item.wrong.append(u"It is signed with a shared secret (%1). Federation needs the public key of an issuer."_s.arg(alg));
    if (!header["kid"] && !alg.startsWith(u"HS"))
        item.wrong.append(u"Its header names no key (kid). Anthropic and Google refuse it for that alone."_s);
}

void noteGraph(Item& item)
{
    if (!isForGraph(*item.token))
        return;
    item.note = trust::hasHeaderNonce(*item.token)
        ? u"This token is for Microsoft Graph. Its header holds a nonce, and the signature is made over another header than the one that is sent. "
          "A usual check fails on it for everybody but Graph, so a signature that does not hold is no fault here."_s
        : u"This token is for Microsoft Graph. Only Graph validates it; another API has to be asked for under its own scope."_s;
}

void noteDamage(Item& item)
{
    for (const QString& fault : std::as_const(item.token->faults))
        item.wrong.prepend(fault);
    if (item.token->faults.isEmpty())
        return;
    item.causes.prepend(u"It was cut or changed while it was copied."_s);
    item.ask.append(u"The whole token, copied by a program and not from a screen."_s);
}

void noteKind(Item& item)
{
    const jose::Jwt& token = *item.token;
    const bool entra = !token.text("ver").isEmpty() && token.claim("tid");
    if (entra && !token.claim("scp") && !token.claim("roles") && token.claim("nonce") && token.text("typ").isEmpty()
        && (token.claim("preferred_username") || token.claim("name")) && !token.claim("azp") && !token.claim("appid"))
        item.note = u"This is an ID token: it tells the client who signed in. No API may take it as an access token."_s;
}

void noteContradictions(Item& item)
{
    for (const Contradiction& each : contradictionsIn(*item.token)) {
        item.wrong.append(each.text);
        item.token->problems.append(each.text);
    }
}

bool isIdentityAssertion(const jose::Jwt& token) { return token.header.root()["typ"].text().compare(u"oauth-id-jag+jwt"_s, Qt::CaseInsensitive) == 0; }

/// An identity assertion (ID-JAG) has a type of its own, which is no fault where no type was demanded.
jose::Expectation expectationFor(const jose::Jwt& token, const IntakeOptions& options)
{
    jose::Expectation out = options.expected;
    if (out.types.isEmpty() && isIdentityAssertion(token))
        out.types = {"oauth-id-jag+jwt"};
    return out;
}

/// draft-ietf-oauth-identity-assertion-authz-grant: the user's company vouches for the user at another authorization server.
void noteAssertion(Item& item)
{
    if (!isIdentityAssertion(*item.token))
        return;
    item.principal.kind = trust::PrincipalKind::User;
    item.label = u"Identity assertion (ID-JAG) of %1 for the user %2, to be exchanged at %3"_s.arg(item.token->text("iss"), item.token->text("sub"), item.token->text("aud"));
    item.note = u"It is no access token: the client presents it as assertion with the grant jwt-bearer, and gets a token for %1."_s
        .arg(item.token->text("resource").isEmpty() ? u"the resource"_s : item.token->text("resource"));
}

/// A signature has the length of its key or curve (RFC 7518 sections 3.3 to 3.5); RSA keys have 2048 bits or more.
QString lengthNote(const Item& item)
{
    const jose::Algorithm* alg = jose::algorithm(item.token->header.root()["alg"].bytes());
    const qsizetype size = item.token->signature.size();
    if (!alg || size == 0 || alg->family == jose::Family::Hmac || !item.token->faults.isEmpty())
        return {};
    const bool fixed = alg->signatureSize > 0;
    if (fixed ? size == alg->signatureSize : alg->keyType != jose::KeyType::Rsa || size >= 256)
        return {};
    return u"Its signature has %1 bytes, and one by %2 has %3: it was cut, or taken out on purpose."_s.arg(size).arg(QLatin1StringView(alg->name),
        fixed ? QString::number(alg->signatureSize) : u"at least 256"_s);
}

} // namespace

// entra.md 9: tid and the tenant in iss agree, and a version has its own issuer and its own name for the caller.
QList<Contradiction> contradictionsIn(const jose::Jwt& token)
{
    static const QRegularExpression inIssuer(u"^https://[^/]+/([0-9a-fA-F-]{36})(?:/|$)"_s);
    const QString iss = token.text("iss"), tid = token.text("tid"), ver = token.text("ver"), named = inIssuer.match(iss).captured(1);
    QList<Contradiction> out;
    if (!named.isEmpty() && !tid.isEmpty() && named.compare(tid, Qt::CaseInsensitive) != 0)
        out.append({u"tid names the tenant %1, iss the tenant %2. No receiver may accept that."_s.arg(tid, named), true});
    if (!trust::isEntraIssuer(iss))
        return out;
    const bool v1 = ver == "1.0"_L1, v2 = ver == "2.0"_L1;
    if ((v1 && iss.endsWith("/v2.0"_L1)) || (v2 && iss.startsWith("https://sts.windows.net/"_L1)))
        out.append({u"ver says %1, and iss is the issuer of the other version. Entra writes no such token."_s.arg(ver)});
    if (v2 && token.claim("appid"))
        out.append({u"A v2.0 token that carries appid is unusual: the caller is in azp there. A rule that wants azp %1."_s
            .arg(token.claim("azp") ? u"compares the other claim"_s : u"does not find it"_s)});
    if (v1 && token.claim("azp"))
        out.append({u"A v1.0 token that carries azp is unusual: the caller is in appid there."_s});
    return out;
}

Item tokenItem(const QByteArray& text, const IntakeOptions& options)
{
    Item item {.token = jose::decode(text)};
    item.kind = item.token->isJwe() ? ItemKind::Jwe : ItemKind::Jwt;
    item.fingerprint = QString::fromLatin1(jose::fingerprint(item.token->raw));
    if (item.kind == ItemKind::Jwe) {
        item.label = u"Encrypted token (JWE), %1 with %2"_s.arg(item.token->header.root()["alg"].text(), item.token->header.root()["enc"].text());
        item.note = u"Only the receiver's private key opens it. The header is all there is to see; that it cannot be read is no fault."_s;
        return item;
    }
    item.verification = jose::verify(*item.token, options.keys, expectationFor(*item.token, options));
    const trust::Workload workload = trust::workloadOf(*item.token);
    item.vendor = workload.source;
    item.note = workload.note;
    item.principal = trust::principalOf(*item.token, options.setup);
    if (workload.person && item.principal.kind == trust::PrincipalKind::ExternalWorkload)
        item.principal.kind = trust::PrincipalKind::User;
    if (!workload.source.isEmpty() && item.principal.kind == trust::PrincipalKind::Unknown)
        item.principal.kind = trust::PrincipalKind::ExternalWorkload;
    item.lifetime = lifetimeOf(*item.token);
    item.label = labelOf(item, workload);
    noteAssertion(item);
    noteTimes(item, options.expected.now);
    noteHeader(item);
    noteKind(item);
    noteContradictions(item);
    noteGraph(item);
    noteDamage(item);
    item.note = QString(item.note + u' ' + lengthNote(item)).trimmed();
    if (options.setup)
        judge(item, options);
    return item;
}

void takeToken(Gathering& to, const QByteArray& text, Setting setting, int blanks)
{
    Item item = tokenItem(text, to.options);
    if (blanks > 0)
        item.token->problems.append(blanks == 1 ? u"A blank or line break stood within it and was taken out."_s : u"%1 blanks or line breaks stood within it and were taken out."_s.arg(blanks));
    if (setting == Setting::Prose && !item.token->signaturePart.isEmpty() && item.token->isJwt())
        item.rule = u"AUD-TOKEN-LOGGED"_s;
    if (setting == Setting::Address)
        item.rule = u"AUD-TOKEN-LOGGED"_s;
    const bool inHeader = holdsPrivateKey(item.token->header.root());
    const bool inClaims = item.token->isJwt() && holdsPrivateKey(item.token->payload.root());
    to.add(std::move(item));
    if (inHeader || inClaims)
        to.add(secretItem(inHeader ? u"Private key in the header of a token"_s : u"Private key in the claims of a token"_s));
}

void takeCredential(Gathering& to, const QByteArray& value, const QString& field, Setting setting)
{
    if (value.isEmpty())
        return;
    if (jose::beginsAsToken(value) && value.contains('.')) {
        takeToken(to, value, setting);
        return;
    }
    if (auto known = opaqueItem(value)) {
        to.add(std::move(*known));
        return;
    }
    Item item {.kind = ItemKind::OpaqueToken, .label = u"Opaque token in %1, %2 characters"_s.arg(field, QString::number(value.size())),
        .note = u"It is a reference, or sealed for its issuer. Nobody else can read it; its length and its beginning are all there is to see."_s,
        .fingerprint = QString::fromLatin1(jose::fingerprint(value))};
    if (field.contains(u"refresh"_s)) {
        item.label = u"Refresh token, %1 characters"_s.arg(value.size());
        item.note = u"Only the authorization server that gave it can read it. It is worth as much as a password."_s;
    }
    to.add(std::move(item));
}

} // namespace diagnosis
