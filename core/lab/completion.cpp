// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "completion.h"

#include "core/lab/certificate.h"
#include "core/lab/signingkeys.h"
#include "core/setup/file.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

/// The arrays of a setup that the base has, and what tells twins apart beside their names.
struct Shelf
{
    const char* array;
    QLatin1StringView identity;
};
constexpr Shelf shelves[] {
    {"tenants", "id"_L1},
    {"users", "objectId"_L1},
    {"apps", "clientId"_L1},
    {"managedIdentities", "objectId"_L1},
    {"issuers", "issuer"_L1},
    {"targets", "name"_L1},
};

QByteArray baseText()
{
    setup::initResources();
    QFile file(u":/lab/base.json"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("{}");
}

/// The base under the setup's own tenant: federated credentials and rules in it name that one.
QJsonObject baseFor(const setup::Setup& setup)
{
    QByteArray text = baseText();
    const QJsonObject own = QJsonDocument::fromJson(text).object()["tenants"_L1].toArray().first().toObject();
    if (const setup::Tenant* home = setup.home()) {
        const QByteArray id = own["id"_L1].toString().toUtf8();
        text.replace(QByteArray(own["authority"_L1].toString().toUtf8() + '/' + id),
            QByteArray(home->authority.toUtf8() + '/' + home->id.toUtf8()));
        // AWS writes issuers without their scheme.
        const auto host = [](const QString& origin) { return origin.section("://"_L1, 1).toUtf8(); };
        text.replace(QByteArray(host(own["authority"_L1].toString()) + '/' + id),
            QByteArray(host(home->authority) + '/' + home->id.toUtf8()));
        text.replace(id, home->id.toUtf8());
    }
    return QJsonDocument::fromJson(text).object();
}

bool isFirstParty(const QJsonObject& app)
{
    const QString id = app["clientId"_L1].toString();
    return id == setup::graphGuid || id == setup::exchangeAudienceGuid || app["name"_L1] == "key-vault"_L1;
}

/// A vault is its address, whatever a setup calls it.
bool isSameVault(const json::Value& target, const QJsonObject& object)
{
    return target["kind"].text() == "key-vault"_L1 && object["kind"_L1] == "key-vault"_L1
        && target["url"].text() == object["url"_L1].toString();
}

/// The setup's object that is the same as the base's, by name or by identity.
json::Value twinOf(const json::Value& array, const QJsonObject& object, const Shelf& shelf)
{
    for (json::Value each = array.first(); each; each = each.next()) {
        const bool named = each["name"].text() == object["name"_L1].toString();
        const json::Value identity = each[QByteArrayView(shelf.identity.data(), shelf.identity.size())];
        if (named || isSameVault(each, object)
            || (identity
                && identity.text().compare(object[shelf.identity].toString(), Qt::CaseInsensitive) == 0))
            return each;
    }
    return {};
}

QByteArray textOf(const QJsonValue& value)
{
    const QByteArray wrapped = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact);
    return wrapped.sliced(1, wrapped.size() - 2);
}

/// What an entry of a list is about; of federated credentials an app has one for each issuer and subject.
QString subjectOf(const json::Value& entry, QLatin1StringView kind)
{
    const QString of = entry[QByteArrayView(kind.data(), kind.size())].text();
    return entry["issuer"] ? QString(of + u' ' + entry["issuer"].text() + u' ' + entry["subject"].text()) : of;
}

/// What makes a target of a kind more than an address; without it the target trusts nobody yet.
struct Contract
{
    QLatin1StringView kind;
    const char* member;
};
constexpr Contract contracts[] {{"anthropic"_L1, "rule"}, {"aws"_L1, "trustPolicy"}, {"google"_L1, "provider"}};

QString pointerTo(const QString& parent, QLatin1StringView member) { return QString(parent + u'/' + member); }

class Completer
{
public:
    Completer(const setup::Setup& setup, Completion what)
        : m_document(setup.document)
        , m_base(baseFor(setup))
        , m_what(what)
    {
    }

    void run()
    {
        for (const Shelf& shelf : shelves)
            findAliases(shelf);
        for (const Shelf& shelf : shelves)
            fill(shelf);
    }
    const json::Document& document() const { return m_document; }
    const QList<Alias>& aliases() const { return m_aliases; }

private:
    json::Value array(const Shelf& shelf) const { return m_document.root()[shelf.array]; }

    void findAliases(const Shelf& shelf)
    {
        for (const QJsonValue& each : m_base[QLatin1StringView(shelf.array)].toArray()) {
            const json::Value twin = twinOf(array(shelf), each.toObject(), shelf);
            const QString name = each["name"_L1].toString();
            if (twin && twin["name"].text() != name)
                m_aliases.append({QString::fromLatin1(shelf.array), name, twin["name"].text()});
        }
    }

