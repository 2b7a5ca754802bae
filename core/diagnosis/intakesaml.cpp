// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/intake_p.h"

#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

/// SAML 2.0 is not walked here; what a message says of itself is read all the same (OASIS saml-core-2.0).
namespace diagnosis {

namespace {

struct Message
{
    QString root {};
    QString issuer {};
    QString audience {};
    QString status {};
    QString end {};
    bool isEncrypted = false;
};

QString lastPart(QStringView urn) { return urn.sliced(urn.lastIndexOf(u':') + 1).toString(); }

Message messageIn(const QByteArray& text)
{
    Message out;
    QXmlStreamReader xml(text);
    QString name;
    for (int read = 0; !xml.atEnd() && read < 4000; ++read) {
        const auto token = xml.readNext();
        if (token == QXmlStreamReader::StartElement) {
            name = xml.name().toString();
            if (out.root.isEmpty())
                out.root = name;
            out.isEncrypted |= name == "EncryptedAssertion"_L1;
            if (name == "StatusCode"_L1)
                out.status = lastPart(xml.attributes().value("Value"_L1));
            if (name == "Conditions"_L1)
                out.end = xml.attributes().value("NotOnOrAfter"_L1).toString();
        } else if (token == QXmlStreamReader::Characters && !xml.isWhitespace()) {
            QString* into = name == "Issuer"_L1 ? &out.issuer : name == "Audience"_L1 ? &out.audience : nullptr;
            if (into && into->isEmpty())
                *into = xml.text().toString().trimmed();
        }
    }
    return out;
}

} // namespace

bool takeSaml(Gathering& to, const QByteArray& text)
{
    QByteArray xml = text.trimmed();
    if (!xml.startsWith('<'))
        xml = QByteArray::fromBase64(xml).trimmed();
    if (!xml.startsWith('<') || !xml.left(4096).contains("urn:oasis:names:tc:SAML:2.0"))
        return false;
    const Message message = messageIn(xml);
    Item item {.kind = ItemKind::Response, .label = u"SAML %1"_s.arg(message.root)};
    if (!message.issuer.isEmpty())
        item.label += u" of "_s + message.issuer;
    if (!message.audience.isEmpty())
        item.label += u" for "_s + message.audience;
    item.note = u"Trustwalk walks OAuth and OpenID Connect. Of SAML it says what the message says, and checks no signature."_s;
    if (!message.status.isEmpty() && message.status != "Success"_L1)
        item.wrong.append(u"Its status is %1."_s.arg(message.status));
    if (message.isEncrypted)
        item.note += u" The assertion in it is encrypted for its receiver."_s;
    if (const auto end = base::fromRfc3339(message.end)) {
        item.note += u" It ends %1."_s.arg(base::toRfc3339(*end));
        if (*end <= to.options.expected.now)
            item.wrong.append(u"It ended %1 ago."_s.arg(base::duration(std::chrono::duration_cast<std::chrono::seconds>(to.options.expected.now - *end))));
    }
    to.add(std::move(item));
    return true;
}

} // namespace diagnosis
