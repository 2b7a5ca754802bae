// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/intake_p.h"

#include "core/diagnosis/finding_p.h"
#include "core/jose/keypair.h"

using namespace Qt::StringLiterals;

/// A certificate that somebody sent: how long it lasts, and by which thumbprints assertions and registrations name it.
namespace diagnosis {

namespace {

void noteLifetime(Item& item, const jose::CertificateFacts& facts, base::Instant now)
{
    const auto seconds = [](auto length) { return base::duration(std::chrono::duration_cast<std::chrono::seconds>(length)); };
    item.note = u"It lasts from %1 to %2."_s.arg(base::toRfc3339(facts.notBefore), base::toRfc3339(facts.notAfter));
    if (facts.notAfter <= now) {
        item.wrong.append(u"It ended %1 ago."_s.arg(seconds(now - facts.notAfter)));
        item.fix = u"Register a new certificate, and sign with its key."_s;
        item.rule = u"SEC-CERT-EXPIRED"_s;
    } else if (facts.notBefore > now) {
        item.wrong.append(u"It begins in %1."_s.arg(seconds(facts.notBefore - now)));
        item.fix = u"Compare the clocks, or wait."_s;
    }
}

/// Where the setup has it registered; nothing is said when it registers none.
void noteRegistration(Item& item, const QByteArray& der, const setup::Setup& setup)
{
    bool any = false, found = false;
    for (const setup::App& app : setup.apps)
        for (const setup::Credential& credential : app.credentials) {
            if (credential.certificate.isEmpty())
                continue;
            any = true;
            if (jose::certificateDer(credential.certificate.toLatin1()) != der)
                continue;
            found = true;
            item.note += u" It is registered as %1 of %2."_s.arg(credential.name, titleOf(app));
        }
    if (!any || found)
        return;
    item.wrong.append(u"No application of this setup has it registered."_s);
    item.rule = u"SEC-CERT-NOT-REGISTERED"_s;
}

} // namespace

void takeCertificate(Gathering& to, const QByteArray& pem)
{
    const QByteArray der = jose::certificateDer(pem);
    const auto facts = jose::certificateFacts(der);
    if (!facts) {
        to.add({.kind = ItemKind::Response, .label = u"A certificate that cannot be read"_s, .wrong = {facts.error().text},
            .ask = {u"The certificate whole, as PEM: openssl x509 -in <file> -outform PEM."_s}});
        return;
    }
    Item item {.kind = ItemKind::Response, .label = u"Certificate of %1"_s.arg(facts->subject)};
    noteLifetime(item, *facts, to.options.expected.now);
    const QByteArray sha1 = jose::x5t(der), hex = QByteArray::fromBase64(sha1, QByteArray::Base64UrlEncoding).toHex().toUpper();
    item.note += u" Thumbprint %1; in the header of an assertion x5t %2 or x5t#S256 %3."_s.arg(QString::fromLatin1(hex), QString::fromLatin1(sha1), QString::fromLatin1(jose::x5tS256(der)));
    const auto key = jose::Key::fromPem(pem);
    if (!key)
        item.wrong.append(key.error().text);
    else if (!key->weakness().isEmpty())
        item.wrong.append(u"No signature may rest on its key: %1."_s.arg(key->weakness()));
    if (to.options.setup)
        noteRegistration(item, der, *to.options.setup);
    to.add(std::move(item));
}

} // namespace diagnosis
