// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "failure.h"

#include "core/http/redact.h"

#include <QSslCertificate>
#include <QUrl>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace http {

namespace {

using Kind = Failure::Kind;
using Net = QNetworkReply::NetworkError;

bool breaksLines(QByteArrayView text)
{
    return std::any_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return c > 0x20 && c < 0x7f && !QByteArrayView("\"(),/:;<=>?@[\\]{}").contains(c);
    });
}

bool headersAreClean(const Headers& headers)
{
    return std::all_of(headers.begin(), headers.end(),
        [](const Header& h) { return isToken(h.name) && !breaksLines(h.value); });
}

Failure refuse(const QString& text) { return {Kind::NotAllowed, text}; }

/// Both readers must agree on the host: ours takes it letter by letter, QUrl makes 127.0.0.1 out of 0x7f.1.
bool mayUseHttp(const QByteArray& host, const QUrl& url)
{
    return (isLoopbackHost(host) || host == "169.254.169.254")
        && url.host().compare(QString::fromLatin1(host).remove(u'[').remove(u']'), Qt::CaseInsensitive) == 0;
}

struct TlsRow
{
    QSslError::SslError error;
    Kind kind;
};
/// In order of weight; what is not here is Untrusted.
constexpr std::array tlsRows {
    TlsRow {QSslError::CertificateExpired, Kind::TlsExpired},
    TlsRow {QSslError::CertificateNotYetValid, Kind::TlsExpired},
    TlsRow {QSslError::HostNameMismatch, Kind::TlsName},
    TlsRow {QSslError::NoSslSupport, Kind::TlsProtocol},
    TlsRow {QSslError::NoPeerCertificate, Kind::TlsProtocol},
};

Kind tlsKind(QSslError::SslError error)
{
    const auto row
        = std::find_if(tlsRows.begin(), tlsRows.end(), [error](const TlsRow& r) { return r.error == error; });
    return row == tlsRows.end() ? Kind::TlsUntrusted : row->kind;
}

const QSslError* firstOf(const QList<QSslError>& errors, Kind kind)
{
    const auto it = std::find_if(
        errors.begin(), errors.end(), [kind](const QSslError& e) { return tlsKind(e.error()) == kind; });
    return it == errors.end() ? nullptr : &*it;
}

QString namesOf(const QSslCertificate& certificate)
{
    QStringList names = certificate.subjectAlternativeNames().values();
    if (names.isEmpty())
        names = certificate.subjectInfo(QSslCertificate::CommonName);
    return names.isEmpty() ? u"nobody"_s : names.join(u", "_s);
}

QString untrustedText(const QSslError& error, const QString& host)
{
    const QString issuer = error.certificate().issuerDisplayName();
    return u"Nothing was sent: the certificate of %1 comes from \"%2\", which this computer does not trust "
           u"(%3). If you "
           "know this authority, add its certificate to the setup."_s.arg(host, issuer, error.errorString());
}

QString datesText(const QSslError& error, const QString& host)
{
    const QSslCertificate certificate = error.certificate();
    const bool ended = error.error() == QSslError::CertificateExpired;
    const QDateTime date = (ended ? certificate.expiryDate() : certificate.effectiveDate()).toUTC();
    const QString text = ended
        ? u"Nothing was sent: the certificate of %1 ended on %2. It has to be renewed there. If that date "
          "is still to come, this computer's clock is wrong."_s
        : u"Nothing was sent: the certificate of %1 starts on %2. If that date has passed, this computer's "
          "clock is wrong."_s;
    return text.arg(host, date.toString(Qt::ISODate));
}

QString nameText(const QSslError& error, const QString& host)
{
    return u"Nothing was sent: the certificate is made for %2, and not for %1. Check the address."_s.arg(
        host, namesOf(error.certificate()));
}

struct NetRow
{
    Net error;
    Kind kind;
    const char16_t* text;
};
constexpr std::array netRows {
    NetRow {Net::ConnectionRefusedError, Kind::Refused,
        u"Nothing listens on %1. Start the server there, or correct the address."},
    NetRow {Net::HostNotFoundError, Kind::NotFound,
        u"The name %1 leads nowhere. Check its spelling and this computer's network."},
    NetRow {Net::TimeoutError, Kind::Timeout,
        u"No answer from %1. Check the address and this computer's network."},
    NetRow {Net::OperationCanceledError, Kind::Cancelled, u"Cancelled before %1 answered."},
    NetRow {Net::RemoteHostClosedError, Kind::Closed,
        u"%1 closed the connection without an answer. The request was sent once and is not repeated. Look at "
        u"the log over "
        "there, then send again."},
    // Qt wants to send again, and our body refuses to be read twice.
    NetRow {Net::ContentReSendError, Kind::Closed,
        u"%1 closed the connection without an answer. The request was sent once and is not repeated. Look at "
        u"the log over "
        "there, then send again."},
    NetRow {Net::SslHandshakeFailedError, Kind::TlsProtocol,
        u"Nothing was sent: %1 and this program have no TLS version and cipher in common. TLS 1.2 or later "
        u"is needed "
        "there."},
    NetRow {Net::ProtocolFailure, Kind::Other, u"What %1 answers is not HTTP. Check the port."},
};

