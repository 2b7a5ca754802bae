// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "replybody.h"

#include <QRegularExpression>
#include <QXmlStreamReader>

namespace flow {

using namespace Qt::StringLiterals;

namespace {

constexpr int deepest = 64; // far more than any vendor nests

QByteArray pairs(const QList<std::pair<QString, QByteArray>>& members)
{
    QByteArrayList texts;
    for (const auto& [name, value] : members)
        texts.append(json::quoted(name) + ':' + value);
    return '{' + texts.join(',') + '}';
}

/// Members of one name become an array, at the place of the first.
QByteArray objectOf(const QList<std::pair<QString, QByteArray>>& children)
{
    QList<std::pair<QString, QByteArray>> members;
    for (qsizetype i = 0; i < children.size(); ++i) {
        QByteArrayList same;
        bool seen = false;
        for (qsizetype j = 0; j < children.size(); ++j) {
            if (children[j].first != children[i].first)
                continue;
            seen = seen || j < i;
            same.append(children[j].second);
        }
        if (!seen)
            members.append({children[i].first, same.size() == 1 ? same.front() : QByteArray('[' + same.join(',') + ']')});
    }
    return pairs(members);
}

QByteArray elementTree(QXmlStreamReader& xml, int depth)
{
    QList<std::pair<QString, QByteArray>> children;
    QString text;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isEndElement())
            break;
        if (xml.isCharacters())
            text += xml.text();
        if (depth > deepest)
            xml.raiseError(u"too deep"_s);
        if (xml.isStartElement()) {
            const QString name = xml.name().toString();
            children.append({name, elementTree(xml, depth + 1)});
        }
    }
    return children.isEmpty() ? json::quoted(text.trimmed()) : objectOf(children);
}

json::Document xmlTree(const QByteArray& body)
{
    QXmlStreamReader xml(body);
    while (!xml.atEnd() && !xml.isStartElement())
        if (xml.readNext() == QXmlStreamReader::DTD)
            return {}; // a document type has no business in an answer
    if (!xml.isStartElement())
        return {};
    const QString name = xml.name().toString();
    const QByteArray tree = elementTree(xml, 0);
    return xml.hasError() ? json::Document() : json::Document::read(pairs({{name, tree}}));
}

json::Document formTree(const QByteArray& body)
{
    QList<std::pair<QString, QByteArray>> members;
    for (const http::Parameter& p : http::parseForm(body))
        members.append({QString::fromUtf8(p.name), json::quoted(QString::fromUtf8(p.value))});
    return json::Document::read(pairs(members));
}

} // namespace

json::Document replyTree(const http::Response& response)
{
    const QByteArray type = response.headers.value("Content-Type").toLower();
    const QByteArray body = response.body.trimmed();
    if (type.contains("json"))
        return json::Document::read(response.body);
    if (type.contains("xml") || (body.startsWith("<?xml")))
        return xmlTree(response.body);
    if (type.startsWith("application/x-www-form-urlencoded"))
        return formTree(body);
    return json::Document::read(response.body);
}

json::Document challengeTree(QByteArrayView header)
{
    static const QRegularExpression parameter(u"([A-Za-z_][A-Za-z0-9_-]*)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]+))"_s);
    const QString text = QString::fromUtf8(header);
    QList<std::pair<QString, QByteArray>> members {{u"scheme"_s, json::quoted(text.section(u' ', 0, 0, QString::SectionSkipEmpty))}};
    for (auto it = parameter.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        QString value = match.captured(match.hasCaptured(3) ? 3 : 2);
        static const QRegularExpression escape(u"\\\\(.)"_s);
        if (!match.hasCaptured(3))
            value.replace(escape, u"\\1"_s);
        members.append({match.captured(1), json::quoted(value)});
    }
    return json::Document::read(pairs(members));
}

} // namespace flow
