// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "contractfile.h"

#include "core/trust/contractfile_p.h"

#include <QSet>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

using Judge = base::Result<base::Verdict> (*)(const ContractCase&);

/// A kind of contract is told by members of its document; its function gives the verdict.
struct Kind
{
    const char* name;
    bool (*told)(const json::Value& root);
    Judge judge;
};

bool isRule(const json::Value& root) { return root["rule"] && !root["issuer"].isString(); }
bool isGoogle(const json::Value& root) { return bool(root["oidc"]); }
bool isAws(const json::Value& root) { return root["trustPolicy"] || root["provider"]["ClientIDList"] || root["AssumeRolePolicyDocument"] || root["Role"]["AssumeRolePolicyDocument"]; }
bool isAudienceList(const json::Value& root) { return bool(root["validAudiences"]); }
bool isResource(const json::Value& root) { return root["resource"] && root["authorization_servers"]; }
bool isCredential(const json::Value& root)
{
    return root.isArray() || root["value"] || (root["issuer"] && root["audiences"]);
}

constexpr std::array kinds {
    Kind {"Anthropic federation rule", isRule, matchRuleFile},
    Kind {"audience list", isAudienceList, matchAudienceFile},
    Kind {"Google provider", isGoogle, matchGoogleFile},
    Kind {"AWS provider and trust policy", isAws, matchAwsFile},
    Kind {"protected resource", isResource, matchResourceFile},
    // Told by the most general members, so it comes last.
    Kind {"Entra federated credential", isCredential, matchCredentialFile},
};

const Kind* kindOf(const json::Value& root)
{
    const auto kind = std::ranges::find_if(kinds, [&](const Kind& k) { return k.told(root); });
    return kind == kinds.end() ? nullptr : &*kind;
}

} // namespace

tl::unexpected<base::Error> badContract(const json::Value& at, const QString& why)
{
    const QString pointer = at.pointer();
    return base::fail(u"contract-unreadable"_s, why, pointer.isEmpty() ? u"/"_s : pointer);
}

base::Result<QString> optionalText(const json::Value& object, const char* member)
{
    const json::Value value = object[member];
    if (!value || value.isNull())
        return QString();
    if (!value.isString())
        return badContract(value, u"`%1` has to be a text."_s.arg(QLatin1StringView(member)));
    return value.text();
}

base::Result<QString> requiredText(const json::Value& object, const char* member)
{
    auto text = optionalText(object, member);
    if (text && text->isEmpty())
        return badContract(object[member] ? object[member] : object,
            u"`%1` is missing or empty."_s.arg(QLatin1StringView(member)));
    return text;
}

base::Result<QStringList> listOfTexts(const json::Value& object, const char* member)
{
    const json::Value list = object[member];
    if (list.isString())
        return QStringList {list.text()};
    if (list && !list.isArray() && !list.isNull())
        return badContract(list, u"`%1` has to be a list of texts."_s.arg(QLatin1StringView(member)));
    QStringList out;
    for (json::Value each = list.first(); each; each = each.next()) {
        if (!each.isString())
            return badContract(each, u"`%1` has to hold texts alone."_s.arg(QLatin1StringView(member)));
        out.append(each.text());
    }
    return out;
}

json::Value secondOfItsName(const json::Value& in)
{
    QSet<QByteArrayView> names;
    for (json::Value each = in.first(); each; each = each.next()) {
        if (in.isObject() && names.contains(each.key()))
            return each;
        names.insert(each.key());
        if (const json::Value below = secondOfItsName(each))
            return below;
    }
    return {};
}

QString contractKind(const json::Value& root)
{
    const json::Value list = root.isArray() ? root : root["value"];
    if (list && !(list.at(0)["issuer"] && list.at(0)["audiences"]))
        return {};
    const Kind* kind = kindOf(root);
    return kind ? QString::fromLatin1(kind->name) : QString();
}

/// Without keys an accepted token is accepted only if its signature holds, and a lone failure in time may be a clock's.
base::Confidence confidenceOf(const base::Verdict& verdict)
{
    if (verdict.decision == base::Decision::NotEvaluated)
        return base::Confidence::Unknown;
    const auto undecided = [](const base::Check& c) { return c.outcome == base::Outcome::Warning && c.id.startsWith(u"signature"); };
    if (verdict.decision == base::Decision::Accept)
        return std::ranges::any_of(verdict.checks, undecided) ? base::Confidence::Likely : base::Confidence::Certain;
    const auto surelyFails = [](const base::Check& c) {
        return c.outcome == base::Outcome::Fail && !(c.near && c.near->kind == base::Near::ClockSkew);
    };
    return std::ranges::any_of(verdict.checks, surelyFails) ? base::Confidence::Certain : base::Confidence::Likely;
}

base::Result<base::Verdict> matchContract(const ContractCase& match)
{
    if (!match.contract.isObject() && !match.contract.isArray())
        return badContract(match.contract, u"A contract is a JSON object, or a list of federated credentials."_s);
    if (const json::Value twice = secondOfItsName(match.contract))
        return badContract(twice, u"The member `%1` stands twice in its object. Which of the two counts is not decided here."_s.arg(twice.keyText()));
    const Kind* kind = kindOf(match.contract);
    if (!kind)
        return badContract(match.contract, u"This is no contract of a known kind. It has none of `audiences`, `rule`, `validAudiences`, "
                                           "`trustPolicy`, `oidc`, `authorization_servers`."_s);
    auto verdict = kind->judge(match);
    // What a kind says to rest on something unconfirmed stays so.
    if (verdict && verdict->confidence == base::Confidence::Certain)
        verdict->confidence = confidenceOf(*verdict);
    return verdict;
}

} // namespace trust
