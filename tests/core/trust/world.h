// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/message.h"
#include "core/jose/jwt.h"
#include "core/setup/setup.h"
#include "core/trust/entratoken.h"
#include "core/trust/knowledge.h"

#include <QJsonObject>

/// A tenant with everything the tests need: the parts of a lab manifest, keys, and tokens as its issuers write them.
namespace world {

inline constexpr auto tenantId = "6a2f0c1e-1111-4222-8333-0123456789ab";
inline constexpr auto otherTenantId = "7b3a1d2f-2222-4333-8444-123456789abc";
inline constexpr auto webApi = "0b7d2c11-5c1e-4a52-9d63-7e0f4b8a2d19";
inline constexpr auto blueprint = "b5e0d2c8-1f47-4a93-8c6d-0e9f3a7b1c52";
inline constexpr auto otherBlueprint = "c6f1e3d9-2a58-4ba4-9d7e-1fa04b8c2d63";
inline constexpr auto agent = "a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae";
inline constexpr auto publicClient = "d7a2f4ea-3b69-4cb5-8e8f-20b15c9d3e74";
inline constexpr auto uamiObject = "7c1d9f3a-52be-4e0a-9a6f-b38d20c4e1f7";
inline constexpr auto uamiClient = "5d0e8a4c-17b3-4f29-9c61-2e7f80b4a6d3";
inline constexpr auto systemObject = "8d2ea04b-63cf-4f1b-8b70-c49e31d5f208";
inline constexpr auto alice = "2b9d4e70-6c1f-4a38-b5e2-80f7d3c6a914";
inline constexpr auto exchangeGuid = "fb60f99c-7a34-4190-8149-302f77469936";
inline constexpr auto rightSecret = "Q8~right-secret-value-of-the-lab-0123456789";

inline constexpr qint64 now = 1'800'000'000; // 2027-01-15T08:00:00Z
base::Instant at(qint64 offset = 0);

const setup::Setup& setup();
/// The setup with one value replaced.
setup::Setup changed(const char16_t* pointer, const char* json);

const jose::Key& tenantKey();
const jose::Key& outsideKey();
const jose::Key& strangerKey();   ///< nobody publishes it
QByteArray file(const char* name); ///< below tests/data/trust

QString v2Issuer();
QString v1Issuer();
inline QString outsideIssuer() { return QStringLiteral("https://outside.example/ci"); }

/// What the lab knows: everything. A prediction knows the published keys.
trust::Knowledge all();
trust::Knowledge keysOnly();

/// Claims with times around `now` filled in where they are missing; signed with RS256 by that key.
QByteArray token(QJsonObject claims, const jose::Key& key, QJsonObject header = {}, const char* alg = "RS256");
QJsonObject managedIdentityClaims();
QJsonObject outsideClaims();
QJsonObject exchangeClaims(const char* parent = blueprint, const char* child = agent); ///< T1
QJsonObject userClaims(const QString& audience);
QJsonObject appClaims(const QString& audience, const char* client = webApi);
QJsonObject with(QJsonObject object, const QJsonObject& changes); ///< undefined or null members are removed

http::Form form(std::initializer_list<std::pair<const char*, QByteArray>> fields);
/// The form with fields replaced, added, or removed (null value).
http::Form with(http::Form form, std::initializer_list<std::pair<const char*, QByteArray>> changes);

/// The check with that id, or nullptr.
const base::Check* find(const base::Verdict& verdict, const QString& id);
/// Ids of the checks that fail, joined with a blank.
QString failing(const base::Verdict& verdict);
/// For a failure message: what does not pass. Good until the next call.
const char* described(const base::Verdict& verdict);

} // namespace world
