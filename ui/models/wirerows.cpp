// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "wirerows.h"

#include "core/base/json.h"
#include "core/base/text.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;
using flow::Origin;

namespace {

constexpr int textLines = 400; // of a body that is neither form nor JSON
constexpr int jsonRows = 2000;

QString shown(QByteArrayView bytes)
{
    return base::visible(QString::fromUtf8(bytes));
}

QString originOf(const QList<Origin>& origins, Origin::Part part, QByteArrayView name)
{
    for (const Origin& origin : origins)
        if (origin.part == part && origin.name == name)
            return origin.from;
    return {};
}

WireRow section(const QString& title)
{
    return {.kind = WireRow::Kind::Section, .name = title};
}

void addForm(QList<WireRow>& rows, const http::Form& form, const QList<Origin>& origins, Origin::Part part)
{
    for (const http::Parameter& p : form)
        rows.append({.kind = WireRow::Kind::Field, .name = shown(p.name), .value = shown(p.value), .origin = originOf(origins, part, p.name)});
}

void addHeaders(QList<WireRow>& rows, const http::Headers& headers, const QList<Origin>& origins)
{
    if (headers.isEmpty())
        return;
    rows.append(section(u"Headers"_s));
    for (const http::Header& h : headers)
        rows.append({.kind = WireRow::Kind::Field, .name = shown(h.name), .value = shown(h.value), .origin = originOf(origins, Origin::Part::Header, h.name)});
}

void addJson(QList<WireRow>& rows, const json::Value& value, const QString& name, int depth, const QList<Origin>& origins)
{
    if (rows.size() >= jsonRows)
        return;
    const bool nested = (value.isObject() || value.isArray()) && value.size() > 0;
    rows.append({.kind = WireRow::Kind::Field, .name = name, .value = nested ? QString() : shown(value.raw()),
        .origin = depth ? QString() : originOf(origins, Origin::Part::Body, name.toUtf8()), .depth = depth});
    int index = 0;
    for (json::Value child = nested ? value.first() : json::Value(); child; child = child.next())
        addJson(rows, child, value.isArray() ? u"[%1]"_s.arg(index++) : base::visible(child.keyText()), depth + 1, origins);
}

void addText(QList<WireRow>& rows, const QByteArray& body)
{
    const QList<QByteArray> lines = body.split('\n');
    for (qsizetype i = 0; i < std::min<qsizetype>(lines.size(), textLines); ++i)
        rows.append({.kind = WireRow::Kind::Text, .value = shown(lines[i])});
    if (lines.size() > textLines)
        rows.append({.kind = WireRow::Kind::Text, .value = u"%1 more lines; the raw view has them."_s.arg(lines.size() - textLines)});
}

void addBody(QList<WireRow>& rows, const QByteArray& body, const QByteArray& type, const QList<Origin>& origins)
{
    if (body.isEmpty())
        return;
    if (type.contains("x-www-form-urlencoded")) {
        rows.append(section(u"Body, form"_s));
        return addForm(rows, http::parseForm(body), origins, Origin::Part::Body);
    }
    const json::Document document = json::Document::read(body);
    if (!document.complete() || !(document.root().isObject() || document.root().isArray())) {
        rows.append(section(u"Body"_s));
        return addText(rows, body);
    }
    rows.append(section(u"Body, JSON"_s));
    int index = 0;
    for (json::Value member = document.root().first(); member; member = member.next())
        addJson(rows, member, document.root().isArray() ? u"[%1]"_s.arg(index++) : base::visible(member.keyText()), 0, origins);
}

} // namespace

QList<WireRow> requestRows(const http::Request& request, const QList<Origin>& origins)
{
    const qsizetype mark = request.url.indexOf('?');
    const QByteArray query = mark < 0 ? QByteArray() : request.url.mid(mark + 1);
    QList<WireRow> rows {{.kind = WireRow::Kind::Start, .name = shown(request.method), .value = shown(request.url.left(mark < 0 ? request.url.size() : mark)),
        .origin = originOf(origins, Origin::Part::Url, {})}};
    if (!query.isEmpty()) {
        rows.append(section(u"Query"_s));
        addForm(rows, http::parseForm(query), origins, Origin::Part::Query);
    }
    addHeaders(rows, request.headers, origins);
    addBody(rows, request.body, request.headers.value("Content-Type"), origins);
    return rows;
}

QList<WireRow> responseRows(const http::Response& response)
{
    QList<WireRow> rows {{.kind = WireRow::Kind::Start, .name = QString::number(response.status), .value = shown(response.reason)}};
    addHeaders(rows, response.headers, {});
    addBody(rows, response.body, response.headers.value("Content-Type"), {});
    if (response.truncated)
        rows.append({.kind = WireRow::Kind::Text, .value = u"The answer is longer than 8 MiB or was cut off. What arrived is shown."_s});
    return rows;
}

namespace {

QString headed(const QByteArray& start, const http::Headers& headers, const QByteArray& body)
{
    QByteArray text = start + '\n';
    for (const http::Header& h : headers)
        text += h.name + ": " + h.value + '\n';
    const QString all = QString::fromUtf8(text + '\n' + body);
    // Line ends stay; everything else that does not show is made visible.
    QStringList lines = all.split(u'\n');
    for (QString& line : lines)
        line = base::visible(line);
    return lines.join(u'\n');
}

} // namespace

QString rawText(const http::Request& request)
{
    const http::UrlParts url = http::splitUrl(request.url);
    QByteArray target = url.path.isEmpty() ? QByteArray("/") : url.path;
    if (!url.query.isEmpty())
        target += '?' + url.query;
    http::Headers headers = request.headers;
    if (!headers.has("Host"))
        headers.prepend({"Host", url.authority});
    return headed(request.method + ' ' + target + " HTTP/1.1", headers, request.body);
}

QString rawText(const http::Response& response)
{
    return headed("HTTP/1.1 " + QByteArray::number(response.status) + ' ' + response.reason, response.headers, response.body);
}

QList<MarkedPart> markedParts(const QString& value)
{
    static const QRegularExpression mark(u"\\[(hidden, \\d+ characters?, [0-9a-f]+)\\]"_s);
    QList<MarkedPart> parts;
    qsizetype from = 0;
    for (auto it = mark.globalMatch(value); it.hasNext();) {
        const auto match = it.next();
        if (match.capturedStart() > from)
            parts.append({value.mid(from, match.capturedStart() - from), false});
        parts.append({match.captured(1), true});
        from = match.capturedEnd();
    }
    if (from < value.size())
        parts.append({value.mid(from), false});
    return parts;
}
