// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "setup.h"

#include "core/base/jsontexts.h"
#include "core/setup/validate_p.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

QString text(const json::Value& value) { return value.isString() ? value.text() : QString(); }

/// Directories write GUIDs in lower case, and so do their tokens; people paste both.
QString guid(const json::Value& value) { return text(value).toLower(); }

QString textOr(const json::Value& value, const QString& otherwise)
{
    const QString written = text(value);
    return written.isEmpty() ? otherwise : written;
}

/// The enumerator whose name stands in the table at the same place.
template <typename E>
E choice(const json::Value& value, QByteArrayView path, E otherwise = {})
{
    return value.isString() ? E(choices(*field(path)).indexOf(value.bytes().toByteArray())) : otherwise;
}

template <typename T>
QList<T> each(const json::Value& array, T (*read)(const json::Value&))
{
    QList<T> out;
    for (json::Value element = array.first(); element; element = element.next()) {
        out += read(element);
        out.back().pointer = element.pointer();
    }
    return out;
}

Tenant readTenant(const json::Value& v)
{
    return {.name = text(v["name"]),
        .id = guid(v["id"]),
        .domain = text(v["domain"]),
        .displayName = textOr(v["displayName"], text(v["name"])),
        .authority = text(v["authority"]),
        .v1Issuer = text(v["v1Issuer"])};
}

Credential readCredential(const json::Value& v)
{
    return {.type = choice<CredentialType>(v["type"], "/apps/*/credentials/*/type"),
        .name = text(v["name"]),
        .secretId = guid(v["secretId"]),
        .expires = text(v["expires"]),
        .created = text(v["created"]),
        .lastUsed = text(v["lastUsed"]),
        .certificate = text(v["certificate"]),
        .algorithm = textOr(v["algorithm"], u"PS256"_s),
        .chain = v["chain"].boolean(),
        .issuer = text(v["issuer"]),
        .subject = text(v["subject"]),
        .audiences = json::textsIn(v["audiences"]),
        .expression = text(v["claimsMatchingExpression"]["value"]),
        .source = {.type = text(v["source"]["type"]), .name = text(v["source"]["name"])}};
}

Permission readPermission(const json::Value& v)
{
    return {.resource = text(v["resource"]),
        .scopes = json::textsIn(v["scopes"]),
        .roles = json::textsIn(v["roles"]),
        .consent = choice<Consent>(v["consent"], "/apps/*/permissions/*/consent", Consent::User)};
}

App readApp(const json::Value& v)
{
    App app{.name = text(v["name"]),
        .kind = choice<AppKind>(v["kind"], "/apps/*/kind"),
        .displayName = textOr(v["displayName"], text(v["name"])),
        .tenant = text(v["tenant"]),
        .clientId = guid(v["clientId"]),
        .objectId = guid(v["objectId"]),
        .identifierUris = json::textsIn(v["identifierUris"]),
        .redirectUris = json::textsIn(v["redirectUris"]),
        .delegatedScopes = json::textsIn(v["delegatedScopes"]),
        .appRoles = json::textsIn(v["appRoles"]),
        .requestedAccessTokenVersion = int(v["requestedAccessTokenVersion"].integer().value_or(2)),
        .parent = text(v["parent"]),
        .optionalClaims = json::textsIn(v["optionalClaims"]),
        .credentials = each(v["credentials"], readCredential),
        .permissions = each(v["permissions"], readPermission),
        .owners = json::textsIn(v["owners"]),
        .invokers = json::textsIn(v["invokers"]),
        .lastSignIn = text(v["lastSignIn"]),
        .disabled = v["disabled"].boolean()};
    if (app.kind == AppKind::Agent && app.objectId.isEmpty())
        app.objectId = app.clientId;
    return app;
}

