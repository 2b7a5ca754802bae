// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "anthropic_p.h"

#include "core/trust/contractfile_p.h"

#include <array>

using namespace Qt::StringLiterals;

/// Which members of issuer and rule are of which type. One of another type is none that the Admin API stores, and reading it as
/// absent would let in what it was meant to keep out.
namespace trust {

namespace {

bool isText(const json::Value& value) { return value.isString(); }
bool isWhole(const json::Value& value) { return value.integer().has_value(); }
bool isFlag(const json::Value& value) { return value.isBool(); }
bool isObject(const json::Value& value) { return value.isObject(); }

struct Member
{
    const char* name;
    bool (*fits)(const json::Value&);
    const char16_t* wanted;
};
constexpr auto text = u"a text", whole = u"a whole number", flag = u"true or false", object = u"an object";

constexpr std::array ofIssuer {
    Member {"id", isText, text}, Member {"name", isText, text}, Member {"issuer_url", isText, text}, Member {"archived_at", isText, text},
    Member {"max_jwt_lifetime_seconds", isWhole, whole}, Member {"check_jti", isFlag, flag}, Member {"jwks", isObject, object},
};
constexpr std::array ofRule {
    Member {"id", isText, text}, Member {"name", isText, text}, Member {"issuer_id", isText, text}, Member {"archived_at", isText, text},
    Member {"oauth_scope", isText, text}, Member {"workspace_id", isText, text}, Member {"token_lifetime_seconds", isWhole, whole},
    Member {"applies_to_all_workspaces", isFlag, flag}, Member {"match", isObject, object}, Member {"target", isObject, object},
};
constexpr std::array ofMatch {
    Member {"subject_prefix", isText, text}, Member {"audience", isText, text}, Member {"condition", isText, text}, Member {"claims", isObject, object},
};

tl::unexpected<base::Error> wrong(const json::Value& value, const char16_t* wanted)
{
    return badContract(value, u"`%1` has to be %2."_s.arg(value.keyText(), QString::fromUtf16(wanted)));
}

template <typename Members>
base::Result<void> checkMembers(const json::Value& value, const Members& members)
{
    for (const Member& member : members)
        if (const json::Value found = value[member.name]; found && !found.isNull() && !member.fits(found))
            return wrong(found, member.wanted);
    return {};
}

} // namespace

base::Result<void> checkShape(const json::Value& issuer, const json::Value& rule)
{
    const json::Value match = rule["match"];
    for (auto checked : {checkMembers(issuer, ofIssuer), checkMembers(rule, ofRule), checkMembers(match, ofMatch)})
        if (!checked)
            return checked;
    for (json::Value claim = match["claims"].first(); claim; claim = claim.next())
        if (!claim.isString())
            return wrong(claim, text);
    return {};
}

} // namespace trust
