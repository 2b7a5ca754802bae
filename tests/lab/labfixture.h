// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/transport.h"
#include "core/jose/jwt.h"
#include "core/jose/key.h"
#include "core/lab/lab.h"

#include <QJsonObject>
#include <QTemporaryDir>

/// A running lab and a client that knows nothing of it but its manifest.
class LabFixture
{
public:
    explicit LabFixture(lab::Options options = {});
    ~LabFixture();

    /// Plays the base, with its manifest in a folder of its own. False (with `problem`) when it does not
    /// start.
    bool start();
    /// Plays this setup as it is walked: without what only the manifest promises, unless the options say so.
    bool play(const setup::Setup& setup);
    QString problem {};

    lab::Lab& lab() { return m_lab; }
    QString manifestFile() const { return m_lab.manifestPath(); }
    QString folder() const { return m_folder.path(); }

    // The manifest
    const QJsonObject& manifest() const { return m_manifest; }
    QJsonObject entry(const QString& collection, const QString& name) const;
    QString url(const QString& endpoint) const;
    QString authority() const; ///< "<entra>/<tenant id>"
    QByteArray clientId(const QString& app) const;
    QByteArray secret(const QString& app) const; ///< of its first secret credential
    QJsonObject credential(const QString& app, const QString& type) const;
    QByteArray scope(const QString& app, const QString& name = QStringLiteral(".default")) const;
    jose::Key keyIn(const QString& file) const; ///< a key file of the manifest

    // The wire
    http::Response send(http::Request request);
    http::Response get(const QString& url, const http::Headers& headers = {});
    http::Response post(const QString& url, const http::Form& form, const http::Headers& headers = {});
    http::Response postJson(const QString& url, const QByteArray& json, const http::Headers& headers = {});
    /// The token endpoint of the tenant.
    http::Response token(const http::Form& form, const http::Headers& headers = {});
    /// Client credentials with the app's secret.
    http::Response appToken(const QString& app, const QByteArray& scope);
    /// A managed identity's token from the metadata service.
    QByteArray identityToken(const QByteArray& resource, const QByteArray& selector = {});
    /// The exchange token of `blueprint` for `agent`, by the blueprint's secret.
    QByteArray exchangeToken(const QString& blueprint = QStringLiteral("blueprint"),
        const QString& agent = QStringLiteral("agent"));
    /// The agent's own token.
    http::Response agentToken(const QByteArray& exchangeToken, const QByteArray& scope,
        const QString& agent = QStringLiteral("agent"));

    // Signing in
    http::Form authorizeRequest(const QByteArray& scope) const;
    QString authorizeUrl(const http::Form& request) const;
    /// Fills in the pages until the redirect comes. The parameters that arrived there.
    http::Form signIn(const http::Form& request, const QString& user = QStringLiteral("alice"));
    /// Code and token for alice at public-client.
    http::Response userToken(const QByteArray& scope);
    static constexpr auto verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    static constexpr auto challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    static constexpr auto redirectUri = "http://127.0.0.1:51873/callback";

private:
    bool waitForLab(const setup::Setup& setup);

    lab::Options m_options;
    QTemporaryDir m_folder {};
    lab::Lab m_lab {};
    http::NetworkTransport m_transport {};
    QJsonObject m_manifest {};
};

QJsonObject jsonOf(const http::Response& response);
/// "AADSTS7000215" -> 7000215, and the `error` beside it: "invalid_client 7000215".
QString errorOf(const http::Response& response);
QByteArray member(const http::Response& response, const char* name);
/// The claims of a JWT.
QJsonObject claimsOf(const QByteArray& token);
/// {"location"} of the redirect taken apart, or the hidden inputs of a form_post page.
http::Form parametersOf(const http::Response& redirect);

struct HtmlForm
{
    QString title {};
    QByteArray id {};
    QByteArray action {};
    http::Form hidden {};
    QByteArrayList visible {}; ///< names of inputs that people fill in
    QByteArray html {};
};
HtmlForm formOf(const http::Response& page);
