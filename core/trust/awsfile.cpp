// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/trust/aws.h"
#include "core/trust/contractfile_p.h"

using namespace Qt::StringLiterals;

namespace trust {

namespace {

using Read = base::Result<void>;

Read readProvider(const json::Value& provider)
{
    if (!provider)
        return {};
    if (!provider.isObject())
        return badContract(provider, u"`provider` has to be the answer of GetOpenIDConnectProvider."_s);
    if (const auto url = requiredText(provider, "Url"); !url)
        return tl::unexpected(url.error());
    if (const auto ids = listOfTexts(provider, "ClientIDList"); !ids)
        return tl::unexpected(ids.error());
    return {};
}

/// Operators hold keys, keys hold a text or a list of texts.
Read readCondition(const json::Value& condition)
{
    if (condition && !condition.isObject())
        return badContract(condition, u"`Condition` has to be an object of operators."_s);
    for (json::Value op = condition.first(); op; op = op.next()) {
        if (!op.isObject())
            return badContract(op, u"The operator %1 has to hold condition keys."_s.arg(op.keyText()));
        for (json::Value key = op.first(); key; key = key.next())
            if (key.isObject() || key.isNull())
                return badContract(key, u"The key %1 has to hold a text or a list of texts."_s.arg(key.keyText()));
    }
    return {};
}

Read readStatement(const json::Value& statement)
{
    if (!statement.isObject())
        return badContract(statement, u"A statement has to be an object."_s);
    if (const auto effect = requiredText(statement, "Effect"); !effect)
        return tl::unexpected(effect.error());
    return readCondition(statement["Condition"]);
}

/// The IAM API's own answer holds the policy as percent-encoded text, which has one place in the file.
Read readPacked(const json::Value& policy)
{
    const json::Document unpacked = json::Document::read(http::percentDecoded(policy.bytes()));
    if (const json::Value twice = secondOfItsName(unpacked.root()))
        return badContract(policy, u"In the policy that is packed here, the member `%1` stands twice in its object."_s.arg(twice.keyText()));
    return {};
}

/// A policy in its own right, or packed as text.
Read readPolicy(const json::Value& policy)
{
    if (!policy)
        return {};
    if (policy.isString())
        return readPacked(policy);
    const json::Value list = policy["Statement"];
    if (!policy.isObject() || !(list.isArray() || list.isObject()))
        return badContract(list ? list : policy, u"`trustPolicy` has to be a policy document with `Statement`."_s);
    for (json::Value each = list.isArray() ? list.first() : list; each; each = list.isArray() ? each.next() : json::Value())
        if (const auto read = readStatement(each); !read)
            return read;
    return {};
}

} // namespace

/// As the wrapper has it, or as `aws iam get-role` prints it.
static json::Value policyIn(const json::Value& root)
{
    for (const json::Value& policy : {root["trustPolicy"], root["AssumeRolePolicyDocument"]})
        if (policy)
            return policy;
    return root["Role"]["AssumeRolePolicyDocument"];
}

base::Result<base::Verdict> matchAwsFile(const ContractCase& match)
{
    const json::Value root = match.contract, policy = policyIn(root);
    for (const auto& read : {readProvider(root["provider"]), readPolicy(policy)})
        if (!read)
            return tl::unexpected(read.error());
    const AwsTrust trust {.provider = root["provider"], .policy = policy, .settings = root["settings"]};
    return matchAws(match.token, trust, match.setup, match.knowledge, match.now).verdict;
}

} // namespace trust