    void fill(const Shelf& shelf)
    {
        for (const QJsonValue& each : m_base[QLatin1StringView(shelf.array)].toArray()) {
            const QJsonObject object = each.toObject();
            const json::Value twin = twinOf(array(shelf), object, shelf);
            if (!twin && isWanted(shelf, object))
                append(shelf, object);
            else if (twin && m_what == Completion::Everything && QByteArrayView(shelf.array) == "apps")
                complete(twin.pointer(), object);
            else if (twin && m_what == Completion::Everything && QByteArrayView(shelf.array) == "targets")
                completeTarget(twin.pointer(), renamed(object));
        }
    }

    bool isWanted(const Shelf& shelf, const QJsonObject& object) const
    {
        const QByteArrayView kind = shelf.array;
        const auto has = [this](QByteArrayView list) { return m_document.root()[list].size() > 0; };
        if (m_what == Completion::Everything || (kind == "users" && has("providers") && !has("users")))
            return true; // somebody has to be able to sign in at a provider
        return kind == "apps" && isFirstParty(object) && has("tenants");
    }

    void append(const Shelf& shelf, QJsonObject object)
    {
        // See baseSetup().
        if (m_what == Completion::Everything && object.contains("requestedAccessTokenVersion"_L1))
            object["requestedAccessTokenVersion"_L1] = 2;
        if (!array(shelf))
            put(pointerTo({}, QLatin1StringView(shelf.array)), "[]");
        put(pointerTo({}, QLatin1StringView(shelf.array)) + u"/-"_s, textOf(renamed(object)));
    }

    /// An app of the setup gets what it has nothing of; what it says stays as it is.
    void complete(const QString& pointer, const QJsonObject& object)
    {
        for (const QLatin1StringView list :
            {"identifierUris"_L1, "redirectUris"_L1, "delegatedScopes"_L1, "appRoles"_L1}) {
            if (object.contains(list) && m_document.find(pointerTo(pointer, list)).size() == 0)
                put(pointerTo(pointer, list), textOf(object[list]));
        }
        completeList(pointer + u"/credentials"_s, renamed(object)["credentials"_L1].toArray(), "type"_L1);
        completeList(pointer + u"/permissions"_s, renamed(object)["permissions"_L1].toArray(), "resource"_L1);
        if (object.contains("requestedAccessTokenVersion"_L1)) // see baseSetup()
            put(pointerTo(pointer, "requestedAccessTokenVersion"_L1), "2");
    }

    /// A vault gets the secrets and the readers it lacks; a target that trusts nobody the base's whole contract.
    void completeTarget(const QString& pointer, const QJsonObject& object)
    {
        const QString kind = m_document.find(pointerTo(pointer, "kind"_L1)).text();
        if (kind != object["kind"_L1].toString())
            return;
        completeList(pointer + u"/secrets"_s, object["secrets"_L1].toArray(), "name"_L1);
        completeList(pointer + u"/roleAssignments"_s, object["roleAssignments"_L1].toArray(), "principal"_L1);
        const auto contract = std::ranges::find(contracts, kind, &Contract::kind);
        if (contract == std::end(contracts) || m_document.find(pointer)[contract->member])
            return;
        for (auto member = object.begin(); member != object.end(); ++member)
            if (!m_document.find(pointer)[member.key().toUtf8()])
                put(QString(pointer + u'/' + member.key()), textOf(member.value()));
    }

    void completeList(const QString& pointer, const QJsonArray& ours, QLatin1StringView kind)
    {
        QStringList present, names;
        for (json::Value each = m_document.find(pointer).first(); each; each = each.next()) {
            present += subjectOf(each, kind);
            names += each["name"].text();
        }
        for (const QJsonValue& each : ours) {
            if (present.contains(subjectOf(json::Document::read(textOf(each)).root(), kind)))
                continue;
            if (!m_document.find(pointer))
                put(pointer, "[]");
            put(pointer + u"/-"_s, textOf(named(each.toObject(), names)));
        }
    }

    /// A name that the setup gave to something else goes with a mark.
    static QJsonObject named(QJsonObject object, const QStringList& taken)
    {
        const QString name = object["name"_L1].toString();
        if (!name.isEmpty() && taken.contains(name))
            object["name"_L1] = QString(name + u"-lab"_s);
        return object;
    }

    QString ownName(QLatin1StringView array, const QString& name) const
    {
        for (const Alias& alias : m_aliases) {
            if (alias.array == array && alias.base == name)
                return alias.own;
        }
        return name;
    }

