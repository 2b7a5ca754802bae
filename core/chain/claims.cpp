// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "claims.h"

#include "core/base/text.h"
#include "core/chain/chain.h"
#include "core/chain/claimmeaning_p.h"
#include "core/http/redact.h"
#include "core/trust/principal.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace chain {

namespace {

using flow::PartyKind;

/// As written, but for a secret: nobody needs to read one to see that it is there.
QString asShown(const json::Value& value, const QString& name)
{
    const QByteArray shown = http::shownClaims(value.raw(), name.toUtf8());
    return shown == value.raw() ? asWritten(value) : asWritten(json::Document::read(shown).root());
}

ClaimRow rowOf(const Claim& claim, const QString& name, ClaimRow::Part part)
{
    const ClaimEntry* entry = claimEntry(name, part == ClaimRow::Part::Header);
    const flow::Party& filler = fillerOf(claim.parties, entry);
    const ClaimEntry::Reading reading = readingOf(claim, entry, filler);
    ClaimRow row {.part = part,
        .name = name,
        .value = asShown(claim.value, name),
        .meaning = reading.meaning,
        .aside = reading.aside,
        .filler = filler.kind,
        .fillerTitle = filler.title,
        .fillerId = filler.id};
    if (entry) {
        row.detail = entry->detail;
        row.source = entry->source;
    }
    return row;
}

ClaimRow problemRow(const QString& text, const flow::Party& issuer)
{
    return {.part = ClaimRow::Part::Problem,
        .name = u"problem"_s,
        .value = text,
        .meaning = u"A strict receiver may refuse this token"_s,
        .filler = issuer.kind,
        .fillerTitle = issuer.title,
        .fillerId = issuer.id,
        .source = u"RFC 7519, 7.2"_s};
}

/// The problem lines that belong to a member, taken out of those that are left.
QStringList takeProblems(const json::Document& document, const QString& pointer, QStringList& left)
{
    QStringList taken;
    for (const json::Problem& problem : document.problems()) {
        if (problem.pointer != pointer && !problem.pointer.startsWith(pointer + u'/'))
            continue;
        const auto line
            = std::ranges::find_if(left, [&](const QString& l) { return l.contains(problem.text); });
        if (line == left.end())
            continue;
        taken.append(*line);
        left.erase(line);
    }
    return taken;
}

struct Rows
{
    const flow::Token& token;
    const setup::Setup& setup;
    base::Instant now {};
    TokenParties parties {};
    QStringList problems {};
    QList<ClaimRow> rows {};

