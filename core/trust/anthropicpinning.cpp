// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "anthropic_p.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

/// By which claims a rule can tell one workload from another.
namespace trust {

/// Issuers that everybody's workloads share: a rule of theirs has to name whose.
bool isSharedIssuer(const QString& issuer)
{
    static const QStringList shared {u"https://token.actions.githubusercontent.com"_s, u"https://gitlab.com"_s, u"https://agent.buildkite.com"_s,
        u"https://app.terraform.io"_s, u"https://accounts.google.com"_s};
    return shared.contains(issuer);
}

/// Claims that say whose workload it is.
bool namesTenant(const QString& text)
{
    static const QRegularExpression claims(u"\\b(?:sub|repository|repository_id|repository_owner|repository_owner_id|job_workflow_ref|workflow_ref|project_path|project_id|namespace_path|namespace_id|"
        "organization_slug|organization_id|pipeline_slug|terraform_organization_id|terraform_organization_name|terraform_workspace_id|email|hd|azp)\\b"_s);
    return claims.match(text).hasMatch();
}

bool prefixNamesTenant(const QString& subjectPrefix)
{
    static const QRegularExpression label(u"^[A-Za-z_]*:?$"_s);
    return !subjectPrefix.isEmpty() && (!subjectPrefix.endsWith(u'*') || !label.match(subjectPrefix.chopped(1)).hasMatch());
}

QString fixForMissing(const jose::Jwt& token, const QString& name, const QString& wanted)
{
    const QString hint = hintForMissing(token, name, wanted);
    return hint.isEmpty() ? u"Let the issuer write the claim, or match on another one."_s : hint;
}

/// Where what it says stands instead: Microsoft, access token claims; optional claims.
QString hintForMissing(const jose::Jwt& token, const QString& name, const QString& wanted)
{
    const QString azp = token.text("azp"), appid = token.text("appid");
    if (name == "appid"_L1 && !azp.isEmpty())
        return azp == wanted ? u"Match on azp: a v2.0 token carries the caller there, and it is the one the rule wants."_s
                             : u"Match on azp: a v2.0 token carries the caller there. It is %1 here."_s.arg(azp);
    if (name == "azp"_L1 && !appid.isEmpty())
        return u"Match on appid: a v1.0 token carries the caller there. Or set requestedAccessTokenVersion 2 on the resource app."_s;
    if (name.startsWith("xms_"_L1) && isEntraIssued(token))
        return u"Add %1 as an optional claim for access tokens on the resource app, and ask for a fresh token."_s.arg(name);
    return {};
}

} // namespace trust