    /// The object with its references by the setup's names.
    QJsonObject renamed(QJsonObject object) const
    {
        QJsonArray permissions = object["permissions"_L1].toArray();
        for (auto&& each : permissions) {
            QJsonObject permission = each.toObject();
            permission["resource"_L1] = ownName("apps"_L1, permission["resource"_L1].toString());
            each = permission;
        }
        if (!permissions.isEmpty())
            object["permissions"_L1] = permissions;
        for (const QLatin1StringView member : {"parent"_L1, "resource"_L1}) {
            if (object.contains(member))
                object[member] = ownName("apps"_L1, object[member].toString());
        }
        return withPrincipals(withSources(std::move(object)));
    }

    /// Role assignments name an app, a managed identity or a user.
    QJsonObject withPrincipals(QJsonObject object) const
    {
        QJsonArray assignments = object["roleAssignments"_L1].toArray();
        for (auto&& each : assignments) {
            QJsonObject assignment = each.toObject();
            QString name = assignment["principal"_L1].toString();
            for (const QLatin1StringView array : {"apps"_L1, "managedIdentities"_L1, "users"_L1})
                name = ownName(array, name);
            assignment["principal"_L1] = name;
            each = assignment;
        }
        if (!assignments.isEmpty())
            object["roleAssignments"_L1] = assignments;
        return object;
    }

    QJsonObject withSources(QJsonObject object) const
    {
        QJsonArray credentials = object["credentials"_L1].toArray();
        for (auto&& each : credentials) {
            QJsonObject credential = each.toObject();
            if (!credential.contains("source"_L1))
                continue;
            QJsonObject source = credential["source"_L1].toObject();
            const bool outside = source["type"_L1] == "issuer"_L1;
            source["name"_L1]
                = ownName(outside ? "issuers"_L1 : "managedIdentities"_L1, source["name"_L1].toString());
            credential["source"_L1] = source;
            each = credential;
        }
        if (!credentials.isEmpty())
            object["credentials"_L1] = credentials;
        return object;
    }

    void put(const QString& pointer, const QByteArray& json)
    {
        if (auto next = m_document.with(pointer, json))
            m_document = std::move(*next);
    }

    json::Document m_document;
    QJsonObject m_base;
    Completion m_what;
    QList<Alias> m_aliases {};
};

/// A certificate credential without a certificate gets one of this run, with its key.
base::Result<Completed> withCertificates(Completed made, const Entropy& entropy)
{
    json::Document document = made.setup.document;
    for (const setup::App& app : std::as_const(made.setup.apps)) {
        for (const setup::Credential& credential : app.credentials) {
            if (credential.type != setup::CredentialType::Certificate || !credential.certificate.isEmpty())
                continue;
            const QString name = certificateName(app, credential);
            const jose::Key key = makeRsaKey(entropy, name.toUtf8());
            const QString pem = QString::fromLatin1(certify(key, app.clientId.toUtf8(), base::fromRfc3339(credential.expires)).certificatePem);
            auto next = document.with(QString(credential.pointer + u"/certificate"_s), json::quoted(pem));
            if (!next)
                return tl::unexpected(next.error());
            document = std::move(*next);
            made.certificateKeys.insert(name, key.toPrivatePem());
        }
    }
    if (made.certificateKeys.isEmpty())
        return made;
    auto setup = setup::parseSetup(document.source(), made.setup.file);
    if (!setup)
        return tl::unexpected(setup.error());
    made.setup = std::move(*setup);
    return made;
}

} // namespace

/// The manifest promises that every token is a v2.0 one; the real Graph and vault ask for v1.0.
base::Result<setup::Setup> baseSetup()
{
    json::Document document = json::Document::read(baseText());
    for (json::Value app = document.root()["apps"].first(); app; app = app.next()) {
        if (app["requestedAccessTokenVersion"].integer() != 1)
            continue;
        auto next = document.with(app["requestedAccessTokenVersion"].pointer(), "2");
        if (!next)
            return tl::unexpected(next.error());
        document = std::move(*next);
        app = document.root()["apps"].first();
    }
    return setup::parseSetup(document.source());
}

QString certificateName(const setup::App& app, const setup::Credential& credential)
{
    return QString(app.clientId + u'/' + credential.name);
}

base::Result<Completed> completed(const setup::Setup& setup, Completion what, const Entropy& entropy)
{
    Completer completer(setup, what);
    completer.run();
    auto parsed = setup::parseSetup(completer.document().source(), setup.file);
    if (!parsed)
        return tl::unexpected(parsed.error());
    return withCertificates({.setup = std::move(*parsed), .aliases = completer.aliases()}, entropy);
}

} // namespace lab
