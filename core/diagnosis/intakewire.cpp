// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/intake_p.h"

#include "core/diagnosis/intakerequest_p.h"
#include "core/http/message.h"

#include <QRegularExpression>
#include <QXmlStreamReader>

#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

QString parameter(const QString& challenge, const QString& name)
{
    const QRegularExpression pattern(u"\\b"_s + name + u"\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,\"]+))"_s, QRegularExpression::CaseInsensitiveOption);
    const auto match = pattern.match(challenge);
    return match.captured(match.capturedLength(1) > 0 ? 1 : 2);
}

/// RFC 6750 section 3; MCP and Key Vault add where to ask for a token.
void takeChallenge(Gathering& to, const QByteArray& value)
{
    const QString text = QString::fromUtf8(value);
    const QString error = parameter(text, u"error"_s), metadata = parameter(text, u"resource_metadata"_s);
    const QString authority = parameter(text, u"authorization(?:_uri)?"_s);
    if (!error.isEmpty()) {
        const QString said = parameter(text, u"error_description"_s);
        Item item = errorItem(metadata.isEmpty() ? QString() : u"MCP"_s, error, said);
        if (const QString scope = parameter(text, u"scope"_s); !scope.isEmpty())
            item.wrong.append(u"It asks for the scope %1."_s.arg(scope));
        item.wrong += wantedClaims(parameter(text, u"claims"_s).toUtf8());
        to.add(std::move(item));
        return;
    }
    Item item {.kind = ItemKind::Response, .label = u"Challenge: a token has to be presented"_s};
    if (!metadata.isEmpty())
        item.label = u"Challenge of a protected resource (MCP), which says where its metadata is"_s;
    else if (text.contains(u"vault.azure"_s))
        item.label = u"Challenge of Azure Key Vault"_s;
    item.note = metadata.isEmpty() && authority.isEmpty() ? QString() : u"It points to %1. The first request without a token is answered like this; that is no fault."_s.arg(metadata.isEmpty() ? authority : metadata);
    if (metadata.isEmpty() && authority.isEmpty())
        item.wrong = {u"It names neither a cause nor where to get a token."_s};
    to.add(std::move(item));
}

void takeAuthorization(Gathering& to, const QByteArray& value)
{
    const qsizetype blank = value.indexOf(' ');
    const QByteArray scheme = value.left(blank < 0 ? value.size() : blank).toLower(), rest = blank < 0 ? QByteArray() : value.sliced(blank + 1).trimmed();
    if (scheme == "bearer" || scheme == "dpop" || scheme == "pop") {
        takeCredential(to, rest, u"Authorization header"_s, Setting::Header);
        return;
    }
    if (scheme.startsWith("aws4-")) {
        static const QRegularExpression scope(u"Credential=([A-Z0-9]{4})[A-Z0-9]*/(\\d{8})/([a-z0-9-]+)/([a-z0-9-]+)"_s);
        const auto match = scope.match(QString::fromUtf8(rest));
        to.add({.kind = ItemKind::OpaqueToken, .label = u"Signed AWS request (SigV4), %1 in %2 on %3"_s.arg(match.captured(4), match.captured(3), match.captured(2)),
            .vendor = u"AWS"_s, .note = match.captured(1) == "AKIA"_L1 ? u"A long-lived key signed it."_s : u"A temporary credential signed it. The signature proves the secret key without showing it."_s});
        return;
    }
    if (scheme == "basic") {
        to.add(secretItem(u"Name and password of HTTP Basic authentication"_s));
        return;
    }
    takeCredential(to, blank < 0 ? value : rest, u"Authorization header"_s, Setting::Header);
}

void takeCookie(Gathering& to, const QByteArray&) { to.add(secretItem(u"A cookie: whoever has it has the session"_s)); }
void takeKey(Gathering& to, const QByteArray& value)
{
    if (auto known = opaqueItem(value))
        to.add(std::move(*known));
    else
        to.add(secretItem(u"An API key in a header"_s));
}
void takeHostKey(Gathering& to, const QByteArray&)
{
    to.add(secretItem(u"X-IDENTITY-HEADER: the host's own key to its metadata service"_s));
}