    void add(const json::Document& document, ClaimRow::Part part)
    {
        for (json::Value value = document.root().first(); value; value = value.next()) {
            rows.append(rowOf({token, setup, parties, value, now}, base::visible(value.keyText()), part));
            for (const QString& text : takeProblems(document, value.pointer(), problems))
                rows.append(problemRow(text, parties.issuer));
        }
    }
};

PartyKind speakerKind(const flow::Token& token, const setup::Setup& setup)
{
    return token.jwt.isJwt() ? partiesIn(token, setup).subject.kind : token.speaker.kind;
}

bool isUsers(trust::PrincipalKind kind)
{
    return kind == trust::PrincipalKind::User || kind == trust::PrincipalKind::AgentUser;
}

/// "app-only, v2.0", "for a user, v1.0", "id token"
QString kindText(const flow::Token& token, const trust::Principal& principal)
{
    QStringList words;
    if (token.use == flow::TokenUse::Id)
        words.append(u"id token"_s);
    else
        words.append(isUsers(principal.kind)
                ? (principal.actor.isEmpty() ? u"for a user"_s
                                             : QString(u"for a user, through "_s + principal.actor))
                : u"app-only"_s);
    if (const QString version = token.jwt.text("ver"); !version.isEmpty())
        words.append(u'v' + version);
    return words.join(u", "_s);
}

QString opaqueKind(const flow::Token& token)
{
    if (token.use == flow::TokenUse::Refresh)
        return u"refresh token, opaque"_s;
    return token.jwt.isJwe() ? u"encrypted, only its receiver can read it"_s
                             : u"opaque, only its issuer can read it"_s;
}

/// Who speaks, as it stands in a sentence: "the agent claims-desk", "the user Alice Reyes".
struct Word
{
    PartyKind kind;
    QStringView lower;
};
constexpr std::array words {
    Word {PartyKind::User, u"user"},
    Word {PartyKind::Agent, u"agent"},
    Word {PartyKind::Blueprint, u"blueprint"},
    Word {PartyKind::ManagedIdentity, u"managed identity"},
    Word {PartyKind::App, u"app"},
    Word {PartyKind::Outside, u"workload"},
    Word {PartyKind::Resource, u"resource app"},
    Word {PartyKind::Downstream, u"caller at"},
    Word {PartyKind::Issuer, u"issuer"},
    Word {PartyKind::Host, u"host"},
};

QString lowerWord(PartyKind kind) { return std::ranges::find(words, kind, &Word::kind)->lower.toString(); }

/// Order of the legend: who speaks first, the issuer last.
constexpr std::array legend {PartyKind::User, PartyKind::Agent, PartyKind::Blueprint,
    PartyKind::ManagedIdentity, PartyKind::App, PartyKind::Outside, PartyKind::Resource,
    PartyKind::Downstream, PartyKind::Issuer};

struct Counted
{
    flow::Party party {};
    int claims = 0;
};

void count(QList<Counted>& counted, const flow::Party& party, int claims)
{
    const auto it = std::ranges::find_if(
        counted, [&](const Counted& c) { return c.party.kind == party.kind && c.party.id == party.id; });
    if (it == counted.end())
        counted.append({party, claims});
    else
        it->claims += claims;
}

bool canFill(PartyKind kind)
{
    return kind != PartyKind::Issuer && kind != PartyKind::Host && kind != PartyKind::Downstream;
}

QString legendTitle(const Counted& one, const QList<Counted>& all)
{
    const auto sameKind
        = std::ranges::count_if(all, [&](const Counted& c) { return c.party.kind == one.party.kind; });
    const QString word
        = one.party.kind == PartyKind::Issuer ? u"issuer"_s : partyWord(one.party.kind).toLower();
    return sameKind > 1 ? QString(word + u' ' + one.party.title) : word;
}

} // namespace

QList<ClaimRow> claimRows(const flow::Token& token, const setup::Setup& setup, base::Instant now)
{
    if (!token.jwt.isJwt())
        return {};
    Rows out {.token = token,
        .setup = setup,
        .now = now,
        .parties = partiesIn(token, setup),
        .problems = token.jwt.problems};
    out.add(token.jwt.header, ClaimRow::Part::Header);
    out.add(token.jwt.payload, ClaimRow::Part::Payload);
    // What is wrong with the token as a whole stands on top, before its first claim.
    QList<ClaimRow> rows;
    for (const QString& text : out.problems)
        rows.append(problemRow(text, out.parties.issuer));
    return rows + out.rows;
}

QList<Filler> fillers(const QList<ClaimRow>& rows, const flow::Flow& flow)
{
    QList<Counted> counted;
    for (const ClaimRow& row : rows)
        if (row.part == ClaimRow::Part::Payload)
            count(counted, {row.filler, row.fillerId, row.fillerTitle}, 1);
    for (const flow::Step& step : flow.steps)
        for (const flow::Party& party : {step.from, step.becomes})
            if (!party.id.isEmpty() && canFill(party.kind))
                count(counted, party, 0);
    std::ranges::stable_sort(counted, {}, [](const Counted& c) {
        return std::pair {c.claims == 0, std::ranges::find(legend, c.party.kind) - legend.begin()};
    });
    QList<Filler> out;
    for (const Counted& one : counted)
        out.append({one.party.kind, legendTitle(one, counted), one.claims});
    return out;
}

TokenSummary summary(const flow::Token& token, const setup::Setup& setup)
{
    TokenSummary out {.speaker = speakerKind(token, setup),
        .fingerprint = QString::fromLatin1(token.fingerprint())};
    if (!token.jwt.isJwt()) {
        out.title = token.speaker.kind == PartyKind::Downstream
            ? u"%1 is a token of %2"_s.arg(token.slot, token.speaker.title)
            : u"%1 for %2"_s.arg(token.slot, token.speaker.title);
        out.kind = opaqueKind(token);
        return out;
    }
    const trust::Principal principal = trust::principalOf(token.jwt, &setup);
    const flow::Party subject = partiesIn(token, setup).subject;
    out.title = u"%1 speaks for the %2 %3"_s.arg(token.slot, lowerWord(subject.kind), subject.title);
    out.kind = kindText(token, principal);
    return out;
}

} // namespace chain
