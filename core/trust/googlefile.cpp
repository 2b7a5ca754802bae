// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/trust/contractfile_p.h"
#include "core/trust/google.h"

using namespace Qt::StringLiterals;

namespace trust {

namespace {

/// The members a verdict is made of, each of the type the IAM API writes. An Error at the first that is not.
base::Result<void> readable(const json::Value& root)
{
    if (!root["oidc"].isObject())
        return badContract(root["oidc"], u"`oidc` has to be an object with `issuerUri`."_s);
    if (auto issuer = requiredText(root["oidc"], "issuerUri"); !issuer)
        return tl::unexpected(issuer.error());
    if (auto keys = optionalText(root["oidc"], "jwksJson"); !keys)
        return tl::unexpected(keys.error());
    if (auto audiences = listOfTexts(root["oidc"], "allowedAudiences"); !audiences)
        return tl::unexpected(audiences.error());
    for (const char* member : {"name", "state", "attributeCondition", "displayName"})
        if (auto text = optionalText(root, member); !text)
            return tl::unexpected(text.error());
    const json::Value mapping = root["attributeMapping"];
    if (mapping && !mapping.isObject())
        return badContract(mapping, u"`attributeMapping` has to be an object of expressions."_s);
    for (json::Value each = mapping.first(); each; each = each.next())
        if (!each.isString())
            return badContract(each, u"An attribute is mapped by an expression, which is a text."_s);
    return {};
}

} // namespace

base::Result<base::Verdict> matchGoogleFile(const ContractCase& match)
{
    if (auto done = readable(match.contract); !done)
        return tl::unexpected(done.error());
    return matchGoogle(match.token, match.contract, match.setup, match.knowledge, match.now).verdict;
}

} // namespace trust
