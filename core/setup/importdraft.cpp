// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "importdraft_p.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace setup::importing {

QJsonObject* Draft::appWhere(QStringView member, const QString& value)
{
    const auto found = std::ranges::find_if(apps, [&](const QJsonObject& a) { return a[member].toString().compare(value, Qt::CaseInsensitive) == 0; });
    return found == apps.end() || value.isEmpty() ? nullptr : &*found;
}

QJsonObject& Draft::app(const QString& clientId)
{
    if (QJsonObject* known = appWhere(u"clientId", clientId))
        return *known;
    apps.append({{u"clientId"_s, clientId.toLower()}});
    return apps.back();
}

QString Draft::madeUpId(const QString& what)
{
    note(what);
    const QByteArray hash = QCryptographicHash::hash(QByteArray("trustwalk import " + what.toUtf8()), QCryptographicHash::Sha256);
    QByteArray bytes = hash.first(16);
    bytes[6] = char((bytes[6] & 0x0f) | 0x40);
    bytes[8] = char((bytes[8] & 0x3f) | 0x80);
    out.madeUpIds.append(QUuid::fromRfc4122(bytes).toString(QUuid::WithoutBraces));
    return out.madeUpIds.back();
}

void Source::gap(const json::Value& value, const QString& text) const
{
    const QString place = value ? value.pointer() : QString();
    m_draft.out.notUnderstood.append({m_file, place.isEmpty() ? u"/"_s : place, text});
}

void Source::secret(const json::Value& value, const QString& looksLike, const QString& owner) const
{
    m_draft.out.secrets.append({m_file, value.pointer(), looksLike, owner});
}

void Source::onePage() const
{
    for (const char* member : {"@odata.nextLink", "nextLink"})
        if (const json::Value next = m_root[member]; next.isString())
            gap(next, u"This is one page of several: the rest of the list is not here."_s);
}

void Source::leftOver(const json::Value& object, const QStringList& taken) const
{
    for (json::Value member = object.first(); member; member = member.next()) {
        const QString name = member.keyText();
        const bool empty = member.isNull() || (member.isArray() && member.size() == 0) || (member.isObject() && member.size() == 0)
            || (member.isString() && member.bytes().isEmpty()) || (member.isBool() && !member.boolean());
        if (!taken.contains(name) && !empty && !name.contains(u'@') && !name.startsWith(u'$'))
            gap(member, u"%1 is not part of a setup."_s.arg(name));
    }
}

QStringList textsOf(const json::Value& list)
{
    QStringList out;
    if (list.isString())
        return {list.text()};
    for (json::Value each = list.first(); each; each = each.next())
        if (each.isString())
            out.append(each.text());
    return out;
}

QStringList textsOf(const json::Value& list, QByteArrayView member)
{
    QStringList out;
    for (json::Value each = list.first(); each; each = each.next())
        if (!each[member].text().isEmpty())
            out.append(each[member].text());
    return out;
}

QJsonArray listOf(const QStringList& texts) { return QJsonArray::fromStringList(texts); }

QJsonValue foreign(const json::Value& value)
{
    const QJsonDocument document = QJsonDocument::fromJson(value.raw().toByteArray());
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

bool isGuid(const QString& text)
{
    static const QRegularExpression shape(u"^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$"_s, QRegularExpression::CaseInsensitiveOption);
    return shape.match(text).hasMatch();
}

QString tenantOfIssuer(const QString& issuer)
{
    static const QRegularExpression shape(u"^(?:https://)?(?:login\\.microsoftonline\\.(?:com|us)|login\\.partner\\.microsoftonline\\.cn|sts\\.windows\\.net)/"
                                          "([0-9a-f-]{36})(?:/|/v2\\.0)?$"_s,
        QRegularExpression::CaseInsensitiveOption);
    const auto match = shape.match(issuer);
    return match.hasMatch() && isGuid(match.captured(1)) ? match.captured(1).toLower() : QString();
}

QString shortName(const QString& text, const QList<QJsonObject>& taken)
{
    static const QRegularExpression other(u"[^A-Za-z0-9]+"_s);
    QString base = QString(text).replace(other, u"-"_s).toLower();
    while (base.startsWith(u'-'))
        base.remove(0, 1);
    while (base.endsWith(u'-'))
        base.chop(1);
    base = base.isEmpty() ? u"object"_s : base.left(40);
    const auto isTaken = [&](const QString& name) { return std::ranges::any_of(taken, [&](const QJsonObject& o) { return o[u"name"].toString() == name; }); };
    QString name = base;
    for (int i = 2; isTaken(name); ++i)
        name = u"%1-%2"_s.arg(base).arg(i);
    return name;
}

QJsonObject federated(const json::Value& credential)
{
    QJsonObject out {{u"type"_s, u"federated"_s}, {u"name"_s, credential["name"].text()}, {u"issuer"_s, credential["issuer"].text()},
        {u"audiences"_s, listOf(textsOf(credential["audiences"]))}};
    if (!credential["subject"].text().isEmpty())
        out[u"subject"_s] = credential["subject"].text();
    if (credential["claimsMatchingExpression"].isObject())
        out[u"claimsMatchingExpression"_s] = foreign(credential["claimsMatchingExpression"]);
    return out;
}

} // namespace setup::importing
