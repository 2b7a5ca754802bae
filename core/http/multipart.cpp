// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "sensitive.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

/// Bodies of several parts (RFC 2046 section 5.1), read as form data (RFC 7578): a part is named by its
/// Content-Disposition, and judged by that name like a field of a form.
namespace http {

namespace {

/// "boundary" of the content type; without one the body's own first line, as a recording may have lost its headers.
QByteArray delimiterOf(QByteArrayView body, QByteArrayView contentType)
{
    static const QRegularExpression boundary(
        u"boundary\\s*+=\\s*+(?:\"([^\"]++)\"|([^\\s;\"]++))"_s, QRegularExpression::CaseInsensitiveOption);
    const auto match = boundary.match(QString::fromLatin1(contentType));
    if (match.hasMatch())
        return "--" + match.captured(match.lastCapturedIndex()).toLatin1();
    const qsizetype end = body.indexOf('\n');
    const QByteArrayView first = body.first(end < 0 ? body.size() : end).trimmed();
    return first.startsWith("--") ? first.toByteArray() : QByteArray();
}

struct PartHead
{
    qsizetype size = 0; ///< with the empty line that ends it
    QByteArray name {};
    QByteArray type {};
};

PartHead headOf(QByteArrayView part)
{
    static const QRegularExpression blank(u"^(?:[^\\r\\n]++\\r?\\n)*+\\r?\\n"_s);
    static const QRegularExpression name(u"^Content-Disposition:[^\\r\\n]*?[;\\s]name=(?:\"([^\"\\r\\n]*+)\"|([^\\s;]++))"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::MultilineOption);
    static const QRegularExpression type(u"^Content-Type:\\s*+([^\\r\\n]++)"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::MultilineOption);
    const QString text = QString::fromLatin1(part.first(std::min<qsizetype>(part.size(), 4096)));
    const auto end = blank.match(text);
    const QString head = end.captured();
    const auto named = name.match(head);
    return {end.capturedLength(), named.captured(std::max(1, named.lastCapturedIndex())).toLatin1(), type.match(head).captured(1).toLatin1()};
}

void addPart(Spots& spots, QByteArrayView part, qsizetype at)
{
    const PartHead head = headOf(part);
    QByteArrayView content = part.sliced(head.size);
    while (content.endsWith('\n') || content.endsWith('\r'))
        content.chop(1);
    const Sensitivity kind = sensitivity(head.name);
    if (kind != Sensitivity::Open) {
        add(spots, {at + head.size, content.size(), head.name, kind, content.toByteArray()});
        return;
    }
    const bool nests = isMultipart(head.type); // a part of parts is read as text: forms do not nest
    for (Spot& spot : nests ? spotsInText(content) : spotsInBody(content, head.type)) {
        spot.at += at + head.size;
        spots.append(std::move(spot));
    }
}

} // namespace

bool isMultipart(QByteArrayView contentType)
{
    return contentType.trimmed().first(std::min<qsizetype>(contentType.trimmed().size(), 10)).compare("multipart/", Qt::CaseInsensitive) == 0;
}

Spots spotsInMultipart(QByteArrayView body, QByteArrayView contentType)
{
    const QByteArray delimiter = delimiterOf(body, contentType);
    if (delimiter.isEmpty())
        return spotsInText(body);
    Spots spots;
    for (qsizetype at = body.indexOf(delimiter); at >= 0;) {
        const qsizetype start = body.indexOf('\n', at) + 1;
        const qsizetype next = start > 0 ? body.indexOf(delimiter, start) : -1;
        if (start > 0)
            addPart(spots, body.sliced(start, (next < 0 ? body.size() : next) - start), start);
        at = next;
    }
    return ordered(spots + spotsInText(body)); // what stands in heads, before the first part, or where no part begins
}

} // namespace http
