// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "world.h"

#include "core/jose/base64url.h"
#include "core/jose/jws.h"
#include "core/trust/principal.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace world {

base::Instant at(qint64 offset)
{
    return base::fromEpochSeconds(now + offset);
}

QByteArray file(const char* name)
{
    QFile in(QStringLiteral(TESTS_DIR "/data/trust/") + QString::fromLatin1(name));
    if (!in.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", name);
    return in.readAll();
}

const setup::Setup& setup()
{
    static const setup::Setup read = [] {
        QByteArray text = file("world.json");
        text.replace("@CERTIFICATE@", QByteArray(file("client-cert.pem")).replace("\n", "\\n"));
        auto parsed = setup::parseSetup(text);
        if (!parsed)
            qFatal("world.json: %s %s", qPrintable(parsed.error().text), qPrintable(parsed.error().where));
        return *parsed;
    }();
    return read;
}

setup::Setup changed(const char16_t* pointer, const char* json)
{
    auto out = setup::edited(setup(), QStringView(pointer), json);
    if (!out)
        qFatal("edit: %s", qPrintable(out.error().text));
    return *out;
}

namespace {

jose::Key named(const char* seed)
{
    jose::Key key = jose::Key::fromSeed(jose::KeyType::Rsa, seed).value();
    key.kid = seed;
    return key;
}

} // namespace

const jose::Key& tenantKey()
{
    static const jose::Key key = named("tenant");
    return key;
}

const jose::Key& outsideKey()
{
    static const jose::Key key = named("outside");
    return key;
}

const jose::Key& strangerKey()
{
    static const jose::Key key = named("stranger");
    return key;
}

QString v2Issuer()
{
    return setup().home()->issuerV2();
}

QString v1Issuer()
{
    return setup().home()->issuerV1();
}

trust::Knowledge keysOnly()
{
    static const jose::KeySet tenant {.keys = {tenantKey()}};
    static const jose::KeySet outside {.keys = {outsideKey()}};
    trust::Knowledge out;
    out.keys = [](const QString& issuer) -> const jose::KeySet* {
        if (issuer == v2Issuer() || issuer == v1Issuer())
            return &tenant;
        return issuer == outsideIssuer() ? &outside : nullptr;
    };
    return out;
}

trust::Knowledge all()
{
    trust::Knowledge out = keysOnly();
    out.receiver = true;
    out.secret = [](const setup::App&, QByteArrayView secret) {
        if (secret == "expired")
            return trust::SecretState::Expired;
        return secret == QByteArrayView(rightSecret) ? trust::SecretState::Right : trust::SecretState::Wrong;
    };
    out.code = [](QByteArrayView) { return std::optional<trust::CodeGrant>(); };
    out.refresh = [](QByteArrayView) { return std::optional<trust::RefreshGrant>(); };
    out.opaque = [](QByteArrayView) { return std::optional<trust::OpaqueGrant>(); };
    out.jtiUsed = [](const QString&, QByteArrayView jti) { return jti == "used"; };
    out.consented = [](const setup::App&, const setup::App&, const QStringList&, const QString&) { return false; };
    out.identityHeader = "identity-header-value";
    return out;
}

QByteArray token(QJsonObject claims, const jose::Key& key, QJsonObject header, const char* alg)
{
    for (const auto& [name, value] : {std::pair {"iat", now - 300}, std::pair {"nbf", now - 300}, std::pair {"exp", now + 3600}})
        if (!claims.contains(QLatin1StringView(name)))
            claims.insert(QLatin1StringView(name), value);
    header = with(QJsonObject {{u"alg"_s, QString::fromLatin1(alg)}, {u"typ"_s, u"JWT"_s}, {u"kid"_s, QString::fromLatin1(key.kid)}}, header);
    claims = with(claims, {});
    const auto bytes = [](const QJsonObject& object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); };
    return jose::signCompact(bytes(header), bytes(claims), key, *jose::algorithm(alg)).value();
}

QJsonObject with(QJsonObject object, const QJsonObject& changes)
{
    for (auto it = changes.begin(); it != changes.end(); ++it)
        object.insert(it.key(), it.value());
    for (const QString& key : object.keys())
        if (object.value(key).isNull() || object.value(key).isUndefined())
            object.remove(key);
    return object;
}

