// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "contractcommand_p.h"

#include "core/base/jsontexts.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

QString shellQuoted(QString text) { return u'\'' + text.replace(u"'"_s, u"'\\''"_s) + u'\''; }
QString oneLine(const json::Value& value) { return shellQuoted(QString::fromUtf8(json::formatted(value, -1)).trimmed()); }

bool differ(const json::Value& a, const json::Value& b) { return a.raw() != b.raw(); }

QStringList ofCredential(const json::Value&, const json::Value& after)
{
    const QString name = after["name"].text().isEmpty() ? u"<credential>"_s : after["name"].text();
    return {u"az ad app federated-credential update --id <client id of the application> --federated-credential-id %1 --parameters %2"_s
        .arg(shellQuoted(name), oneLine(after))};
}

/// One object of the Admin API, with the members that change.
QString updateOf(const json::Value& before, const json::Value& after, const char16_t* list)
{
    QByteArrayList members;
    for (json::Value each = after.first(); each; each = each.next())
        if (differ(before[each.key()], each))
            members.append(each.rawKey().toByteArray() + ": " + json::formatted(each, -1).trimmed());
    if (members.isEmpty())
        return {};
    return u"curl https://api.anthropic.com/v1/organizations/%1/%2 -H \"Authorization: Bearer $ORG_ADMIN_TOKEN\" -H 'content-type: application/json' -d %3"_s
        .arg(QString::fromUtf16(list), after["id"].text(), shellQuoted(u'{' + QString::fromUtf8(members.join(", ")) + u'}'));
}

QStringList ofRule(const json::Value& before, const json::Value& after)
{
    return {updateOf(before["issuer"], after["issuer"], u"federation_issuers"), updateOf(before["rule"], after["rule"], u"federation_rules")};
}

/// The URL of a provider cannot be changed: one with the right URL is made beside it.
QString newProvider(const json::Value& provider)
{
    const QString url = provider["Url"].text();
    QString out = u"aws iam create-open-id-connect-provider --url %1"_s.arg(shellQuoted(url.contains("://"_L1) ? url : QString(u"https://"_s + url)));
    const QStringList ids = json::textsOrOne(provider["ClientIDList"]);
    if (!ids.isEmpty())
        out += u" --client-id-list"_s;
    for (const QString& id : ids)
        out += u' ' + shellQuoted(id);
    return out;
}

QStringList ofPolicy(const json::Value& before, const json::Value& after)
{
    const json::Value was = before["provider"], provider = after["provider"];
    QStringList out;
    if (differ(was["Url"], provider["Url"]))
        out.append(newProvider(provider));
    else
        for (const QString& id : json::textsOrOne(provider["ClientIDList"]))
            if (!json::textsOrOne(was["ClientIDList"]).contains(id))
                out.append(u"aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn <provider ARN> --client-id "_s + shellQuoted(id));
    if (differ(before["trustPolicy"], after["trustPolicy"]))
        out.append(u"aws iam update-assume-role-policy --role-name <role> --policy-document "_s + oneLine(after["trustPolicy"]));
    return out;
}

/// A list as gcloud reads it; another delimiter where a comma stands in an item (`gcloud topic escaping`).
QString gcloudList(const QStringList& items)
{
    const QString all = items.join(u' ');
    for (const QChar delimiter : u",|;#~!@%"_s)
        if (!all.contains(delimiter))
            return shellQuoted((delimiter == u',' ? QString() : QString(u'^') + delimiter + u'^') + items.join(delimiter));
    return {};
}

QString mappingOf(const json::Value& mapping)
{
    QStringList pairs;
    for (json::Value each = mapping.first(); each; each = each.next())
        pairs.append(each.keyText() + u'=' + each.text());
    return gcloudList(pairs);
}

/// A flag of update-oidc and the member it writes.
struct Flag
{
    const char* object; ///< the object that holds the member; nullptr: the provider itself
    const char* member;
    const char16_t* name;
    QString (*value)(const json::Value& member);
};
constexpr std::array flags {
    Flag {"oidc", "issuerUri", u"--issuer-uri=", [](const json::Value& v) { return shellQuoted(v.text()); }},
    Flag {"oidc", "allowedAudiences", u"--allowed-audiences=", [](const json::Value& v) { return gcloudList(json::textsOrOne(v)); }},
    Flag {nullptr, "attributeMapping", u"--attribute-mapping=", mappingOf},
    Flag {nullptr, "attributeCondition", u"--attribute-condition=", [](const json::Value& v) { return shellQuoted(v.text()); }},
    Flag {nullptr, "disabled", u"--no-disabled", [](const json::Value&) { return QString(); }},
};

QString partOf(const QString& name, int index, const QString& otherwise)
{
    const QString part = name.section(u'/', index, index);
    return part.isEmpty() ? otherwise : part;
}

QStringList ofProvider(const json::Value& before, const json::Value& after)
{
    const QString name = after["name"].text(); // projects/N/locations/global/workloadIdentityPools/P/providers/X
    const QString command = u"gcloud iam workload-identity-pools providers %1 %2 --project=%3 --location=global --workload-identity-pool=%4"_s;
    const auto line = [&](const QString& verb) {
        return command.arg(verb, partOf(name, 7, u"<provider>"_s), partOf(name, 1, u"<project>"_s), partOf(name, 5, u"<pool>"_s));
    };
    QStringList out;
    if (differ(before["state"], after["state"]))
        out.append(line(u"undelete"_s));
    QString update;
    for (const Flag& flag : flags) {
        const json::Value was = flag.object ? before[flag.object][flag.member] : before[flag.member];
        const json::Value is = flag.object ? after[flag.object][flag.member] : after[flag.member];
        if (differ(was, is))
            update += u' ' + QString::fromUtf16(flag.name) + flag.value(is);
    }
    if (!update.isEmpty())
        out.append(line(u"update-oidc"_s) + update);
    return out;
}

/// The commands of a kind of contract, told by a member.
struct Command
{
    const char* member;
    QStringList (*lines)(const json::Value& before, const json::Value& after);
};
constexpr std::array commands {
    Command {"rule", ofRule},
    Command {"trustPolicy", ofPolicy},
    Command {"oidc", ofProvider},
    Command {"audiences", ofCredential},
};

} // namespace

QStringList contractCommands(const json::Value& before, const json::Value& after)
{
    const json::Value list = after.isArray() ? after : after["value"];
    const json::Value listBefore = before.isArray() ? before : before["value"];
    QStringList out;
    for (qsizetype i = 0; list.isArray() && i < list.size(); ++i)
        if (differ(listBefore.at(i), list.at(i)))
            out += contractCommands(listBefore.at(i), list.at(i));
    if (list.isArray())
        return out;
    const auto command = std::ranges::find_if(commands, [&](const Command& c) { return bool(after[c.member]); });
    if (command != commands.end())
        out = command->lines(before, after);
    out.removeAll(QString());
    return out;
}

} // namespace trust
