// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "awssession_p.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

const QString& page()
{
    static const QString text = u"AWS STS: AssumeRoleWithWebIdentity"_s;
    return text;
}

QString roleNameOf(const QString& arn) { return arn.section(u'/', -1); }

/// A parameter of the request and the form it has to have.
struct Parameter
{
    const char* name;
    const char16_t* pattern;
    const char16_t* wanted;
    bool required = true;
};
constexpr std::array parameters {
    Parameter {"Version", u"2011-06-15", u"Version 2011-06-15"},
    Parameter {"RoleArn", u"arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\x21-\\x7e]+", u"the ARN of a role"},
    Parameter {"RoleSessionName", u"[A-Za-z0-9_=,.@-]{2,64}", u"2 to 64 letters, digits or _=,.@-"},
    Parameter {"WebIdentityToken", u"[\\s\\S]{4,20000}", u"a token of 4 to 20000 characters"},
    Parameter {"DurationSeconds", u"[0-9]{1,6}", u"seconds, 900 at least", false},
    // Only for Login with Amazon and Facebook; a request with an OpenID Connect token leaves it out.
    Parameter {"ProviderId", u"", u"no ProviderId with an OpenID Connect token", false},
};

/// What is shown of a parameter: a token's text never.
QString shown(const Parameter& parameter, const QByteArray& value)
{
    return QByteArrayView(parameter.name) == "WebIdentityToken" ? u"%1 characters"_s.arg(value.size())
                                                               : QString::fromUtf8(value);
}

void checkParameter(Sheet& sheet, const http::Form& request, const Parameter& parameter)
{
    if (!request.has(parameter.name) && !parameter.required)
        return;
    const QRegularExpression pattern(QRegularExpression::anchoredPattern(QString::fromUtf16(parameter.pattern)));
    const QByteArray value = request.value(parameter.name);
    const QString name = QString::fromLatin1(parameter.name);
    sheet.hold({.id = name, .title = name, .expected = QString::fromUtf16(parameter.wanted),
                .presented = request.has(parameter.name) ? shown(parameter, value) : u"not in the request"_s,
                .relation = u"well formed"_s, .fix = u"Send %1 in the form STS demands."_s.arg(name),
                .presentedFrom = name + u" in the request"_s, .source = page()},
               request.count(parameter.name) == 1 && pattern.match(QString::fromUtf8(value)).hasMatch(), awsDenial("parameter"));
}

qint64 longestSession(const setup::Target& target)
{
    return target.settings.root()["maxSessionDuration"].integer().value_or(3600);
}

void checkDuration(Sheet& sheet, const http::Form& request, const setup::Target& target)
{
    if (!request.has("DurationSeconds"))
        return;
    const qint64 asked = request.value("DurationSeconds").toLongLong(), most = longestSession(target);
    sheet.hold({.id = u"lifetime.session"_s, .title = u"Length of the session"_s, .expected = u"900 to %1 s"_s.arg(most),
                .presented = u"%1 s"_s.arg(asked), .relation = u"within the role's maximum"_s,
                .fix = u"Ask for a shorter session, or raise the role's maximum session duration."_s,
                .presentedFrom = u"DurationSeconds in the request"_s, .source = page()},
               asked >= 900 && asked <= most, awsDenial("parameter"));
}

bool checkRole(Sheet& sheet, const http::Form& request, const setup::Target& target)
{
    static const CompareHints hints {.presenter = u"request"_s, .contract = u"account"_s, .requestIsWrong = true};
    base::Check check {.id = u"role"_s, .title = u"Role"_s, .presentedFrom = u"RoleArn in the request"_s,
                       .expectedFrom = u"the role in the account"_s, .source = page()};
    check = compared(std::move(check), QString::fromUtf8(request.value("RoleArn")), target.roleArn, hints);
    const QString asked = awsAccountOf(check.presented), own = awsAccountOf(check.expected);
    if (!asked.isEmpty() && !own.isEmpty() && asked != own) {
        // In the other account the provider is looked up first, and there is none.
        check.relation = u"The role is asked for in the account %1. Role and OIDC provider are in the account %2."_s.arg(asked, own);
        check.fix = u"Send the ARN of the role in the account of the OIDC provider."_s;
        const QString issuer = jose::decode(request.value("WebIdentityToken")).text("iss");
        return sheet.add(std::move(check), awsDenial("provider_unknown"), sentence(awsDenial("provider_unknown"), issuer));
    }
    return sheet.add(std::move(check), awsDenial("role_unknown"));
}

std::chrono::seconds lifetimeOf(const http::Form& request)
{
    const qint64 asked = request.value("DurationSeconds").toLongLong();
    return std::chrono::seconds {request.has("DurationSeconds") ? std::clamp<qint64>(asked, 900, 43200) : 3600};
}

AwsDecision finished(AwsCase& c, const QString& closest)
{
    AwsDecision out;
    const Answer* answer = c.sheet.answer();
    const bool mapped = c.mapsCaller() && !audiencesOf(c.token).contains(callerOf(c.token));
    const QString role = roleNameOf(c.trust.roleArn);
    out.verdict = c.sheet.verdict(role.isEmpty() ? c.url() : role);
    out.verdict.closest = closest;
    if (out.verdict.decision == base::Decision::Accept && mapped)
        out.verdict.confidence = base::Confidence::Likely; // it rests on a mapping that AWS does not document
    out.reason = answer ? QString::fromLatin1(answer->reason) : QString();
    out.audience = c.mapsCaller() ? callerOf(c.token) : audiencesOf(c.token).value(0);
    return out;
}

AwsDecision judged(AwsCase& c)
{
    checkAwsToken(c);
    checkAwsProvider(c);
    const QString closest = checkAwsPolicy(c);
    return finished(c, closest);
}

} // namespace

AwsDecision matchAws(const jose::Jwt& token, const AwsTrust& trust, const setup::Setup* setup,
    const Knowledge& knowledge, base::Instant now)
{
    Sheet sheet(u"AWS STS"_s);
    AwsTrust given = trust;
    // The IAM API's own answer holds the policy as percent-encoded text.
    json::Document unpacked;
    if (given.policy.isString()) {
        unpacked = json::Document::read(http::percentDecoded(given.policy.bytes()));
        given.policy = unpacked.root();
    }
    AwsCase c {sheet, token, given, setup, knowledge, now, Unknowns::Mention};
    return judged(c);
}

AwsDecision decideAwsWebIdentity(const setup::Setup& setup, const setup::Target& target, const http::Form& request,
    const Knowledge& knowledge, base::Instant now)
{
    Sheet sheet(u"AWS STS"_s);
    sheet.begin(u"The request"_s);
    for (const Parameter& parameter : parameters)
        checkParameter(sheet, request, parameter);
    checkDuration(sheet, request, target);
    checkRole(sheet, request, target);
    checkAwsSessionPolicy(sheet, awsSessionPolicyIn(request), target);
    const jose::Jwt token = jose::decode(request.value("WebIdentityToken"));
    const AwsTrust trust {target.provider.root(), target.trustPolicy.root(), target.settings.root(), target.roleArn,
                          QString::fromUtf8(request.value("RoleSessionName")), target.pointer};
    AwsCase c {sheet, token, trust, &setup, knowledge, now, Unknowns::LeaveOpen};
    AwsDecision out = judged(c);
    out.lifetime = lifetimeOf(request);
    return out;
}

} // namespace trust