ManagedIdentity readManagedIdentity(const json::Value& v)
{
    return {.name = text(v["name"]),
        .systemAssigned = text(v["type"]) == "systemAssigned"_L1,
        .displayName = textOr(v["displayName"], text(v["name"])),
        .clientId = guid(v["clientId"]),
        .objectId = guid(v["objectId"]),
        .resourceId = text(v["resourceId"]),
        .host = text(v["host"]),
        .endpoint = text(v["endpoint"]),
        .flavour = textOr(v["flavour"], u"imds"_s)};
}

User readUser(const json::Value& v)
{
    return {.name = text(v["name"]),
        .username = text(v["username"]),
        .objectId = guid(v["objectId"]),
        .displayName = textOr(v["displayName"], text(v["name"])),
        .agent = text(v["agent"])};
}

/// A vendor's object as a document of its own, so that copies of the setup stand alone.
json::Document foreign(const json::Value& value)
{
    return value.isObject() ? json::Document::read(value.raw().toByteArray()) : json::Document();
}

Issuer readIssuer(const json::Value& v)
{
    return {.name = text(v["name"]),
        .displayName = textOr(v["displayName"], text(v["name"])),
        .kind = textOr(v["kind"], u"other"_s),
        .issuer = text(v["issuer"]),
        .subject = text(v["subject"]),
        .audience = text(v["audience"]),
        .endpoint = text(v["endpoint"]),
        .tokenSource = {.type = text(v["tokenSource"]["type"]), .value = text(v["tokenSource"]["value"])},
        .claims = foreign(v["claims"]),
        .keys = foreign(v["keys"])};
}

Provider readProvider(const json::Value& v)
{
    return {.name = text(v["name"]),
        .issuer = text(v["issuer"]),
        .clientId = text(v["clientId"]),
        .scopes = json::textsIn(v["scopes"])};
}

VaultSecret readVaultSecret(const json::Value& v)
{
    return {.name = text(v["name"]),
        .version = text(v["version"]),
        .enabled = !v["enabled"] || v["enabled"].boolean(),
        .created = text(v["created"]),
        .expires = text(v["expires"]),
        .contentType = text(v["contentType"])};
}

RoleAssignment readRoleAssignment(const json::Value& v)
{
    return {.principal = text(v["principal"]), .role = text(v["role"]), .scope = textOr(v["scope"], u"/"_s)};
}

Tool readTool(const json::Value& v)
{
    return {.name = text(v["name"]),
        .scope = text(v["scope"]),
        .writes = v["writes"].boolean(),
        .approval = v["approval"].boolean()};
}

Target readTarget(const json::Value& v)
{
    return {.name = text(v["name"]),
        .kind = text(v["kind"]),
        .displayName = textOr(v["displayName"], text(v["name"])),
        .url = text(v["url"]),
        .resource = text(v["resource"]),
        .validAudiences = json::textsIn(v["validAudiences"]),
        .validIssuers = json::textsIn(v["validIssuers"]),
        .requiredScopes = json::textsIn(v["requiredScopes"]),
        .requiredRoles = json::textsIn(v["requiredRoles"]),
        .organizationId = text(v["organizationId"]),
        .serviceAccountId = text(v["serviceAccountId"]),
        .serviceAccountName = text(v["serviceAccountName"]),
        .workspaceId = text(v["workspaceId"]),
        .model = text(v["model"]),
        .issuer = foreign(v["issuer"]),
        .rule = foreign(v["rule"]),
        .region = text(v["region"]),
        .roleArn = text(v["roleArn"]),
        .sessionName = text(v["sessionName"]),
        .trustPolicy = foreign(v["trustPolicy"]),
        .provider = foreign(v["provider"]),
        .credentialsUrl = text(v["credentialsUrl"]),
        .serviceAccount = text(v["serviceAccount"]),
        .subjectTokenType = text(v["subjectTokenType"]),
        .profile = text(v["profile"]),
        .authorizationServer = text(v["authorizationServer"]),
        .clientId = text(v["clientId"]),
        .audience = text(v["audience"]),
        .scopes = json::textsIn(v["scopes"]),
        .tools = each(v["tools"], readTool),
        .metadata = foreign(v["metadata"]),
        .secrets = each(v["secrets"], readVaultSecret),
        .roleAssignments = each(v["roleAssignments"], readRoleAssignment),
        .settings = foreign(v["settings"])};
}