QJsonObject managedIdentityClaims()
{
    return {{u"iss"_s, v2Issuer()}, {u"aud"_s, QString::fromLatin1(exchangeGuid)}, {u"sub"_s, QString::fromLatin1(uamiObject)},
            {u"oid"_s, QString::fromLatin1(uamiObject)}, {u"azp"_s, QString::fromLatin1(uamiClient)}, {u"azpacr"_s, u"2"_s},
            {u"idtyp"_s, u"app"_s}, {u"tid"_s, QString::fromLatin1(tenantId)}, {u"ver"_s, u"2.0"_s},
            {u"xms_mirid"_s, u"/subscriptions/s/resourcegroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami"_s}};
}

QJsonObject outsideClaims()
{
    return {{u"iss"_s, outsideIssuer()}, {u"aud"_s, u"api://AzureADTokenExchange"_s}, {u"sub"_s, u"repo:lab/demo:ref:refs/heads/main"_s}};
}

QJsonObject exchangeClaims(const char* parent, const char* child)
{
    const QString subject = trust::exchangeSubject(QString::fromLatin1(tenantId), QString::fromLatin1(parent), QString::fromLatin1(child));
    return {{u"iss"_s, v2Issuer()}, {u"aud"_s, QString::fromLatin1(exchangeGuid)}, {u"sub"_s, subject}, {u"azp"_s, QString::fromLatin1(parent)},
            {u"azpacr"_s, u"2"_s}, {u"idtyp"_s, u"app"_s}, {u"oid"_s, u"1e6c3b90-7d24-4f8a-a5b1-94d0c2e8f673"_s},
            {u"tid"_s, QString::fromLatin1(tenantId)}, {u"ver"_s, u"2.0"_s}, {u"xms_ficinfo"_s, u"CAAQ"_s}};
}

QJsonObject userClaims(const QString& audience)
{
    return {{u"iss"_s, v2Issuer()}, {u"aud"_s, audience}, {u"sub"_s, u"pairwise-subject-of-alice"_s}, {u"oid"_s, QString::fromLatin1(alice)},
            {u"azp"_s, QString::fromLatin1(publicClient)}, {u"azpacr"_s, u"0"_s}, {u"idtyp"_s, u"user"_s}, {u"scp"_s, u"access_as_user"_s},
            {u"tid"_s, QString::fromLatin1(tenantId)}, {u"ver"_s, u"2.0"_s}, {u"name"_s, u"Alice Lab"_s}};
}

QJsonObject appClaims(const QString& audience, const char* client)
{
    const setup::App* app = setup().appByClientId(QString::fromLatin1(client));
    const QString oid = app ? app->objectId : u"00000000-0000-4000-8000-000000000001"_s;
    return {{u"iss"_s, v2Issuer()}, {u"aud"_s, audience}, {u"sub"_s, oid}, {u"oid"_s, oid}, {u"azp"_s, QString::fromLatin1(client)},
            {u"azpacr"_s, u"1"_s}, {u"idtyp"_s, u"app"_s}, {u"tid"_s, QString::fromLatin1(tenantId)}, {u"ver"_s, u"2.0"_s}};
}

http::Form form(std::initializer_list<std::pair<const char*, QByteArray>> fields)
{
    return with(http::Form {}, fields);
}

http::Form with(http::Form form, std::initializer_list<std::pair<const char*, QByteArray>> changes)
{
    for (const auto& [name, value] : changes) {
        form.removeIf([key = name](const http::Parameter& p) { return p.name == key; });
        if (!value.isNull())
            form.append({name, value});
    }
    return form;
}

const base::Check* find(const base::Verdict& verdict, const QString& id)
{
    const auto it = std::ranges::find(verdict.checks, id, &base::Check::id);
    return it == verdict.checks.end() ? nullptr : &*it;
}

QString failing(const base::Verdict& verdict)
{
    QStringList out;
    for (const base::Check& check : verdict.checks)
        if (check.outcome == base::Outcome::Fail)
            out.append(check.id);
    return out.join(u' ');
}

const char* described(const base::Verdict& verdict)
{
    static QByteArray kept;
    QString out = base::decisionName(verdict.decision);
    if (verdict.refusal)
        out += u' ' + verdict.refusal->code + u' ' + verdict.refusal->error + u' ' + verdict.refusal->text;
    for (const base::Check& check : verdict.checks)
        if (check.outcome != base::Outcome::Pass)
            out += u"\n  " + check.id + u": " + base::outcomeName(check.outcome) + u" presented '" + check.presented + u"' expected '"
                + check.expected + u"' " + check.relation;
    kept = out.toUtf8();
    return kept.constData();
}

} // namespace world
