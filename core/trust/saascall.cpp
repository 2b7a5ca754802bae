// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "saas.h"

#include "core/trust/sheet_p.h"

using namespace Qt::StringLiterals;

namespace trust {

namespace {

constexpr Answer denied {0, 401, "invalid_token", "The token is not accepted: {presented}."};

base::Check line(const char16_t* id, const char16_t* title)
{
    return {.id = QString::fromUtf16(id), .title = QString::fromUtf16(title),
            .presentedFrom = u"header Authorization"_s, .source = u"RFC 6750, 3.1"_s};
}

void checkGrant(Sheet& sheet, const setup::Target& target, const OpaqueGrant& grant, base::Instant now)
{
    base::Check where = line(u"token.target", u"Issued by");
    where.expected = target.name;
    where.presented = grant.target;
    where.relation = u"equal"_s;
    where.fix = u"Send the token of this provider."_s;
    sheet.hold(std::move(where), grant.target == target.name, denied);
    base::Check state = line(u"token.state", u"State");
    state.expected = u"not revoked"_s;
    state.presented = grant.revoked ? u"revoked"_s : u"not revoked"_s;
    state.relation = u"good"_s;
    state.fix = u"Refresh, or let the user sign in again."_s;
    sheet.hold(std::move(state), !grant.revoked, denied);
    base::Check end = line(u"lifetime.exp", u"End");
    end.expected = u"after "_s + base::toRfc3339(now);
    end.presented = base::toRfc3339(grant.expires);
    end.relation = u"still valid"_s;
    end.fix = u"Refresh the token."_s;
    sheet.hold(std::move(end), grant.expires > now, denied);
}

} // namespace

base::Verdict decideSaasCall(
    const setup::Target& target, const http::Headers& headers, const Knowledge& knowledge, base::Instant now)
{
    const QString who = target.displayName.isEmpty() ? target.name : target.displayName;
    Sheet sheet(who);
    sheet.begin(u"The token itself"_s);
    const QByteArray value = headers.value("Authorization");
    const QByteArray token = value.left(7).toLower() == "bearer " ? value.sliced(7).trimmed() : QByteArray();
    base::Check check = line(u"token", u"Token");
    check.expected = u"a token that %1 gave out"_s.arg(who);
    check.presented = token.isEmpty() ? u"no bearer token"_s : u"hidden, %1 characters"_s.arg(token.size());
    check.relation = u"known"_s;
    check.fix = u"Sign in, and send the access_token it brings."_s;
    if (!token.isEmpty() && !knowledge.opaque) {
        sheet.unknown(std::move(check), u"Opaque token. Only its issuer can read it."_s);
        return sheet.verdict(target.name);
    }
    const auto grant = token.isEmpty() ? std::nullopt : knowledge.opaque(token);
    if (sheet.hold(std::move(check), grant.has_value(), denied))
        checkGrant(sheet, target, *grant, now);
    return sheet.verdict(target.name);
}

} // namespace trust