FlowSpec readFlow(const json::Value& v)
{
    FlowSpec flow{.id = text(v["id"]),
        .title = textOr(v["title"], text(v["id"])),
        .recipe = text(v["recipe"]),
        .user = text(v["user"]),
        .client = text(v["client"]),
        .middleTier = text(v["middleTier"]),
        .blueprint = text(v["blueprint"]),
        .agent = text(v["agent"]),
        .managedIdentity = text(v["managedIdentity"]),
        .credential = text(v["credential"]),
        .issuer = text(v["issuer"]),
        .tenant = text(v["tenant"]),
        .intermediary = text(v["intermediary"]),
        .via = text(v["via"]),
        .tool = text(v["tool"]),
        .secret = text(v["secret"]),
        .option = int(v["option"].integer().value_or(0)),
        .pinned = !v["pinned"] || v["pinned"].boolean(),
        .target = text(v["target"]),
        .alsoTarget = text(v["alsoTarget"]),
        .scopes = json::textsIn(v["scopes"])};
    flow.settings = foreign(v["settings"]);
    if (v["environment"].isString())
        flow.environment = choice<Environment>(v["environment"], "/flows/*/environment");
    return flow;
}

Setup read(json::Document document)
{
    const json::Value v = document.root();
    Setup setup{.id = text(v["id"]),
        .title = text(v["title"]),
        .summary = text(v["summary"]),
        .environment = choice<Environment>(v["environment"], "/environment"),
        .tenants = each(v["tenants"], readTenant),
        .users = each(v["users"], readUser),
        .apps = each(v["apps"], readApp),
        .managedIdentities = each(v["managedIdentities"], readManagedIdentity),
        .issuers = each(v["issuers"], readIssuer),
        .providers = each(v["providers"], readProvider),
        .targets = each(v["targets"], readTarget),
        .flows = each(v["flows"], readFlow)};
    setup.document = std::move(document);
    return setup;
}

bool isMemberName(QStringView text)
{
    return std::ranges::any_of(fields(), [text](const Field& row) {
        return QLatin1StringView(row.path).endsWith(QString(u'/' + text.toString()));
    });
}

/// The reader quotes what stands at the fault, which may be a secret: only names and signs of the document's
/// own pass.
base::Error syntaxError(const base::Error& fault)
{
    static const QRegularExpression quoted(u"\"([^\"]*)\"|“([^”]*)”"_s);
    QString text = fault.text;
    for (auto match = quoted.match(text); match.hasMatch();
         match = quoted.match(text, match.capturedStart() + 1)) {
        const QString word = match.captured(match.lastCapturedIndex());
        if (word.size() > 1 && !isMemberName(word))
            text.replace(match.capturedStart(), match.capturedLength(), u"what stands there"_s);
    }
    return {u"setup-syntax"_s, text + u" Nothing was loaded."_s, fault.where};
}

} // namespace

base::Result<Setup> parseSetup(QByteArray source, const QString& file)
{
    auto document = json::Document::parse(std::move(source));
    if (!document)
        return tl::unexpected(syntaxError(document.error()));
    if (auto valid = validate(*document); !valid)
        return tl::unexpected(valid.error());
    if (auto valid = validateNames(*document); !valid)
        return tl::unexpected(valid.error());
    Setup setup = read(std::move(*document));
    setup.file = file;
    return setup;
}

base::Result<Setup> edited(const Setup& setup, QStringView pointer, QByteArrayView value)
{
    const auto document = setup.document.with(pointer, value);
    if (!document)
        return tl::unexpected(document.error());
    auto changed = parseSetup(document->source(), setup.file);
    if (changed)
        changed->onDisk = setup.onDisk;
    return changed;
}

} // namespace setup
