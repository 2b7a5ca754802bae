// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "google_p.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

constexpr auto exchangeGrant = "urn:ietf:params:oauth:grant-type:token-exchange"_L1;
constexpr auto accessTokenType = "urn:ietf:params:oauth:token-type:access_token"_L1;
constexpr auto jwtTypes = "urn:ietf:params:oauth:token-type:jwt urn:ietf:params:oauth:token-type:id_token"_L1;
/// Longer than any federated token of the sheet lives (downstream.md 3.4: an hour at most).
constexpr auto hour = std::chrono::seconds {3600};

base::Check line(const char16_t* id, const char16_t* title, const char16_t* from)
{
    return {.id = QString::fromUtf16(id), .title = QString::fromUtf16(title), .presentedFrom = QString::fromUtf16(from),
            .source = u"Google Cloud: STS, method token"_s};
}

struct ExchangeCase
{
    Sheet& sheet;
    const setup::Target& target;
    const GoogleExchange& request;
};

void checkMember(ExchangeCase& c, base::Check check, const QString& presented, const QString& wanted, bool holds)
{
    check.presented = presented.isEmpty() ? u"not in the request"_s : presented;
    check.expected = wanted;
    check.relation = u"as the exchange wants it"_s;
    check.fix = u"Send "_s + wanted + u'.';
    c.sheet.hold(std::move(check), holds, googleAnswer("request_malformed"));
}

void checkForm(ExchangeCase& c)
{
    const GoogleExchange& r = c.request;
    if (!r.problem.isEmpty())
        checkMember(c, line(u"body", u"Body", u"the request"), r.problem, u"a form or a JSON object"_s, false);
    checkMember(c, line(u"grant_type", u"Grant", u"grant_type in the request"), r.grantType, exchangeGrant, r.grantType == exchangeGrant);
    checkMember(c, line(u"requested_token_type", u"Requested token type", u"requested_token_type in the request"),
        r.requestedTokenType, accessTokenType, r.requestedTokenType == accessTokenType);
    checkMember(c, line(u"subject_token_type", u"Subject token type", u"subject_token_type in the request"), r.subjectTokenType,
        u"one of "_s + jwtTypes, QString(jwtTypes).split(u' ').contains(r.subjectTokenType));
    checkMember(c, line(u"scope", u"Scope", u"scope in the request"), r.scope, u"a scope"_s, !r.scope.trimmed().isEmpty());
    if (!r.authorization)
        return;
    base::Check check = line(u"authorization", u"Authorization header", u"Authorization in the request");
    check.presented = u"there"_s;
    check.expected = u"none"_s;
    check.relation = u"The exchange takes no Authorization header: it would be taken for a client's."_s;
    check.fix = u"Send the exchange without an Authorization header."_s;
    c.sheet.warn(std::move(check));
}

/// What is wrong with a text that is no provider's full name; empty when it is one.
QString faultOfName(const QString& audience)
{
    static const QRegularExpression form(
        u"^//iam\\.googleapis\\.com/projects/([^/]+)/locations/global/workloadIdentityPools/([^/]+)(/providers/[^/]+)?$"_s);
    if (audience.startsWith("https:"_L1))
        return u"It begins with https:. The request wants the name without a scheme."_s;
    const auto parts = form.match(audience);
    if (!parts.hasMatch())
        return u"It is not the full resource name of a provider."_s;
    static const QRegularExpression number(u"^\\d+$"_s);
    if (!number.match(parts.captured(1)).hasMatch())
        return u"It names the project by its id. The name wants the project number."_s;
    return parts.captured(3).isEmpty() ? u"It names a pool. The name wants the provider in it."_s : QString();
}

/// Which provider is asked: the request's own audience, which is not the token's.
void checkProviderName(ExchangeCase& c)
{
    const QString expected = googleAudience(c.target.provider.root());
    base::Check check = line(u"provider", u"Audience of the request", u"audience in the request");
    check.expectedFrom = u"field name of the provider"_s;
    const QString fault = faultOfName(c.request.audience);
    if (!fault.isEmpty()) {
        check.presented = c.request.audience.isEmpty() ? u"not in the request"_s : c.request.audience;
        check.expected = expected;
        check.fix = u"Send the full resource name of the provider, with the project number."_s;
        check.fixValue = expected;
        c.sheet.refuse(std::move(check), fault, googleAnswer("audience_form"));
        return;
    }
    static const CompareHints hints {.presenter = u"request"_s, .contract = u"provider"_s, .requestIsWrong = true};
    c.sheet.add(compared(std::move(check), c.request.audience, expected, hints), googleAnswer("provider_unavailable"));
}

