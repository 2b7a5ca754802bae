// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

/// What was on the wire, as values. Bytes stay bytes.
namespace http {

struct Header
{
    QByteArray name{};
    QByteArray value{};
    bool operator==(const Header&) const = default;
};

/// Order and repetition as received; names compare without case.
struct Headers : QList<Header>
{
    using QList<Header>::QList;
    QByteArray value(QByteArrayView name) const; ///< of the first with that name
    bool has(QByteArrayView name) const;
    void set(QByteArrayView name, QByteArrayView value);
};

struct Request
{
    QByteArray method{"GET"};
    QByteArray url{}; ///< absolute, as written
    Headers headers{};
    QByteArray body{};
    bool operator==(const Request&) const = default;
};

struct Response
{
    int status = 0;
    QByteArray reason{};
    Headers headers{};
    QByteArray body{};
    bool truncated = false; ///< longer than the limit, or cut off; what arrived is kept
    bool operator==(const Response&) const = default;
};

/// application/x-www-form-urlencoded, in order, repeats kept (WHATWG URL, section 5).
struct Parameter
{
    QByteArray name{};
    QByteArray value{};
    bool operator==(const Parameter&) const = default;
};
struct Form : QList<Parameter>
{
    using QList<Parameter>::QList;
    QByteArray value(QByteArrayView name) const;
    bool has(QByteArrayView name) const;
    qsizetype count(QByteArrayView name) const;
};
Form parseForm(QByteArrayView encoded);
/// Percent-encodes everything but unreserved characters; blanks as %20.
QByteArray encodeForm(const Form& form);
QByteArray percentEncoded(QByteArrayView text);
QByteArray percentDecoded(QByteArrayView text, bool plusIsBlank = false);

/// An absolute URL taken apart without changing a letter.
struct UrlParts
{
    QByteArray scheme{};
    QByteArray authority{}; ///< host and port as written
    QByteArray host{};
    int port = -1; ///< -1 when not written
    QByteArray path{};
    QByteArray query{}; ///< without "?"
    QByteArray fragment{};
    QByteArray origin() const { return scheme + "://" + authority; }
};
UrlParts splitUrl(QByteArrayView url);

/// 127.0.0.0/8, ::1 or localhost, and nothing that only looks like it.
bool isLoopbackHost(QByteArrayView host);

} // namespace http
