// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "anthropic_p.h"

#include "core/trust/compare.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

const QString& page()
{
    static const QString text = u"Anthropic: workload identity federation"_s;
    return text;
}

struct ExchangeCase
{
    const setup::Setup& setup;
    const setup::Target& target;
    const json::Value& body;
    const Knowledge& knowledge;
    Sheet& sheet;

    json::Value rule() const { return target.rule.root(); }
    QString text(QByteArrayView name) const { return body[name].text(); }
};

/// A member of the body and the form it has to have.
struct Member
{
    const char* name;
    const char16_t* pattern;
    const char16_t* wanted;
    bool required;
};
constexpr std::array members {
    Member {"grant_type", u"urn:ietf:params:oauth:grant-type:jwt-bearer",
        u"urn:ietf:params:oauth:grant-type:jwt-bearer", true},
    Member {"federation_rule_id", u"fdrl_[A-Za-z0-9]+", u"federation_rule_id: a well-formed fdrl_ id", true},
    Member {"organization_id", u"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
        u"organization_id: a UUID without prefix", true},
    Member {"service_account_id", u"svac_[A-Za-z0-9]+", u"service_account_id: a well-formed svac_ id", false},
    Member {"workspace_id", u"wrkspc_[A-Za-z0-9]+|default",
        u"workspace_id: a well-formed wrkspc_ id or default", false},
};

bool isWellFormed(const Member& member, const QString& value)
{
    const QRegularExpression pattern(QRegularExpression::anchoredPattern(QString::fromUtf16(member.pattern)));
    return pattern.match(value).hasMatch();
}

void checkMember(ExchangeCase& c, const Member& member)
{
    const json::Value value = c.body[member.name];
    if (!value && !member.required)
        return;
    const QString name = QString::fromLatin1(member.name);
    c.sheet.hold({.id = name, .title = name, .expected = QString::fromUtf16(member.wanted),
                  .presented = value ? value.display() : u"not in the request"_s,
                  .relation = u"well formed"_s,
                  .fix = u"Send %1 in the form the vendor gives it."_s.arg(name),
                  .presentedFrom = name + u" in the request"_s, .source = page()},
                 value.isString() && isWellFormed(member, value.text()), malformed());
}

void checkAssertionThere(ExchangeCase& c)
{
    const json::Value value = c.body["assertion"];
    const qsizetype size = value.bytes().size();
    c.sheet.hold({.id = u"assertion"_s, .title = u"assertion"_s,
                  .expected = u"assertion: a JWT of at most 16 KiB"_s,
                  .presented = size ? u"%1 bytes"_s.arg(size) : u"not in the request"_s,
                  .relation = u"there"_s,
                  .fix = u"Send the identity provider's token as assertion."_s,
                  .presentedFrom = u"assertion in the request"_s, .source = page()},
                 value.isString() && size > 0 && size <= longestAssertion, malformed());
}

base::Check line(const char16_t* id, const char16_t* title, const char16_t* from,
    const char16_t* expectedFrom)
{
    return {.id = QString::fromUtf16(id), .title = QString::fromUtf16(title),
            .presentedFrom = QString::fromUtf16(from),
            .expectedFrom = QString::fromUtf16(expectedFrom), .source = page()};
}

/// A member of the request against what is registered.
void compareMember(ExchangeCase& c, base::Check check, const char* member, const QString& registered, const char* reason)
{
    static const CompareHints hints {.presenter = u"request"_s, .contract = u"rule"_s, .requestIsWrong = true};
    c.sheet.add(compared(std::move(check), c.text(member), registered, hints), denial(reason));
}

void checkRule(ExchangeCase& c)
{
    compareMember(c, line(u"rule", u"Federation rule", u"federation_rule_id in the request", u"id of the rule"),
        "federation_rule_id", c.rule()["id"].text(), "rule_unknown");
    compareMember(c, line(u"organization", u"Organization", u"organization_id in the request", u"organization of the rule"),
        "organization_id", c.target.organizationId, "organization_mismatch");
}

void checkAccount(ExchangeCase& c)
{
    const QString ofRule = c.rule()["target"]["service_account_id"].text();
    if (c.body["service_account_id"])
        compareMember(c, line(u"service_account", u"Service account", u"service_account_id in the request", u"target of the rule"),
            "service_account_id", ofRule.isEmpty() ? c.target.serviceAccountId : ofRule, "service_account_mismatch");
    if (!c.knowledge.faults.contains(u"account-not-in-workspace"_s))
        return;
    base::Check check = line(u"membership", u"Member of the workspace", u"service account",
        u"members of the workspace");
    check.expected = u"a member"_s;
    check.presented = u"not a member"_s;
    check.fix = u"Add the service account to the workspace."_s;
    c.sheet.hold(std::move(check), false, denial("account_not_in_workspace"));
}

void checkWorkspace(ExchangeCase& c)
{
    const QString asked = c.text("workspace_id");
    const bool forAll = c.rule()["applies_to_all_workspaces"].boolean();
    base::Check check = line(u"workspace", u"Workspace", u"workspace_id in the request",
        u"workspaces of the rule");
    if (asked.isEmpty()) {
        check.presented = u"not in the request"_s;
        check.expected = forAll ? u"a workspace"_s : u"the rule's only workspace"_s;
        check.relation = u"the rule has one workspace"_s;
        check.fix = u"Send workspace_id."_s;
        check.fixValue = c.target.workspaceId;
        c.sheet.hold(std::move(check), !forAll, denial("workspace_id_required"));
        return;
    }
    const QString own = c.rule()["workspace_id"].isString() ? c.rule()["workspace_id"].text()
        : c.target.workspaceId;
    if (forAll || own.isEmpty())
        return;
    compareMember(c, std::move(check), "workspace_id", own, "workspace_mismatch");
}

} // namespace

AnthropicDecision decideAnthropicExchange(const setup::Setup& setup, const setup::Target& target,
    const json::Value& body, const Knowledge& knowledge, base::Instant now)
{
    Sheet sheet(u"Anthropic"_s);
    ExchangeCase c {setup, target, body, knowledge, sheet};
    sheet.begin(u"The request"_s);
    for (const Member& member : members)
        checkMember(c, member);
    checkAssertionThere(c);
    checkRule(c);
    checkAccount(c);
    checkWorkspace(c);
    const QByteArrayView assertion = body["assertion"].bytes();
    const jose::Jwt token = jose::decode(assertion.first(std::min(assertion.size(), longestAssertion)));
    checkAnthropic(sheet, token, target.issuer.root(), target.rule.root(), target.pointer, &setup, knowledge,
        now, Unknowns::LeaveOpen);
    return anthropicDecision(sheet, target.rule.root(), token, now);
}

} // namespace trust
