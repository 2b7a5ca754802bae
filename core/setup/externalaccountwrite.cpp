// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "externalaccount.h"

#include "core/base/jsonwriter.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

void writeHeaders(json::Writer& out, const ExternalAccount& account)
{
    if (account.headers.isEmpty())
        return;
    out.beginObject("headers");
    for (const auto& [name, value] : account.headers)
        out.text(name.toUtf8().constData(), value);
    out.endObject();
}

void writeSource(json::Writer& out, const ExternalAccount& account)
{
    out.beginObject("credential_source");
    switch (account.from) {
    case TokenFrom::Url:
        out.text("url", account.source);
        writeHeaders(out, account);
        break;
    case TokenFrom::File:
        out.text("file", account.source);
        break;
    case TokenFrom::Certificate:
        out.beginObject("certificate");
        if (account.source.isEmpty())
            out.flag("use_default_certificate_config", true);
        else
            out.text("certificate_config_location", account.source);
        out.endObject();
        break;
    case TokenFrom::Executable:
        out.beginObject("executable").text("command", account.source).endObject();
        break;
    case TokenFrom::Aws:
        out.text("environment_id", account.source);
        break;
    }
    const bool carriesToken = account.from == TokenFrom::Url || account.from == TokenFrom::File;
    if (carriesToken && account.json)
        out.beginObject("format").text("type", u"json"_s).text("subject_token_field_name", account.field).endObject();
    out.endObject();
}

} // namespace

QByteArray writeExternalAccount(const ExternalAccount& account)
{
    json::Writer out;
    out.beginObject();
    out.textIf("universe_domain", account.universeDomain);
    out.text("type", u"external_account"_s);
    out.text("audience", account.audience);
    out.text("subject_token_type", account.subjectTokenType);
    out.text("token_url", account.tokenUrl);
    out.textIf("service_account_impersonation_url", account.impersonationUrl);
    if (!account.impersonationUrl.isEmpty() && account.tokenLifetimeSeconds != 3600)
        out.beginObject("service_account_impersonation").number("token_lifetime_seconds", account.tokenLifetimeSeconds).endObject();
    out.textIf("client_id", account.clientId);
    out.textIf("workforce_pool_user_project", account.workforceProject);
    out.textIf("quota_project_id", account.quotaProject);
    writeSource(out, account);
    out.endObject();
    return out.done();
}

ExternalAccount externalAccountFor(const Setup& setup, const Target& target, const ManagedIdentity* identity, bool impersonate,
    const QString& tokenFile)
{
    const QString service = target.authorizationServer.isEmpty() ? target.url : target.authorizationServer;
    ExternalAccount out {.audience = u"//iam.googleapis.com/"_s + target.provider.root()["name"].text(),
        .subjectTokenType = target.subjectTokenType.isEmpty() ? u"urn:ietf:params:oauth:token-type:jwt"_s : target.subjectTokenType,
        .tokenUrl = service + u"/v1/token"_s};
    if (impersonate && !target.serviceAccount.isEmpty())
        out.impersonationUrl = target.credentialsUrl + u"/v1/projects/-/serviceAccounts/"_s + target.serviceAccount + u":generateAccessToken"_s;
    if (!identity || identity->flavour != u"imds") {
        out.source = tokenFile;
        return out;
    }
    const App* resource = setup.app(target.resource);
    const QString uri = resource ? resource->identifierUris.value(0, resource->clientId) : QString();
    out.from = TokenFrom::Url;
    out.source = identity->endpoint + u"/metadata/identity/oauth2/token?api-version=2018-02-01&resource="_s
        + QString::fromLatin1(QUrl::toPercentEncoding(uri, ":/"));
    // Pinned, so that a second identity on the same host does not take its place.
    if (!identity->systemAssigned)
        out.source += u"&client_id="_s + identity->clientId;
    out.headers = {{u"Metadata"_s, u"True"_s}};
    out.json = true;
    out.field = u"access_token"_s;
    return out;
}

} // namespace setup
