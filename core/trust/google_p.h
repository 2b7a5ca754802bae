// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/trust/assertion_p.h"
#include "core/trust/compare.h"
#include "core/trust/google.h"
#include "core/trust/sheet_p.h"

namespace trust {

/// One token at one provider while it is judged.
struct GoogleCase
{
    Sheet& sheet;
    const jose::Jwt& token;
    const json::Value& provider;
    QString pointer {};              ///< of the provider in a setup; empty in a contract file
    const setup::Setup* setup = nullptr;
    const Knowledge& knowledge;
    base::Instant now;
    Unknowns unknowns = Unknowns::LeaveOpen;
    json::Value settings {};         ///< the target's, for switches of what is disputed

    QString place(QLatin1StringView member) const { return pointer + member; }
    CompareHints hints() const;
    /// A client's file names its provider and no more: what that demands is not known then.
    bool knowsDemands() const { return bool(provider["oidc"]); }
};

/// By its name in the table; a name that is not there is a mistake of ours and gives the first.
const Answer& googleAnswer(const char* reason);
const QString& googlePage();

// googleprovider.cpp: the provider's state, the token's form, issuer, audience and times.
void checkGoogleProvider(GoogleCase& c);
void checkGoogleToken(GoogleCase& c);
QString googleName(const json::Value& provider); ///< last part of the resource name, else the display name

// googlemapping.cpp
GoogleIdentity checkGoogleMapping(GoogleCase& c);

// googlepolicy.cpp
/// Whom the bearer of a request stands for; nothing when it is not accepted or not known here.
std::optional<OpaqueGrant> checkGoogleBearer(Sheet& sheet, const http::Headers& headers, const setup::Target& target,
    const Knowledge& knowledge, base::Instant now);
/// The token's scope covers a call of Google Cloud.
void checkGoogleScope(Sheet& sheet, const OpaqueGrant& grant);
/// Roles that grant what is needed, and roles known not to.
struct GoogleRoles
{
    QStringList granting {};
    QStringList lacking {};
    const char16_t* permission = u"";
};
struct GooglePolicy
{
    json::Value policy {};           ///< as getIamPolicy answers
    QString pointer {};
    QString id {};
    QString title {};
    const char* answer = "";
    QString whose {};                ///< "the service account": for sentences
};
void checkGooglePolicy(Sheet& sheet, const OpaqueGrant& grant, const GooglePolicy& policy, const GoogleRoles& roles,
    const Knowledge& knowledge);

} // namespace trust
