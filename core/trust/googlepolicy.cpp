// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "google_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

base::Check line(const char16_t* id, const char16_t* title)
{
    return {.id = QString::fromUtf16(id), .title = QString::fromUtf16(title), .source = u"Google Cloud: IAM, principal identifiers"_s};
}

QByteArray bearerIn(const http::Headers& headers)
{
    const QByteArray value = headers.value("Authorization");
    return value.left(7).toLower() == "bearer " ? value.sliced(7).trimmed() : QByteArray();
}

/// One binding that names the caller.
struct Named
{
    QString role {};
    QString member {};
    QString condition {};
};

QList<Named> bindingsNaming(const json::Value& policy, const QStringList& names)
{
    QList<Named> out;
    for (json::Value binding = policy["bindings"].first(); binding; binding = binding.next())
        for (json::Value member = binding["members"].first(); member; member = member.next())
            if (names.contains(member.text()))
                out.append({binding["role"].text(), member.text(), binding["condition"]["expression"].text()});
    return out;
}

QStringList membersOf(const json::Value& policy, const GoogleRoles& roles)
{
    QStringList out;
    for (json::Value binding = policy["bindings"].first(); binding; binding = binding.next())
        for (json::Value member = binding["members"].first(); member && roles.granting.contains(binding["role"].text());
             member = member.next())
            out.append(member.text());
    return out;
}

/// Both names have the same beginning and differ in the last part: then that part tells more than the whole.
void compareTails(base::Check& check)
{
    for (const QString& mark : {u"/subject/"_s, u"/group/"_s}) {
        const qsizetype a = check.presented.indexOf(mark), b = check.expected.indexOf(mark);
        if (a < 0 || b < 0 || check.presented.left(a) != check.expected.left(b))
            continue;
        check.near = nearMiss(check.presented.mid(a + mark.size()), check.expected.mid(b + mark.size()));
        if (check.near && check.near->at)
            *check.near->at += a + mark.size();
    }
}

void refuseStranger(Sheet& sheet, base::Check check, const QStringList& names, const GooglePolicy& policy, const GoogleRoles& roles)
{
    const QStringList members = membersOf(policy.policy, roles);
    if (members.isEmpty()) {
        check.presented = names.front();
        check.expected = u"nobody has "_s + roles.granting.value(0);
        check.outcome = base::Outcome::Fail;
    } else {
        check = comparedWithAny(std::move(check), names, members);
        if (!check.near)
            compareTails(check);
    }
    check.fix = u"Grant %1 to it on %2: %3"_s.arg(roles.granting.value(0), policy.whose, names.front());
    check.fixValue = names.front();
    sheet.add(std::move(check), googleAnswer(policy.answer));
}

} // namespace

std::optional<OpaqueGrant> checkGoogleBearer(Sheet& sheet, const http::Headers& headers, const setup::Target& target,
    const Knowledge& knowledge, base::Instant now)
{
    base::Check check = line(u"authorization", u"Bearer token");
    const QByteArray token = bearerIn(headers);
    check.presentedFrom = u"Authorization in the request"_s;
    check.expected = u"a token that Google minted"_s;
    check.presented = token.isEmpty() ? u"none"_s : u"a token of %1 characters"_s.arg(token.size());
    check.relation = u"known"_s;
    check.fix = u"Exchange a fresh token first, and send what comes back as bearer."_s;
    if (!token.isEmpty() && !knowledge.opaque) {
        sheet.unknown(std::move(check), u"Only Google knows whom this token stands for."_s);
        return {};
    }
    auto grant = token.isEmpty() ? std::nullopt : knowledge.opaque(token);
    const bool known = grant && grant->target == target.name && !grant->revoked;
    if (!sheet.hold(std::move(check), known, googleAnswer("bearer_unknown")))
        return {};
    base::Check life = line(u"end", u"End");
    life.presented = base::toRfc3339(grant->expires);
    life.expected = u"after "_s + base::toRfc3339(now);
    life.relation = u"still valid"_s;
    life.fix = u"Exchange a fresh token."_s;
    sheet.hold(std::move(life), grant->expires > now, googleAnswer("bearer_unknown"));
    return grant;
}

void checkGoogleScope(Sheet& sheet, const OpaqueGrant& grant)
{
    static const QStringList enough {googleCloudScope.toString(), u"https://www.googleapis.com/auth/iam"_s};
    const QStringList granted = grant.scope.split(u' ', Qt::SkipEmptyParts);
    base::Check check = line(u"scope", u"Scope of the token");
    check.presented = grant.scope;
    check.expected = googleCloudScope.toString();
    check.relation = u"granted"_s;
    check.fix = u"Ask for the scope %1 in the exchange."_s.arg(googleCloudScope);
    sheet.hold(std::move(check), std::ranges::any_of(granted, [](const QString& s) { return enough.contains(s); }),
        googleAnswer("scope_insufficient"));
}

void checkGooglePolicy(Sheet& sheet, const OpaqueGrant& grant, const GooglePolicy& policy, const GoogleRoles& roles,
    const Knowledge& knowledge)
{
    base::Check check {.id = policy.id, .title = policy.title, .fixPointer = policy.pointer, .presentedFrom = u"whom the token stands for"_s,
                       .expectedFrom = u"members in the policy of "_s + policy.whose, .source = u"Google Cloud: IAM, principal identifiers"_s};
    const QStringList names = QStringList {grant.principal} + grant.text.split(u'\n', Qt::SkipEmptyParts);
    if (!policy.policy) {
        check.presented = names.front();
        check.expected = u"a policy"_s;
        const QString why = u"The setup holds no policy of %1."_s.arg(policy.whose);
        check.relation = why + (knowledge.receiver ? u" The lab then lets every principal of the pool in."_s : QString());
        knowledge.receiver ? sheet.warn(std::move(check)) : sheet.unknown(std::move(check), why);
        return;
    }
    const QList<Named> named = bindingsNaming(policy.policy, names);
    const auto grants = [&](const Named& n) { return roles.granting.contains(n.role); };
    const auto sure = std::ranges::find_if(named, [&](const Named& n) { return grants(n) && n.condition.isEmpty(); });
    if (sure != named.end()) {
        check.presented = check.expected = sure->member;
        check.relation = u"has "_s + sure->role;
        sheet.hold(std::move(check), true, googleAnswer(policy.answer));
        return;
    }
    const auto open = std::ranges::find_if(named, [&](const Named& n) { return grants(n) || !roles.lacking.contains(n.role); });
    if (open == named.end()) {
        refuseStranger(sheet, std::move(check), names, policy, roles);
        return;
    }
    check.presented = open->member;
    check.expected = open->role;
    sheet.unknown(std::move(check), open->condition.isEmpty()
        ? u"Whether the role %1 holds %2 is not known here."_s.arg(open->role, QString::fromUtf16(roles.permission))
        : u"The binding has a condition of its own, which Trustwalk does not evaluate: "_s + open->condition);
}

} // namespace trust
