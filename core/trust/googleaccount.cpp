// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "google_p.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

const GoogleRoles& impersonators()
{
    static const GoogleRoles roles {
        .granting = {u"roles/iam.workloadIdentityUser"_s, u"roles/iam.serviceAccountTokenCreator"_s, u"roles/owner"_s},
        .lacking = {u"roles/iam.serviceAccountUser"_s, u"roles/iam.serviceAccountViewer"_s, u"roles/viewer"_s,
                    u"roles/iam.serviceAccountOpenIdTokenCreator"_s},
        .permission = u"iam.serviceAccounts.getAccessToken"};
    return roles;
}

const GoogleRoles& callers()
{
    static const GoogleRoles roles {
        .granting = {u"roles/aiplatform.user"_s, u"roles/aiplatform.admin"_s, u"roles/editor"_s, u"roles/owner"_s},
        .lacking = {u"roles/viewer"_s, u"roles/aiplatform.viewer"_s, u"roles/iam.workloadIdentityUser"_s},
        .permission = u"aiplatform.endpoints.predict"};
    return roles;
}

base::Check line(const char16_t* id, const char16_t* title, const char16_t* from)
{
    return {.id = QString::fromUtf16(id), .title = QString::fromUtf16(title), .presentedFrom = QString::fromUtf16(from),
            .source = u"Google Cloud: IAM credentials, generateAccessToken"_s};
}

void checkAccount(Sheet& sheet, const setup::Target& target, const QString& account)
{
    base::Check check = line(u"account", u"Service account", u"name in the URL");
    check.expectedFrom = u"service account of the setup"_s;
    static const CompareHints hints {.presenter = u"request"_s, .contract = u"project"_s, .requestIsWrong = true};
    sheet.add(compared(std::move(check), account, target.serviceAccount, hints), googleAnswer("impersonation_denied"));
}

QStringList checkScopes(Sheet& sheet, const json::Value& body)
{
    QStringList scopes;
    for (json::Value each = body["scope"].first(); each; each = each.next())
        if (each.isString() && !each.bytes().isEmpty())
            scopes.append(each.text());
    base::Check check = line(u"asked.scope", u"Scopes asked for", u"scope in the request");
    check.presented = scopes.isEmpty() ? u"none"_s : scopes.join(u", "_s);
    check.expected = u"a list of scopes"_s;
    check.relation = u"a list"_s;
    check.fix = u"Send scope as a list with at least one scope."_s;
    sheet.hold(std::move(check), body["scope"].isArray() && !scopes.isEmpty(), googleAnswer("argument_invalid"));
    return scopes;
}

/// "3600s": at most an hour, twelve where an organization policy allows the account to live longer.
std::chrono::seconds checkLifetime(Sheet& sheet, const json::Value& body, const setup::Target& target)
{
    static const QRegularExpression form(u"^(\\d{1,9})(\\.\\d+)?s$"_s);
    const qint64 most = target.settings.root()["extendedLifetime"].boolean() ? 12 * 3600 : 3600;
    const json::Value asked = body["lifetime"];
    const QString text = asked ? asked.display() : u"3600s"_s;
    const auto parts = form.match(text);
    const qint64 seconds = parts.captured(1).toLongLong();
    base::Check check = line(u"asked.lifetime", u"Lifetime asked for", u"lifetime in the request");
    check.presented = asked ? text : u"not in the request, an hour"_s;
    check.expected = u"1s to %1s"_s.arg(most);
    check.relation = u"within the limit"_s;
    check.fix = u"Ask for at most %1s. Longer needs the organization policy that lets accounts extend it."_s.arg(most);
    const bool holds = (!asked || asked.isString()) && parts.hasMatch() && seconds > 0 && seconds <= most;
    sheet.hold(std::move(check), holds, googleAnswer("argument_invalid"));
    return std::chrono::seconds {holds ? seconds : 0};
}

} // namespace

QString googleAccountIn(QByteArrayView path)
{
    static const QRegularExpression form(u"^/v1/projects/-/serviceAccounts/([^/]+):generateAccessToken$"_s);
    return form.match(QString::fromUtf8(http::percentDecoded(path))).captured(1);
}

GoogleImpersonation decideGoogleImpersonation(const setup::Setup& setup, const setup::Target& target, const QString& account,
    const http::Headers& headers, const json::Value& body, const Knowledge& knowledge, base::Instant now)
{
    Q_UNUSED(setup)
    Sheet sheet(u"Google Cloud"_s);
    GoogleImpersonation out;
    sheet.begin(u"The federated token"_s);
    const auto grant = checkGoogleBearer(sheet, headers, target, knowledge, now);
    if (grant)
        checkGoogleScope(sheet, *grant);
    sheet.begin(u"Service account "_s + target.serviceAccount);
    checkAccount(sheet, target, account);
    if (grant)
        checkGooglePolicy(sheet, *grant,
            {.policy = target.settings.root()["serviceAccountPolicy"], .pointer = target.pointer + u"/settings/serviceAccountPolicy"_s,
             .id = u"impersonation"_s, .title = u"May act as the account"_s, .answer = "impersonation_denied",
             .whose = u"the service account"_s},
            impersonators(), knowledge);
    sheet.begin(u"The request"_s);
    out.scopes = checkScopes(sheet, body);
    out.lifetime = checkLifetime(sheet, body, target);
    out.verdict = sheet.verdict(target.serviceAccount);
    return out;
}

base::Verdict decideGoogleCall(const setup::Setup& setup, const setup::Target& target, const http::Headers& headers,
    const Knowledge& knowledge, base::Instant now)
{
    Q_UNUSED(setup)
    Sheet sheet(target.displayName.isEmpty() ? target.name : target.displayName);
    sheet.begin(u"The token"_s);
    const auto grant = checkGoogleBearer(sheet, headers, target, knowledge, now);
    if (grant) {
        checkGoogleScope(sheet, *grant);
        sheet.begin(u"Who may call"_s);
        checkGooglePolicy(sheet, *grant,
            {.policy = target.settings.root()["resourcePolicy"], .pointer = target.pointer + u"/settings/resourcePolicy"_s,
             .id = u"policy"_s, .title = u"May use the model"_s, .answer = "call_denied", .whose = u"the project"_s},
            callers(), knowledge);
    }
    return sheet.verdict(u"IAM policy"_s);
}

} // namespace trust
