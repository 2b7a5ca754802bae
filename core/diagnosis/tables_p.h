// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/rules.h"

namespace diagnosis {

/// One table a file: what receivers were told to trust, the objects of the setup, what happened in the run,
/// secrets.
std::span<const Rule> trustRules();
std::span<const Rule> setupRules();
std::span<const Rule> runRules();
std::span<const Rule> secretRules();
std::span<const Rule> awsRules();
std::span<const Rule> googleRules();

// What rules of the other tables look for at Google.
void googleWithoutCondition(const Case& c, const Rule& rule, QList<base::Finding>& out);
void googleTenantOnly(const Case& c, const Rule& rule, QList<base::Finding>& out);
std::span<const Rule> credentialRules(); ///< certificates, outside issuers, identities of a host
std::span<const Rule> mcpRules();
std::span<const Rule> keyRules();        ///< stored keys: age, owner, use
std::span<const Rule> identityRules();   ///< whose identity, who uses it, what leans on it
std::span<const Rule> contractRules();   ///< how far trust and scopes reach, transport, records
std::span<const Rule> delegationRules(); ///< for whom a call is made
std::span<const Rule> fileRules();       ///< what stands in files beside the code
std::span<const Rule> codeRules();       ///< what stands in code

// What rules of the other tables look for in files.
void settingsFindings(const Case& c, const Rule& rule, QList<base::Finding>& out);
void shapesInSettings(const Case& c, const Rule& rule, QList<base::Finding>& out);
void refreshTokensInFiles(const Case& c, const Rule& rule, QList<base::Finding>& out);
void clientIdsInFiles(const Case& c, const Rule& rule, QList<base::Finding>& out);
void staticKeysInFiles(const Case& c, const Rule& rule, QList<base::Finding>& out);
void secretsOfProduction(const Case& c, const Rule& rule, QList<base::Finding>& out);
void loggedInCode(const Case& c, const Rule& rule, QList<base::Finding>& out);
/// Name, in a record's list of what was missing, of the one member whose absence has a rule of its own.
QString mcpChallengeMethods();

} // namespace diagnosis
