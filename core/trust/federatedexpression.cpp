// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "federated_p.h"

#include "core/http/message.h"
#include "core/trust/expression.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

/// In the lab every issuer has a loopback address, so the setup says which one is played there.
QString playedKind(const setup::Credential& credential, const setup::Setup* setup)
{
    const auto issuers = setup ? setup->issuers : QList<setup::Issuer>();
    const auto it = std::ranges::find(issuers, credential.issuer, &setup::Issuer::issuer);
    return it == issuers.end() ? QString() : it->kind;
}

/// Entra keeps expressions for some issuers and some claims alone; empty when it keeps this one.
QString whyNotHeld(const setup::Credential& credential, const setup::Setup* setup)
{
    if (!credential.subject.isEmpty())
        return u"Entra keeps a subject or an expression, never both."_s;
    const QString host = QUrl(credential.issuer).host();
    const bool lab = http::isLoopbackHost(host.toUtf8()), any = lab && !setup;
    const QString kind = lab ? playedKind(credential, setup) : QString();
    const bool github = host == "token.actions.githubusercontent.com"_L1 || kind == "github"_L1 || any;
    const bool known = github || kind == "gitlab"_L1 || kind == "terraform"_L1 || host == "app.terraform.io"_L1 || host == "app.eu.terraform.io"_L1 || host.startsWith("gitlab."_L1);
    if (!known)
        return u"Entra holds expressions for GitHub, GitLab and Terraform Cloud alone, not for %1."_s.arg(credential.issuer);
    static const QRegularExpression claim(u"claims\\[\\s*['\"]([^'\"]+)['\"]\\s*\\]"_s);
    for (auto it = claim.globalMatch(credential.expression); it.hasNext();) {
        const QString name = it.next().captured(1);
        if (name != "sub"_L1 && !(name == "job_workflow_ref"_L1 && github))
            return u"Entra compares sub, and job_workflow_ref of GitHub, but not %1."_s.arg(name);
    }
    return {};
}

} // namespace

base::Check expressionCheck(const jose::Jwt& token, const setup::Credential& credential, const setup::Setup* setup)
{
    const ExpressionResult result = evaluateExpression(credential.expression, token);
    base::Check out {.id = u"subject"_s, .title = u"Expression"_s, .expected = credential.expression,
                     .presented = result.values,
                     .relation = result.holds.value_or(false) ? u"matches"_s : result.why,
                     .presentedFrom = u"claims of the token"_s,
                     .expectedFrom = u"field claimsMatchingExpression of the credential"_s,
                     .source = u"Microsoft: flexible federated identity credentials"_s};
    out.outcome = !result.holds ? base::Outcome::NotEvaluated : *result.holds ? base::Outcome::Pass
        : base::Outcome::Fail;
    out.condition = {result.condition};
    if (const QString why = whyNotHeld(credential, setup); !why.isEmpty()) {
        out.outcome = base::Outcome::NotEvaluated;
        out.relation = why;
    }
    if (out.outcome == base::Outcome::Fail) {
        out.fix = u"Widen the expression, or present a token of the workload it names."_s;
        out.near = result.near;
    }
    return out;
}

} // namespace trust
