// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "fixforms.h"

#include "core/base/json.h"

using namespace Qt::StringLiterals;

namespace {

QString quoted(const QString& text) { return QString::fromUtf8(json::quoted(text)); }

struct Place
{
    QString member {};      ///< "subject"
    bool element = false;   ///< of the array `member`
};

Place placeOf(const QString& pointer)
{
    Place place {.member = pointer.section(u'/', -1)};
    bool isIndex = false;
    place.member.toInt(&isIndex);
    if (isIndex || place.member == u"-")
        place = {.member = pointer.section(u'/', -2, -2), .element = true};
    return place;
}

bool isNumberThere(const setup::Setup* setup, const QString& pointer)
{
    return setup && setup->document.find(pointer).isNumber();
}

/// "/apps/1/credentials/0" of "/apps/1/credentials/0/subject"; empty for other places.
const setup::Credential* credentialAt(const setup::Setup& setup, const QString& pointer, const setup::App*& owner)
{
    for (const setup::App& app : setup.apps)
        for (const setup::Credential& credential : app.credentials)
            if (pointer.startsWith(credential.pointer + u'/') && credential.type == setup::CredentialType::Federated) {
                owner = &app;
                return &credential;
            }
    return nullptr;
}

/// For a POSIX shell: single quotes, and each one inside closed, escaped, opened again.
QString shellQuoted(QString text)
{
    return u'\'' + text.replace(u'\'', u"'\\''"_s) + u'\'';
}

QString parameters(const setup::Credential& credential, const QString& member, const QString& value)
{
    const auto pick = [&](const QString& name, const QString& old) { return quoted(member == name ? value : old); };
    QStringList audiences;
    for (const QString& audience : credential.audiences)
        audiences.append(quoted(audience));
    if (member == u"audiences")
        audiences = {quoted(value)};
    return u"{\"name\": %1, \"issuer\": %2, \"subject\": %3, \"audiences\": [%4]}"_s.arg(
        quoted(credential.name), pick(u"issuer"_s, credential.issuer), pick(u"subject"_s, credential.subject), audiences.join(u", "_s));
}

} // namespace

QString fixAsJson(const base::Check& check, const setup::Setup* setup)
{
    if (check.fixValue.isEmpty())
        return {};
    const Place place = placeOf(check.fixPointer);
    const QString value = isNumberThere(setup, check.fixPointer) ? check.fixValue : quoted(check.fixValue);
    if (place.member.isEmpty())
        return value;
    return quoted(place.member) + u": " + (place.element ? QString(u'[' + value + u']') : value);
}

QString fixAsAz(const base::Check& check, const setup::Setup* setup)
{
    const setup::App* app = nullptr;
    const setup::Credential* credential = setup && !check.fixValue.isEmpty() ? credentialAt(*setup, check.fixPointer, app) : nullptr;
    const QString member = placeOf(check.fixPointer).member;
    if (!credential || !QStringList {u"issuer"_s, u"subject"_s, u"audiences"_s}.contains(member))
        return {};
    return u"az ad app federated-credential update --id %1 --federated-credential-id %2 --parameters %3"_s.arg(
        shellQuoted(app->clientId), shellQuoted(credential->name), shellQuoted(parameters(*credential, member, check.fixValue)));
}
