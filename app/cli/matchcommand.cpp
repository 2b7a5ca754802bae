// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "handlers.h"

#include "output.h"

#include "core/base/text.h"
#include "core/report/shapes.h"
#include "core/trust/anthropic.h"
#include "core/trust/audience.h"
#include "core/trust/federated.h"

namespace cli {

using namespace Qt::StringLiterals;

namespace {

QStringList texts(const json::Value& list)
{
    QStringList all;
    for (json::Value v = list.first(); v; v = v.next())
        all.append(v.text());
    return all;
}

setup::Credential credentialOf(const json::Value& v, const QString& pointer)
{
    return {.type = setup::CredentialType::Federated, .name = v["name"].text(), .issuer = v["issuer"].text(), .subject = v["subject"].text(),
        .audiences = texts(v["audiences"]), .expression = v["claimsMatchingExpression"]["value"].text(), .pointer = pointer};
}

QList<setup::Credential> credentialsOf(const json::Value& root)
{
    if (root.isObject() && !root["value"])
        return {credentialOf(root, {})};
    QList<setup::Credential> all;
    for (json::Value v = (root.isArray() ? root : root["value"]).first(); v; v = v.next())
        all.append(credentialOf(v, v.pointer()));
    return all;
}

/// The kind is told from the members, never from the file's name.
base::Result<base::Verdict> verdictOf(const jose::Jwt& token, const json::Value& root, base::Instant now)
{
    const trust::Knowledge nothing;
    if (root["rule"] && root["issuer"].isObject())
        return trust::matchAnthropic(token, root["issuer"], root["rule"], nullptr, nothing, now).verdict;
    if (root["validAudiences"])
        return trust::matchAudiences(token, texts(root["validAudiences"]), texts(root["validIssuers"]), nullptr, nothing, now);
    if (root.isArray() || root["value"].isArray() || (root["issuer"] && root["audiences"]))
        return trust::matchFederated(token, credentialsOf(root), nullptr, nothing, now);
    for (const char* later : {"trustPolicy", "provider", "oidc", "resource"})
        if (root[later])
            return base::fail(u"contract-kind"_s, u"Contracts with `%1` are not judged by this version. It knows Entra federated credentials, Anthropic rules and audience lists."_s.arg(QLatin1String(later)));
    return base::fail(u"contract-unknown"_s, u"The contract is of no known kind: it has none of `audiences`, `rule`, `validAudiences`."_s);
}

QString forPeople(const base::Verdict& verdict)
{
    QString text = u"%1 by %2 (%3)\n"_s.arg(base::decisionName(verdict.decision), verdict.receiver, verdict.contract);
    for (const base::Check& check : verdict.checks) {
        text += u"  %1  %2\n      presented  %3\n      expected   %4\n"_s.arg(base::outcomeName(check.outcome), -12).arg(check.title, base::visible(check.presented), base::visible(check.expected));
        if (check.near)
            text += u"      near miss  %1: %2\n"_s.arg(base::nearName(check.near->kind), check.near->text);
        if (!check.fix.isEmpty())
            text += u"      fix        %1 %2\n"_s.arg(check.fix, check.fixValue);
    }
    return text;
}

} // namespace

int matchCommand(const Arguments& arguments)
{
    const auto tokenText = readInput(arguments.at(0));
    if (!tokenText)
        return fail(tokenText.error());
    const auto contractText = readInput(arguments.at(1));
    if (!contractText)
        return fail(contractText.error());
    const auto contract = json::Document::parse(*contractText);
    if (!contract) {
        base::Error error = contract.error();
        error.where = arguments.at(1) + u':' + error.where;
        return fail(error);
    }
    const auto now = arguments.time("now");
    if (!now)
        return fail(now.error());
    const jose::Jwt token = jose::decode(tokenText->trimmed());
    if (!token.isJwt())
        return fail({u"not-a-jwt"_s, u"%1 holds no JWT."_s.arg(arguments.at(0)), {}});
    const auto verdict = verdictOf(token, contract->root(), now->value_or(base::systemNow()));
    if (!verdict)
        return fail(verdict.error());
    json::Writer out;
    report::write(out, nullptr, *verdict);
    print(arguments.json() ? out.done() : forPeople(*verdict).toUtf8());
    return verdict->decision == base::Decision::Accept ? Accepted : Refused;
}

} // namespace cli
