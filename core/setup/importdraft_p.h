// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"
#include "core/setup/import.h"

#include <QJsonArray>
#include <QJsonObject>

namespace setup::importing {

/// A setup in the making: members as the document has them.
struct Draft
{
    QString tenantId {};
    QString tenantDomain {};
    QList<QJsonObject> apps {};
    QList<QJsonObject> identities {};
    QList<QJsonObject> issuers {};
    QList<QJsonObject> targets {};
    QList<QJsonObject> flows {};
    QList<QJsonObject> looseCredentials {}; ///< federated credentials whose application no file names
    QStringList assumedVersions {};         ///< names of apps whose token version nothing told so far
    Imported out {};

    /// The app of that client id; made when there is none.
    QJsonObject& app(const QString& clientId);
    QJsonObject* appWhere(QStringView member, const QString& value);
    /// A GUID that no file says, the same for the same words; noted.
    QString madeUpId(const QString& what);
    void note(const QString& what) { out.madeUp.append({{}, {}, what}); }
};

/// One file while it is read: every member that is taken is remembered, what is left over is a gap.
class Source
{
public:
    Source(Draft& draft, QString file, json::Value root) : m_draft(draft), m_file(std::move(file)), m_root(root) {}

    Draft& draft() const { return m_draft; }
    const QString& file() const { return m_file; }
    const json::Value& root() const { return m_root; }

    void read(const QString& kind, const QString& what) const { m_draft.out.read.append({m_file, kind, what}); }
    void gap(const json::Value& value, const QString& text) const;
    void secret(const json::Value& value, const QString& looksLike, const QString& owner = {}) const;
    /// An answer that goes on elsewhere says so in its nextLink (OData JSON): what stands there is not here.
    void onePage() const;
    /// Members of `object` that are not among the names, not empty and no OData annotations.
    void leftOver(const json::Value& object, const QStringList& taken) const;

private:
    Draft& m_draft;
    QString m_file;
    json::Value m_root;
};

struct Kind
{
    bool (*fits)(const json::Value& root);
    void (*read)(const Source& source);
};
extern const QList<Kind> entraKinds;
extern const QList<Kind> contractKinds;
/// Settings of a sidecar or its neighbour; false when the file holds none.
bool readSettings(Draft& draft, const ImportFile& file);

/// Joins what belongs together, makes up what is missing and derives the flows; then the document's text.
QByteArray assembled(Draft& draft);

// Small readers of vendors' values.
QStringList textsOf(const json::Value& list);
QStringList textsOf(const json::Value& list, QByteArrayView member);
QJsonArray listOf(const QStringList& texts);
QJsonValue foreign(const json::Value& value); ///< vendor JSON, as it is
bool isGuid(const QString& text);
/// "login.microsoftonline.com/<id>/v2.0" or "sts.windows.net/<id>/" in any spelling: the tenant's id, else empty.
QString tenantOfIssuer(const QString& issuer);
/// The first OIDC provider that a trust policy names by its ARN, as its URL without the scheme; empty when there is none.
QString providerUrlOf(const QJsonObject& policy);
/// A short name of the setup's objects: letters, digits and hyphens, unique among `taken`.
QString shortName(const QString& text, const QList<QJsonObject>& taken);
/// A federated credential of Microsoft Graph in the setup's members.
QJsonObject federated(const json::Value& credential);

} // namespace setup::importing
