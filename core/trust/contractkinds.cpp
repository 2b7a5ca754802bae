// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/trust/anthropic_p.h"
#include "core/trust/audience.h"
#include "core/trust/contractfile_p.h"
#include "core/trust/federated.h"

using namespace Qt::StringLiterals;

namespace trust {

namespace {

/// Either `subject` or `claimsMatchingExpression`, never both (Microsoft Graph: federatedIdentityCredential).
base::Result<void> readSubject(const json::Value& v, setup::Credential& into)
{
    const json::Value expression = v["claimsMatchingExpression"], language = expression["languageVersion"];
    if (language && language.integer() != 1)
        return badContract(language, u"`languageVersion` of an expression is 1; Entra knows no other."_s);
    const auto subject = optionalText(v, "subject");
    if (!subject)
        return tl::unexpected(subject.error());
    into.subject = *subject;
    if (!expression || expression.isNull())
        return subject->isEmpty() ? base::Result<void>(badContract(v, u"The credential has neither `subject` nor `claimsMatchingExpression`."_s))
                                  : base::Result<void>();
    if (!subject->isEmpty())
        return badContract(expression, u"The credential has both `subject` and `claimsMatchingExpression`. Only one may be there."_s);
    const auto text = requiredText(expression, "value");
    if (!text)
        return tl::unexpected(text.error());
    into.expression = *text;
    return {};
}

base::Result<setup::Credential> readCredential(const json::Value& v)
{
    if (!v.isObject())
        return badContract(v, u"A federated credential has to be an object."_s);
    setup::Credential out {.type = setup::CredentialType::Federated, .pointer = v.pointer()};
    const auto name = optionalText(v, "name");
    const auto issuer = requiredText(v, "issuer");
    const auto audiences = listOfTexts(v, "audiences");
    if (!name || !issuer)
        return tl::unexpected(!name ? name.error() : issuer.error());
    if (!audiences)
        return tl::unexpected(audiences.error());
    if (audiences->isEmpty())
        return badContract(v["audiences"] ? v["audiences"] : v, u"`audiences` names no audience."_s);
    out.name = *name;
    out.issuer = *issuer;
    out.audiences = *audiences;
    if (const auto subject = readSubject(v, out); !subject)
        return tl::unexpected(subject.error());
    return out;
}

} // namespace

base::Result<base::Verdict> matchCredentialFile(const ContractCase& match)
{
    const json::Value root = match.contract;
    QList<setup::Credential> credentials;
    const json::Value list = root.isArray() ? root : root["value"];
    if (list && !list.isArray())
        return badContract(list, u"`value` has to be a list of federated credentials."_s);
    for (json::Value each = list ? list.first() : root; each; each = list ? each.next() : json::Value()) {
        auto credential = readCredential(each);
        if (!credential)
            return tl::unexpected(credential.error());
        credentials.append(std::move(*credential));
    }
    return matchFederated(match.token, credentials, match.setup, match.knowledge, match.now);
}

base::Result<base::Verdict> matchRuleFile(const ContractCase& match)
{
    const json::Value issuer = match.contract["issuer"], rule = match.contract["rule"];
    if (!rule.isObject())
        return badContract(rule, u"`rule` has to be the rule object of the Admin API."_s);
    if (!issuer.isObject())
        return badContract(issuer ? issuer : match.contract, u"Beside `rule`, `issuer` has to be the issuer object of the Admin API."_s);
    if (const auto url = requiredText(issuer, "issuer_url"); !url)
        return tl::unexpected(url.error());
    if (!rule["match"].isObject())
        return badContract(rule["match"] ? rule["match"] : rule, u"The rule has no `match` object."_s);
    if (const auto shape = checkShape(issuer, rule); !shape)
        return tl::unexpected(shape.error());
    return matchAnthropicAt(u""_s, match.token, issuer, rule, match.setup, match.knowledge, match.now).verdict;
}

base::Result<base::Verdict> matchAudienceFile(const ContractCase& match)
{
    const auto audiences = listOfTexts(match.contract, "validAudiences");
    const auto issuers = listOfTexts(match.contract, "validIssuers");
    if (!audiences || !issuers)
        return tl::unexpected(!audiences ? audiences.error() : issuers.error());
    return matchAudiences(match.token, *audiences, *issuers, match.setup, match.knowledge, match.now);
}

} // namespace trust
