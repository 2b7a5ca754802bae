// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "message.h"

#include <algorithm>

namespace http {

namespace {

template <typename List>
auto firstNamed(List& list, QByteArrayView name)
{
    return std::find_if(list.begin(), list.end(),
        [name](const auto& h) { return name.compare(h.name, Qt::CaseInsensitive) == 0; });
}

bool isUnreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.'
        || c == '_' || c == '~';
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Cuts `text` at the first `mark` and returns what stands after it; text itself keeps what stands before.
QByteArrayView cutAfter(QByteArrayView& text, char mark)
{
    const qsizetype at = text.indexOf(mark);
    if (at < 0)
        return {};
    const QByteArrayView rest = text.sliced(at + 1);
    text = text.first(at);
    return rest;
}

Parameter parseParameter(QByteArrayView pair)
{
    const QByteArrayView value = cutAfter(pair, '=');
    return {percentDecoded(pair, true), percentDecoded(value, true)};
}

/// Digits after the last colon behind the host; -1 when there are none or they are no port.
int portOf(QByteArrayView text)
{
    bool ok = false;
    const int port = text.toInt(&ok);
    return ok && port >= 0 && port <= 65535 && text.front() != '+' ? port : -1;
}

void splitAuthority(UrlParts& parts)
{
    QByteArrayView host = parts.authority;
    host = host.sliced(host.lastIndexOf('@') + 1);
    const qsizetype colon = host.lastIndexOf(':');
    if (colon >= 0 && host.indexOf(']', colon) < 0) {
        parts.port = portOf(host.sliced(colon + 1));
        host = host.first(colon);
    }
    parts.host = host.toByteArray();
}

/// One part of a dotted address: 0 to 255, no leading zeros (other readers take those for octal).
bool isOctet(QByteArrayView text)
{
    if (text.isEmpty() || text.size() > 3 || (text.size() > 1 && text.front() == '0'))
        return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })
        && text.toInt() <= 255;
}

} // namespace

QByteArray Headers::value(QByteArrayView name) const
{
    const auto it = firstNamed(*this, name);
    return it == end() ? QByteArray() : it->value;
}

bool Headers::has(QByteArrayView name) const { return firstNamed(*this, name) != end(); }

void Headers::set(QByteArrayView name, QByteArrayView value)
{
    const auto it = firstNamed(*this, name);
    if (it == end()) {
        append({name.toByteArray(), value.toByteArray()});
        return;
    }
    it->value = value.toByteArray();
    const auto same = [name](const Header& h) { return name.compare(h.name, Qt::CaseInsensitive) == 0; };
    erase(std::remove_if(it + 1, end(), same), end());
}

QByteArray Form::value(QByteArrayView name) const
{
    const auto it = std::find_if(begin(), end(), [name](const Parameter& p) { return p.name == name; });
    return it == end() ? QByteArray() : it->value;
}

bool Form::has(QByteArrayView name) const { return count(name) > 0; }

qsizetype Form::count(QByteArrayView name) const
{
    return std::count_if(begin(), end(), [name](const Parameter& p) { return p.name == name; });
}

Form parseForm(QByteArrayView encoded)
{
    Form form;
    while (!encoded.isEmpty()) {
        const QByteArrayView rest = cutAfter(encoded, '&');
        if (!encoded.isEmpty())
            form.append(parseParameter(encoded));
        encoded = rest;
    }
    return form;
}

QByteArray encodeForm(const Form& form)
{
    QByteArray out;
    for (const Parameter& p : form) {
        if (!out.isEmpty())
            out += '&';
        out += percentEncoded(p.name) + '=' + percentEncoded(p.value);
    }
    return out;
}

QByteArray percentEncoded(QByteArrayView text)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    QByteArray out;
    out.reserve(text.size() * 3 / 2);
    for (const char c : text) {
        if (isUnreserved(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

QByteArray percentDecoded(QByteArrayView text, bool plusIsBlank)
{
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = high < 0 ? -1 : hexDigit(text[i + 2]);
        if (low >= 0) {
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += plusIsBlank && text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

UrlParts splitUrl(QByteArrayView url)
{
    UrlParts parts;
    parts.fragment = cutAfter(url, '#').toByteArray();
    parts.query = cutAfter(url, '?').toByteArray();
    const qsizetype colon = url.indexOf("://");
    if (colon < 0 || url.indexOf('/') < colon) {
        parts.path = url.toByteArray();
        return parts;
    }
    parts.scheme = url.first(colon).toByteArray();
    url = url.sliced(colon + 3);
    const qsizetype slash = url.indexOf('/');
    parts.authority = url.first(slash < 0 ? url.size() : slash).toByteArray();
    parts.path = slash < 0 ? QByteArray() : url.sliced(slash).toByteArray();
    splitAuthority(parts);
    return parts;
}

bool isLoopbackHost(QByteArrayView host)
{
    if (host == "::1" || host == "[::1]" || host.compare("localhost", Qt::CaseInsensitive) == 0)
        return true;
    const QList<QByteArray> octets = host.toByteArray().split('.');
    return octets.size() == 4 && octets.first() == "127"
        && std::all_of(octets.begin(), octets.end(), isOctet);
}

} // namespace http
