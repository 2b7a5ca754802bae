// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "contractfix.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

bool corrects(const base::Check& check)
{
    const bool decides = check.near && check.near->kind == base::Near::WrongTenant;
    return check.outcome == base::Outcome::Fail && !check.fixPointer.isEmpty() && !check.fixValue.isEmpty() && !decides;
}

/// A number where a number stood, or where the member's name counts seconds; a text everywhere else.
QByteArray asJson(const base::Check& check, const json::Value& old)
{
    bool number = false;
    check.fixValue.toLongLong(&number);
    return number && (old.isNumber() || check.fixPointer.endsWith(u"_seconds"_s)) ? check.fixValue.toUtf8() : json::quoted(check.fixValue);
}

QString shellQuoted(const QByteArray& json)
{
    QString text = QString::fromUtf8(json).trimmed();
    return u'\'' + text.replace(u"'"_s, u"'\\''"_s) + u'\'';
}

QString oneLine(const json::Value& value) { return shellQuoted(json::formatted(value, -1)); }

/// The part of the document that the first correction stands in: the credential of a list, the whole otherwise.
json::Value partOf(const json::Document& document, const QString& pointer)
{
    const json::Value root = document.root();
    const json::Value list = root.isArray() ? root : root["value"];
    if (!list.isArray())
        return root;
    const QString index = pointer.section(u'/', root.isArray() ? 1 : 2, root.isArray() ? 1 : 2);
    return list.at(index.toLongLong());
}

QString ofCredential(const json::Value& part, const QString&)
{
    const QString name = part["name"].text().isEmpty() ? u"<credential>"_s : part["name"].text();
    return u"az ad app federated-credential update --id <client id of the application> --federated-credential-id %1 --parameters %2"_s
        .arg(shellQuoted(name.toUtf8()), oneLine(part));
}

QString ofRule(const json::Value& part, const QString& pointer)
{
    const bool issuer = pointer.startsWith(u"/issuer/"_s);
    const json::Value object = issuer ? part["issuer"] : part["rule"];
    const json::Value changed = issuer ? object[pointer.section(u'/', 2, 2).toUtf8()] : object["match"];
    return u"curl https://api.anthropic.com/v1/organizations/%1/%2 -H \"Authorization: Bearer $ORG_ADMIN_TOKEN\" -H 'content-type: application/json' -d '{\"%3\": '%4'}'"_s
        .arg(issuer ? u"federation_issuers"_s : u"federation_rules"_s, object["id"].text(), changed.keyText(), oneLine(changed));
}

QString ofPolicy(const json::Value& part, const QString& pointer)
{
    if (pointer.startsWith(u"/provider/"_s))
        return u"aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn <provider ARN> --client-id %1"_s
            .arg(shellQuoted(part["provider"]["ClientIDList"].at(part["provider"]["ClientIDList"].size() - 1).bytes().toByteArray()));
    return u"aws iam update-assume-role-policy --role-name <role> --policy-document %1"_s.arg(oneLine(part["trustPolicy"]));
}

QString ofProvider(const json::Value& part, const QString&)
{
    const QString name = part["name"].text(); // projects/N/locations/global/workloadIdentityPools/P/providers/X
    QString out = u"gcloud iam workload-identity-pools providers update-oidc %1 --project=%2 --location=global --workload-identity-pool=%3 --issuer-uri=%4"_s
        .arg(name.section(u'/', 7, 7), name.section(u'/', 1, 1), name.section(u'/', 5, 5), shellQuoted(part["oidc"]["issuerUri"].bytes().toByteArray()));
    QStringList audiences;
    for (json::Value each = part["oidc"]["allowedAudiences"].first(); each; each = each.next())
        audiences.append(each.text());
    if (!audiences.isEmpty())
        out += u" --allowed-audiences="_s + shellQuoted(audiences.join(u',').toUtf8());
    if (part["attributeCondition"])
        out += u" --attribute-condition="_s + shellQuoted(part["attributeCondition"].bytes().toByteArray());
    return out;
}

/// The command of a kind of contract, told by a member.
struct Command
{
    const char* member;
    QString (*text)(const json::Value& part, const QString& pointer);
};
constexpr std::array commands {
    Command {"rule", ofRule},
    Command {"trustPolicy", ofPolicy},
    Command {"oidc", ofProvider},
    Command {"audiences", ofCredential},
};

} // namespace

ContractFix contractFix(const json::Value& contract, const base::Verdict& verdict)
{
    json::Document document = json::Document::read(contract.raw().toByteArray());
    QString first;
    for (const base::Check& check : verdict.checks) {
        if (!corrects(check))
            continue;
        auto changed = document.with(check.fixPointer, asJson(check, document.find(check.fixPointer)));
        if (!changed)
            continue;
        document = std::move(*changed);
        if (first.isEmpty())
            first = check.fixPointer;
    }
    if (first.isEmpty())
        return {};
    const json::Value part = partOf(document, first);
    const auto command = std::ranges::find_if(commands, [&](const Command& c) { return bool(part[c.member]); });
    return {.corrected = json::formatted(document.root(), 2), .command = command == commands.end() ? QString() : command->text(part, first)};
}

} // namespace trust
