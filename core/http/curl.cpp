// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "curl.h"

#include "core/http/redact.h"
#include "core/http/sensitive.h"

#include <QMap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace http {

namespace {

bool isNameByte(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/// One name for one value: a second secret under the same name becomes $TOKEN_2.
class Variables
{
public:
    QByteArray nameFor(const Spot& spot)
    {
        QByteArray name = spot.name.toUpper();
        std::replace_if(
            name.begin(), name.end(), [](char c) { return !isNameByte(c); }, '_');
        if (name.isEmpty() || (name.front() >= '0' && name.front() <= '9'))
            name.prepend("SECRET_");
        QList<QByteArray>& values = m_values[name];
        if (!values.contains(spot.secret))
            values.append(spot.secret);
        const qsizetype number = values.indexOf(spot.secret) + 1;
        return number == 1 ? name : name + '_' + QByteArray::number(number);
    }

private:
    QMap<QByteArray, QList<QByteArray>> m_values;
};

/// Nothing is special between single quotes but the single quote itself.
QByteArray quoted(QByteArrayView text) { return '\'' + text.toByteArray().replace("'", "'\\''") + '\''; }

/// May stand between double quotes as it is; "!" is history in an interactive shell.
bool isCalm(QByteArrayView text)
{
    return std::none_of(
        text.begin(), text.end(), [](char c) { return QByteArrayView("\"\\$`!").contains(c) || c == 0; });
}

/// A shell word with the secrets as variables: "Authorization: Bearer $ACCESS_TOKEN" where that reads well,
/// else
/// '{"code":"'"$CODE"'"}'.
QByteArray word(QByteArrayView text, const Spots& spots, Variables& variables)
{
    if (spots.isEmpty())
        return quoted(text);
    bool calm = true;
    QByteArray plain = "\"";
    QByteArray mixed;
    qsizetype done = 0;
    for (const Spot& s : spots) {
        const QByteArrayView before = text.sliced(done, s.at - done);
        const QByteArray name = variables.nameFor(s);
        done = s.at + s.length;
        const bool runsOn = done < text.size() && isNameByte(text[done]);
        calm = calm && isCalm(before) && !runsOn;
        plain += before + '$' + name;
        mixed += (before.isEmpty() ? QByteArray() : quoted(before)) + "\"$" + name + '"';
    }
    const QByteArrayView rest = text.sliced(done);
    if (calm && isCalm(rest))
        return plain + rest + '"';
    return mixed + (rest.isEmpty() ? QByteArray() : quoted(rest));
}

/// printf's %b reads \0ooo: the one way to hand over a NUL.
QByteArray octal(QByteArrayView body)
{
    QByteArray out;
    for (const char c : body) {
        if (c >= 0x20 && c < 0x7f && c != '\\' && c != '\'')
            out += c;
        else
            out += "\\0" + QByteArray::number(static_cast<unsigned char>(c), 8).rightJustified(3, '0');
    }
    return out;
}

/// The body through a pipe, for bodies that no argument can hold.
QByteArray pipe(const Request& request, Variables& variables)
{
    QByteArray text;
    Spots moved;
    qsizetype done = 0;
    for (Spot s : spotsInBody(request.body, request.headers.value("Content-Type"))) {
        text += octal(QByteArrayView(request.body).sliced(done, s.at - done));
        done = std::exchange(s.at, text.size()) + std::exchange(s.length, 0);
        moved.append(s);
    }
    text += octal(QByteArrayView(request.body).sliced(done));
    return "printf '%b' " + word(text, moved, variables) + " | ";
}

/// A parameter each, so that curl encodes what the variable holds.
QList<QByteArray> formArguments(QByteArrayView body, Variables& variables)
{
    QList<QByteArray> out;
    for (const QByteArray& pair : body.toByteArray().split('&')) {
        const Spots spots = spotsInForm(pair);
        const bool whole = spots.size() == 1 && spots.front().at + spots.front().length == pair.size()
            && spots.front().at == pair.indexOf('=') + 1;
        out.append((whole ? "--data-urlencode " : "--data-raw ") + word(pair, spots, variables));
    }
    return out;
}

QList<QByteArray> bodyArguments(const Request& request, Variables& variables)
{
    const QByteArray type = request.headers.value("Content-Type");
    if (request.body.isEmpty())
        return {};
    if (request.body.contains('\0'))
        return {"--data-binary @-"};
    if (isForm(type))
        return formArguments(request.body, variables);
    return {"--data-raw " + word(request.body, spotsInBody(request.body, type), variables)};
}

QByteArray headerArgument(const Header& header, Variables& variables)
{
    if (header.value.isEmpty()) // "Name:" would take the header away
        return "-H " + quoted(QByteArray(header.name + ';'));
    Spots spots = spotsInHeader(header);
    const qsizetype by = header.name.size() + 2;
    std::for_each(spots.begin(), spots.end(), [by](Spot& s) { s.at += by; });
    const QByteArray line = header.name + ": " + header.value;
    return "-H " + word(line, spots, variables);
}

bool isCurls(QByteArrayView name) { return name.compare("Content-Length", Qt::CaseInsensitive) == 0; }

QByteArray marked(QByteArrayView text, const Spots& spots)
{
    return replaced(text, spots, [](const Spot& s) {
        const QByteArray mark = redactionMark(s.secret).toLatin1();
        return s.bare ? QByteArray('"' + mark + '"') : mark;
    });
}

} // namespace

QString toCurl(const Request& request)
{
    Variables variables;
    QList<QByteArray> lines{"curl --globoff " + word(request.url, spotsInUrl(request.url), variables)};
    if (request.method == "HEAD")
        lines.append("--head");
    else if (request.method != (request.body.isEmpty() ? "GET" : "POST"))
        lines.append("-X " + quoted(request.method));
    for (const Header& h : request.headers) {
        if (!isCurls(h.name))
            lines.append(headerArgument(h, variables));
    }
    lines.append(bodyArguments(request, variables));
    const QByteArray piped = request.body.contains('\0') ? pipe(request, variables) : QByteArray();
    const QByteArray command = piped + lines.join(" \\\n  ");
    return QString::fromUtf8(command);
}

QString toHttpText(const Request& request)
{
    const QByteArray url = marked(request.url, spotsInUrl(request.url));
    const UrlParts parts = splitUrl(url);
    const QByteArray path = url.sliced(std::min(url.size(), parts.origin().size()));
    QByteArray out = request.method + ' ' + (path.startsWith('/') ? path : '/' + path) + " HTTP/1.1\n";
    if (!request.headers.has("Host"))
        out += "Host: " + parts.authority + '\n';
    for (const Header& h : request.headers)
        out += h.name + ": " + marked(h.value, spotsInHeader(h)) + '\n';
    out += '\n' + marked(request.body, spotsInBody(request.body, request.headers.value("Content-Type")));
    return QString::fromUtf8(out);
}

} // namespace http
