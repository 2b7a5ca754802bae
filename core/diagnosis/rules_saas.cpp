// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/exchangetables_p.h"
#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/tables_p.h"

#include "core/http/message.h"
#include "core/setup/saasprofile.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Severity;

/// A step at a third party, with what came of it.
struct Seen
{
    const setup::Target& target;
    const flow::Step& step;
    const flow::StepRecord& record;

    http::Form sent() const { return http::parseForm(record.exchange.request.body); }
    http::Form asked() const { return http::parseForm(http::splitUrl(record.exchange.request.url).query); }
    QByteArray type() const { return record.exchange.response ? record.exchange.response->headers.value("Content-Type") : QByteArray(); }
    bool has(const char* text) const { return record.exchange.response && record.exchange.response->body.contains(text); }
    bool issued() const { return step.contract.kind == u"saas.token" && record.state == flow::StepState::Accepted; }
};

template <typename Visit>
void forSaas(const Case& c, Visit visit)
{
    if (!c.flow || !c.run)
        return;
    for (const flow::Step& step : c.flow->steps) {
        const setup::Target* target = step.contract.kind.startsWith(u"saas."_s) ? c.setup.target(step.to.id) : nullptr;
        const flow::StepRecord* record = c.run->record(step.id);
        if (target && record && record->exchange.response)
            visit(Seen {*target, step, *record});
    }
}

/// What looks wrong and is known to be this provider's way (downstream.md 6.1): shown once, never as an error.
struct Difference
{
    const char* profile; ///< empty: of several
    bool (*shows)(const Seen&);
    const char16_t* title;
    const char16_t* text;
};
constexpr std::array differences {
    Difference {"github", [](const Seen& s) { return s.issued() && s.type().startsWith("application/x-www-form-urlencoded"); },
        u"the answer is a form, not JSON", u"It is form-encoded unless the request says Accept: application/json. It was read as it came."},
    Difference {"github", [](const Seen& s) { return s.issued() && s.sent().has("client_secret") && s.sent().has("code_verifier"); },
        u"a client secret beside PKCE", u"GitHub makes no difference between public and confidential clients: the secret is needed although PKCE is used."},
    Difference {"github", [](const Seen& s) { return s.record.observed.decision == base::Decision::Refuse && s.record.observed.status == 200; },
        u"an error under the status 200", u"The refusal stands in the body. The status says nothing."},
    Difference {"github", [](const Seen& s) { return s.issued() && !setup::givesRefreshTokens(s.target); },
        u"no refresh token, no end", u"Tokens of an OAuth app do not expire and are not refreshed. A GitHub App's user tokens do and are."},
    Difference {"github", [](const Seen& s) { return s.issued() && s.sent().value("grant_type") == "refresh_token"; },
        u"a refresh ends the old tokens", u"The refresh token is good once, and using it ends the access token it came with."},
    Difference {"google", [](const Seen& s) { return s.asked().value("access_type") == "offline"; },
        u"offline access by a parameter", u"A refresh token comes with access_type=offline, not with a scope; once only, unless prompt=consent is sent."},
    Difference {"google", [](const Seen& s) { return s.issued() && s.sent().has("client_secret"); },
        u"a secret that is none", u"A desktop client has a client secret that is not treated as one. PKCE protects the code."},
    Difference {"salesforce", [](const Seen& s) { return s.issued() && !s.has("expires_in"); },
        u"no expires_in", u"The answer does not say when the token ends; the session's settings do."},
    Difference {"salesforce", [](const Seen& s) { return s.issued() && s.has("instance_url"); },
        u"the API's address is in the answer", u"instance_url says where the API is; issued_at is in milliseconds, and signature can be checked with the client secret."},
};

void difference(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    std::array<bool, differences.size()> said {};
    forSaas(c, [&](const Seen& seen) {
        for (std::size_t i = 0; i < differences.size(); ++i) {
            const Difference& each = differences[i];
            if (said[i] || seen.target.profile != QLatin1StringView(each.profile) || !each.shows(seen))
                continue;
            said[i] = true;
            out.append(finding(rule, Severity::Info,
                {.object = titleOf(seen.target), .check = QString::fromUtf16(each.title), .text = QString::fromUtf16(each.text)},
                {.step = seen.step.id, .part = u"response"_s}));
        }
    });
}

/// The setup says where a service keeps its refresh tokens; only a keychain or a vault is a place for them.
void refreshPlace(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::Target& target : c.setup.targets) {
        const QString place = target.settings.root()["refreshTokenPlace"].text();
        if (target.kind != u"saas" || place.isEmpty() || place == u"keychain" || place == u"vault")
            continue;
        out.append(finding(rule, Severity::Error, {.object = titleOf(target), .presented = place}, {.pointer = target.pointer + u"/settings/refreshTokenPlace"_s}));
    }
    refreshTokensInFiles(c, rule, out);
    forSaas(c, [&](const Seen& seen) {
        const auto kept = std::ranges::find(seen.record.checks, u"kept"_s, &base::Check::id);
        if (kept != seen.record.checks.end() && kept->outcome == base::Outcome::Warning)
            out.append(finding(rule, Severity::Warning, {.object = titleOf(seen.target), .text = u"The secret store did not take it: %1"_s.arg(kept->relation)},
                {.step = seen.step.id, .part = u"match"_s, .claim = u"kept"_s}));
    });
}

constexpr std::array table {
    Rule {"SAAS-DIFFERENCE", "{object}: {check}", "This provider does it so; it is no fault.", "Nothing has to be done.", "the provider's own pages", difference, AboutRun},
    Rule {"SEC-REFRESH-TOKEN-PLACE", "{object}: the refresh token is in the wrong place",
        "It is kept in {presented}. Whoever reads it there is the user for months.",
        "Keep it in the keychain or as a secret of the vault, one a user and provider.", "RFC 9700, 4.14", refreshPlace, AboutRun},
    Rule {"SEC-REFRESH-REUSED", "{object}: the refresh token was used before",
        "Each use ends it. When two use it, one of them is not who you think.",
        "Let the user sign in again, and find out who used it.", "RFC 9700, 4.14.2", nullptr, AboutRun},
    Rule {"DEL-CODE-REFUSED", "{object}: the code is not good",
        "A code is good once and for minutes, for the client and the redirect URI that asked.",
        "Start the sign-in again and redeem the code at once.", "RFC 6749, 4.1.2", nullptr, AboutUser},
};

} // namespace

std::span<const Rule> saasRules() { return table; }

} // namespace diagnosis