GoogleDecision decided(Sheet& sheet, const json::Value& provider, GoogleIdentity identity)
{
    GoogleDecision out {.identity = std::move(identity)};
    const Answer* answer = sheet.answer();
    out.verdict = sheet.verdict(googleName(provider));
    if (answer)
        out.reason = QString::fromLatin1(answer->reason);
    else if (out.verdict.decision == base::Decision::Accept)
        out.lifetime = hour;
    return out;
}

QString textOf(const json::Value& body, const char* name) { return body[name].text(); }

} // namespace

GoogleExchange googleExchangeIn(const http::Headers& headers, QByteArrayView body)
{
    const QByteArray type = headers.value("Content-Type").trimmed().toLower();
    GoogleExchange out {.authorization = headers.has("Authorization")};
    if (type.startsWith("application/json")) {
        const auto read = json::Document::parse(body.toByteArray());
        if (!read || !read->root().isObject()) {
            out.problem = u"no JSON object"_s;
            return out;
        }
        const json::Value v = read->root();
        out.grantType = textOf(v, "grantType");
        out.audience = textOf(v, "audience");
        out.scope = textOf(v, "scope");
        out.requestedTokenType = textOf(v, "requestedTokenType");
        out.subjectTokenType = textOf(v, "subjectTokenType");
        out.subjectToken = v["subjectToken"].bytes().toByteArray();
        return out;
    }
    if (!type.startsWith("application/x-www-form-urlencoded"))
        out.problem = u"content type "_s + QString::fromUtf8(type);
    const http::Form form = http::parseForm(body);
    const auto field = [&form](const char* name) { return QString::fromUtf8(form.value(name)); };
    out.grantType = field("grant_type");
    out.audience = field("audience");
    out.scope = field("scope");
    out.requestedTokenType = field("requested_token_type");
    out.subjectTokenType = field("subject_token_type");
    out.subjectToken = form.value("subject_token");
    return out;
}

QString googleAudience(const json::Value& provider)
{
    return u"//iam.googleapis.com/"_s + provider["name"].text();
}

QString googleTokenService(const setup::Target& target)
{
    return target.authorizationServer.isEmpty() ? target.url : target.authorizationServer;
}

GoogleDecision decideGoogleExchange(const setup::Setup& setup, const setup::Target& target, const GoogleExchange& request,
    const Knowledge& knowledge, base::Instant now)
{
    constexpr qsizetype longest = 64 * 1024;
    Sheet sheet(u"Google Cloud"_s);
    ExchangeCase exchange {sheet, target, request};
    sheet.begin(u"The request"_s);
    checkForm(exchange);
    checkProviderName(exchange);
    const jose::Jwt token = jose::decode(QByteArrayView(request.subjectToken).first(std::min(request.subjectToken.size(), longest)));
    const json::Value provider = target.provider.root();
    GoogleCase c {.sheet = sheet, .token = token, .provider = provider, .pointer = target.pointer + u"/provider"_s, .setup = &setup,
                  .knowledge = knowledge, .now = now, .settings = target.settings.root()};
    checkGoogleProvider(c);
    checkGoogleToken(c);
    GoogleIdentity identity = checkGoogleMapping(c);
    GoogleDecision out = decided(sheet, provider, std::move(identity));
    out.scope = request.scope;
    return out;
}

GoogleDecision matchGoogle(const jose::Jwt& token, const json::Value& provider, const setup::Setup* setup, const Knowledge& knowledge,
    base::Instant now)
{
    Sheet sheet(u"Google Cloud"_s);
    GoogleCase c {.sheet = sheet, .token = token, .provider = provider, .setup = setup, .knowledge = knowledge, .now = now,
                  .unknowns = Unknowns::Mention};
    checkGoogleProvider(c);
    checkGoogleToken(c);
    GoogleIdentity identity = checkGoogleMapping(c);
    return decided(sheet, provider, std::move(identity));
}

OpaqueGrant googleGrant(const setup::Target& target, const GoogleDecision& decision, base::Instant now)
{
    return {.target = target.name, .principal = decision.identity.principal(), .scope = decision.scope,
            .expires = now + decision.lifetime, .text = decision.identity.sets().join(u'\n')};
}

OpaqueGrant googleGrant(const setup::Target& target, const GoogleImpersonation& decision, const QString& account, base::Instant now)
{
    return {.target = target.name, .principal = u"serviceAccount:"_s + account, .scope = decision.scopes.join(u' '),
            .expires = now + decision.lifetime};
}

} // namespace trust