QString inWords(std::chrono::milliseconds time)
{
    return time.count() % 1000 ? u"%1 ms"_s.arg(time.count()) : u"%1 s"_s.arg(time.count() / 1000);
}

QString inWords(qint64 bytes)
{
    constexpr qint64 mebi = 1024LL * 1024;
    return bytes % mebi ? u"%1 bytes"_s.arg(bytes) : u"%1 MiB"_s.arg(bytes / mebi);
}

} // namespace

std::optional<Failure> notAllowed(const Request& request)
{
    const UrlParts parts = splitUrl(request.url);
    const QUrl url = QUrl::fromEncoded(request.url, QUrl::StrictMode);
    const QByteArray scheme = parts.scheme.toLower();
    if (!url.isValid() || parts.host.isEmpty() || (scheme != "https" && scheme != "http"))
        return refuse(u"Not sent: \"%1\" is no complete https address."_s.arg(
            redactedText(QString::fromUtf8(request.url))));
    if (parts.authority.contains('@'))
        return refuse(u"Not sent: the address has a name before its host. Write the host alone."_s);
    if (scheme == "http" && !mayUseHttp(parts.host, url)) {
        return refuse(u"Not sent: %1 is reached by http, which anybody on the way can read. Plain http is "
                      u"only for this "
                      "computer and the metadata service. Use https."_s.arg(QString::fromLatin1(parts.host)));
    }
    if (!isToken(request.method) || !headersAreClean(request.headers))
        return refuse(
            u"Not sent: the method or a header holds a character that HTTP does not allow there."_s);
    return std::nullopt;
}

Failure tlsFailure(const QList<QSslError>& errors, const QByteArray& host)
{
    const QString name = QString::fromLatin1(host);
    if (const QSslError* e = firstOf(errors, Kind::TlsUntrusted))
        return {Kind::TlsUntrusted, untrustedText(*e, name)};
    if (const QSslError* e = firstOf(errors, Kind::TlsExpired))
        return {Kind::TlsExpired, datesText(*e, name)};
    if (const QSslError* e = firstOf(errors, Kind::TlsName))
        return {Kind::TlsName, nameText(*e, name)};
    return {Kind::TlsProtocol, u"Nothing was sent: %1 showed no certificate."_s.arg(name)};
}

Failure networkFailure(const QNetworkReply& reply, const QByteArray& authority, bool inHandshake)
{
    const QString where = QString::fromLatin1(authority);
    const auto row = std::find_if(
        netRows.begin(), netRows.end(), [&](const NetRow& r) { return r.error == reply.error(); });
    if (row == netRows.end()) {
        return {Kind::Other,
            u"No answer from %1: %2. Check the address and this computer's network."_s.arg(
                where, redactedText(reply.errorString()))};
    }
    if (inHandshake && row->kind == Kind::Closed) {
        return {Kind::TlsProtocol,
            u"Nothing was sent: %1 broke off while TLS was being set up. Check that the port speaks TLS, "
            "and its log."_s.arg(where)};
    }
    // OpenSSL's words for an answer that is not TLS at all.
    if (row->kind == Kind::TlsProtocol && reply.errorString().contains(u"wrong version number"_s))
        return {Kind::TlsProtocol, u"Nothing was sent: %1 answers without TLS. Check the port, or that the service is reached by https."_s.arg(where)};
    return {row->kind, QString::fromUtf16(row->text).arg(where)};
}

Failure cutOffFailure(const QByteArray& authority)
{
    return {Kind::Closed,
        u"%1 closed the connection in the middle of its answer. What arrived is shown and not used."_s.arg(
            QString::fromLatin1(authority))};
}

Failure tooLongFailure(qint64 limit)
{
    return {Kind::TooLong,
        u"The answer is longer than %1 and was cut off. What arrived is shown."_s.arg(inWords(limit))};
}

Failure totalFailure(const QByteArray& authority, std::chrono::milliseconds limit)
{
    return {Kind::Timeout,
        u"The answer of %1 was not complete after %2. Look whether it is overloaded, then send again."_s.arg(
            QString::fromLatin1(authority), inWords(limit))};
}

Failure idleFailure(const QByteArray& authority, std::chrono::milliseconds limit)
{
    return {Kind::Timeout,
        u"%1 sent nothing for %2. Look whether it is running and reachable, then send again."_s.arg(
            QString::fromLatin1(authority), inWords(limit))};
}

} // namespace http