struct Name
{
    const char* name;
    void (*take)(Gathering&, const QByteArray&);
};
constexpr std::array headers {
    Name {"authorization", takeAuthorization},
    Name {"proxy-authorization", takeAuthorization},
    Name {"www-authenticate", takeChallenge},
    Name {"cookie", takeCookie},
    Name {"set-cookie", takeCookie},
    Name {"x-api-key", takeKey},
    Name {"x-identity-header", takeHostKey},
};

/// Text of each element, by local name; the first of each.
QHash<QString, QString> elementsOf(const QByteArray& text)
{
    QHash<QString, QString> out;
    QXmlStreamReader xml(text);
    QString name;
    while (!xml.atEnd() && out.size() < 200) {
        const auto token = xml.readNext();
        if (token == QXmlStreamReader::StartElement)
            name = xml.name().toString();
        else if (token == QXmlStreamReader::Characters && !xml.isWhitespace() && !name.isEmpty() && !out.contains(name))
            out.insert(name, xml.text().toString());
    }
    return out;
}

bool takeXml(Gathering& to, const QByteArray& text)
{
    const QHash<QString, QString> elements = elementsOf(text);
    if (elements.contains(u"Code"_s)) {
        // Azure Storage and others write the same form.
        const bool aws = text.contains("amazonaws.com") || text.contains("<ErrorResponse") || elements.contains(u"HostId"_s) || elements.contains(u"RequestId"_s);
        Item item = errorItem(aws ? u"AWS"_s : QString(), elements.value(u"Code"_s), elements.value(u"Message"_s));
        if (elements.contains(u"RequestId"_s))
            item.note = u"RequestId "_s + elements.value(u"RequestId"_s);
        to.add(std::move(item));
        return true;
    }
    if (!elements.contains(u"SecretAccessKey"_s) && !elements.contains(u"Arn"_s))
        return false;
    Item answer {.kind = ItemKind::Response, .label = u"Answer of AWS STS"_s, .vendor = u"AWS"_s};
    if (elements.contains(u"Arn"_s))
        answer.label = u"Answer of AWS STS: the caller is "_s + elements.value(u"Arn"_s);
    if (elements.contains(u"SubjectFromWebIdentityToken"_s))
        answer.note = u"AWS read the subject %1 and the audience %2."_s.arg(elements.value(u"SubjectFromWebIdentityToken"_s), elements.value(u"Audience"_s));
    to.add(std::move(answer));
    if (auto id = opaqueItem(elements.value(u"AccessKeyId"_s).toUtf8()))
        to.add(std::move(*id));
    if (elements.contains(u"SecretAccessKey"_s))
        to.add(secretItem(u"AWS secret access key of a session"_s));
    return true;
}

void takePage(Gathering& to, const QByteArray& html)
{
    const QString text = QString::fromUtf8(html);
    static const QRegularExpression title(u"<title[^>]*>([^<]*)</title>"_s, QRegularExpression::CaseInsensitiveOption);
    Item page {.kind = ItemKind::Response, .label = u"HTML page \"%1\""_s.arg(title.match(text).captured(1).simplified().left(120))};
    const auto errors = errorsIn(text);
    if (errors.isEmpty()) {
        page.wrong = {u"A page stands where a client expects JSON. It holds no error code that is known here."_s};
        page.causes = {u"A proxy, a firewall or a portal answered and not the API."_s, u"The address is one for people: a sign-in page, a console."_s, u"The server failed and showed its page for that."_s};
        page.fix = u"Look at the address and the status of the answer, and ask the API directly."_s;
        page.ask = {u"Status, headers and address of this answer."_s};
    }
    to.add(std::move(page));
    ++to.depth;
    takeProse(to, text);
    --to.depth;
}

} // namespace

bool takeHeader(Gathering& to, const QByteArray& name, const QByteArray& value)
{
    const auto row = std::ranges::find(headers, QByteArray(name.toLower()), [](const Name& n) { return QByteArray(n.name); });
    if (row == headers.end() || value.trimmed().isEmpty())
        return false;
    row->take(to, value.trimmed());
    return true;
}

bool takeMarkup(Gathering& to, const QByteArray& text)
{
    const QByteArray start = text.left(4096).toLower();
    if (start.contains("<html") || start.startsWith("<!doctype html") || start.contains("<head") || start.contains("<body")) {
        takePage(to, text);
        return true;
    }
    return takeXml(to, text);
}

} // namespace diagnosis
