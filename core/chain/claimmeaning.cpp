// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/chain/claimmeaning_p.h"

#include "core/base/text.h"
#include "core/trust/principal.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace chain {

namespace {

using Reading = ClaimEntry::Reading;

constexpr qint64 farthest = 253402300799; // 9999-12-31, the last that RFC 3339 can write

std::optional<base::Instant> momentOf(const json::Value& value)
{
    const auto seconds = value.integer();
    if (!seconds || *seconds < 0 || *seconds > farthest)
        return {};
    return base::fromEpochSeconds(*seconds);
}

/// The time alone on the same day, else with its date.
QString when(base::Instant t, base::Instant now)
{
    const auto day = [](base::Instant i) { return std::chrono::floor<std::chrono::days>(i); };
    return day(t) == day(now) ? base::toClock(t)
                              : QString(base::toRfc3339(t).left(10) + u' ' + base::toClock(t));
}

QString lengthOf(base::Instant::duration length)
{
    return base::duration(std::chrono::abs(std::chrono::floor<std::chrono::seconds>(length)));
}

Reading noMoment(const ClaimEntry& entry) { return {entry.meaning, u"not a whole number of seconds"_s}; }

Reading readMoment(const Claim& claim, const ClaimEntry& entry)
{
    const auto at = momentOf(claim.value);
    if (!at)
        return noMoment(entry);
    return {u"%1 %2 %3"_s.arg(entry.meaning, base::toRfc3339(*at).left(10), base::toClock(*at)), {}};
}

Reading readNotBefore(const Claim& claim, const ClaimEntry& entry)
{
    const auto at = momentOf(claim.value);
    if (!at)
        return noMoment(entry);
    const auto back = claim.token.received - *at;
    QString aside;
    if (*at > claim.now)
        aside = u"in "_s + lengthOf(*at - claim.now);
    else if (back >= 4min && back <= 6min)
        aside = u"backdated 300 s"_s;
    return {entry.meaning + u' ' + when(*at, claim.now), aside};
}

Reading readExpires(const Claim& claim, const ClaimEntry& entry)
{
    const auto at = momentOf(claim.value);
    if (!at)
        return noMoment(entry);
    const bool over = *at <= claim.now;
    return {entry.meaning + u' ' + when(*at, claim.now),
        over ? QString(u"ended "_s + lengthOf(claim.now - *at) + u" ago"_s)
             : QString(lengthOf(*at - claim.now) + u" left"_s)};
}

Reading readAudience(const Claim& claim, const ClaimEntry& entry)
{
    const QString aud = claim.value.text();
    const setup::App* app = claim.setup.appByAudience(aud);
    if (aud == setup::exchangeAudienceGuid)
        return {entry.meaning, u"the exchange resource, api://AzureADTokenExchange by its GUID"_s};
    if (!app)
        return {entry.meaning, claim.value.isArray() ? u"any of these"_s : QString()};
    if (claim.token.use == flow::TokenUse::Id)
        return {entry.meaning, u"the client that signed the user in"_s};
    if (aud == app->clientId)
        return {entry.meaning,
            app->requestedAccessTokenVersion == 2
                ? u"the app's client id, since requestedAccessTokenVersion is 2"_s
                : u"the app's client id"_s};
    return {entry.meaning,
        claim.token.jwt.text("ver") == u"2.0" ? QString() : u"the URI that was asked for, as in v1 tokens"_s};
}

Reading readIssuer(const Claim& claim, const ClaimEntry& entry)
{
    const QString iss = claim.value.text();
    for (const setup::Tenant& tenant : claim.setup.tenants) {
        const QString name = tenant.displayName.isEmpty() ? tenant.domain : tenant.displayName;
        if (iss == tenant.issuerV2())
            return {entry.meaning, u"%1, v2 form"_s.arg(name)};
        if (iss == tenant.issuerV1())
            return {entry.meaning, u"%1, v1 form, closing slash included"_s.arg(name)};
    }
    return {entry.meaning, {}};
}

QString appName(const setup::Setup& setup, const QString& clientId)
{
    const setup::App* app = setup.appByClientId(clientId);
    return app ? partyOfApp(*app).title : clientId;
}

Reading readSubject(const Claim& claim, const ClaimEntry& entry)
{
    const QString sub = claim.value.text();
    if (const auto subject = trust::readExchangeSubject(sub)) {
        const QString tenant = nameOfId(claim.setup, subject->tenant);
        return {u"%1, for the agent %2"_s.arg(
                    appName(claim.setup, subject->app), appName(claim.setup, subject->path)),
            u"exchange subject: %1, client, agent"_s.arg(tenant.isEmpty() ? u"tenant"_s : tenant)};
    }
    const QString oid = claim.token.jwt.text("oid");
    if (!oid.isEmpty() && sub == oid)
        return {entry.meaning, u"same as oid, as for every app"_s};
    if (!oid.isEmpty())
        return {entry.meaning, u"differs from app to app, unlike oid"_s};
    return {entry.meaning, nameOfId(claim.setup, sub)};
}

Reading readTenant(const Claim& claim, const ClaimEntry& entry)
{
    const QString name = nameOfId(claim.setup, claim.value.text());
    return {entry.meaning, name.startsWith(u"tenant "_s) ? name.mid(7) : QString()};
}

Reading readList(const Claim& claim, const ClaimEntry& entry)
{
    const qsizetype count = claim.value.isArray() ? claim.value.size()
                                                  : claim.value.text().split(u' ', Qt::SkipEmptyParts).size();
    return {entry.meaning, count > 1 ? u"%1 of them"_s.arg(count) : QString()};
}

/// "agent identity"; numbers nobody explained are counted, not guessed.
QString numbersIn(const Claim& claim, QString (*meaning)(const QString&), QString& unknown)
{
    QStringList words;
    int others = 0;
    for (const QString& number :
        claim.value.text().split(QRegularExpression(u"\\s+"_s), Qt::SkipEmptyParts)) {
        const QString word = meaning(number);
        if (word.isEmpty())
            ++others;
        else
            words.append(word);
    }
    unknown = others ? u"%1 without a public meaning"_s.arg(others) : QString();
    return words.join(u" and "_s);
}

template <auto Who>
Reading readFacets(const Claim& claim, const ClaimEntry& entry)
{
    QString unknown;
    const QString words = numbersIn(claim, facetMeaning, unknown);
    if (words.isEmpty())
        return {entry.meaning, unknown};
    return {u"%1 is an %2"_s.arg(QString::fromUtf16(Who()), words), unknown};
}
constexpr const char16_t* actorWord() { return u"Actor"; }
constexpr const char16_t* subjectWord() { return u"Subject"; }
constexpr const char16_t* tenantWord() { return u"Tenant"; }

Reading readRelation(const Claim& claim, const ClaimEntry& entry)
{
    QString unknown;
    const QString words = numbersIn(claim, relationMeaning, unknown);
    return {words.isEmpty() ? entry.meaning : QString(u"Subject is "_s + words), unknown};
}

/// Only the blueprint's own token shows what is at the root (entra.md 8.5); an agent always shows its
/// blueprint's token.
Reading readClientProof(const Claim& claim, const ClaimEntry& entry)
{
    const QString value = claim.value.text();
    Reading reading = entry.values.value(value, {entry.meaning, {}});
    const flow::PartyKind who = claim.parties.subject.kind == flow::PartyKind::User
        ? claim.parties.client.kind
        : claim.parties.subject.kind;
    if (who == flow::PartyKind::Blueprint)
        reading.aside = value == u"1" ? u"the root is a secret"_s : u"no secret at the root"_s;
    else if (who == flow::PartyKind::Agent && value == u"2")
        reading.aside = u"says nothing about the root"_s;
    return reading;
}

/// "claims-desk, before it billing-agent": the present actor, then whoever acted before.
Reading readActors(const Claim& claim, const ClaimEntry& entry)
{
    constexpr int deepest = 32;
    QStringList actors;
    json::Value act = claim.value;
    for (int depth = 0; act.isObject() && depth < deepest; ++depth) {
        const QString sub = act["sub"].text();
        const setup::App* app = claim.setup.appByObjectId(sub);
        actors += app ? partyOfApp(*app).title : sub;
        act = act["act"];
    }
    return {entry.meaning, actors.join(u", before it "_s)};
}

/// An access token's version is the resource's choice, an id token's is that of the endpoint.
Reading readVersion(const Claim& claim, const ClaimEntry& entry)
{
    if (claim.token.use == flow::TokenUse::Id)
        return {entry.meaning, u"of the endpoint that was called"_s};
    return {entry.meaning, u"requestedAccessTokenVersion of %1"_s.arg(claim.parties.resource.title)};
}

struct Reader
{
    QStringView name;
    Reading (*read)(const Claim&, const ClaimEntry&);
};
constexpr std::array readers {
    Reader {u"issued", readMoment},
    Reader {u"moment", readMoment},
    Reader {u"notBefore", readNotBefore},
    Reader {u"expires", readExpires},
    Reader {u"audience", readAudience},
    Reader {u"issuer", readIssuer},
    Reader {u"subject", readSubject},
    Reader {u"tenant", readTenant},
    Reader {u"list", readList},
    Reader {u"actor", readFacets<actorWord>},
    Reader {u"subjectFacets", readFacets<subjectWord>},
    Reader {u"facets", readFacets<tenantWord>},
    Reader {u"relation", readRelation},
    Reader {u"clientProof", readClientProof},
    Reader {u"version", readVersion},
    Reader {u"actorChain", readActors},
};

Reading readPlainly(const Claim& claim, const ClaimEntry& entry, const flow::Party& filler)
{
    const QString name = nameOfId(claim.setup, claim.value.text());
    // The column beside it names the object already when it filled the claim itself.
    const bool said = name.isEmpty() || name.endsWith(filler.title) || !entry.aside.isEmpty();
    return {entry.meaning, said ? entry.aside : name};
}

bool isPlainText(const QString& text)
{
    static const QRegularExpression plain(
        u"^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[a-z][a-z0-9+.-]*://\\S+|/\\S+)$"_s);
    return plain.match(text).hasMatch();
}

} // namespace

Reading readingOf(const Claim& claim, const ClaimEntry* entry, const flow::Party& filler)
{
    if (!entry)
        return {{}, nameOfId(claim.setup, claim.value.text())};
    const auto reader = std::ranges::find(readers, QStringView(entry->reader), &Reader::name);
    const auto value = entry->values.constFind(claim.value.display());
    if (reader != readers.end() && (value == entry->values.constEnd() || reader->read == readClientProof))
        return reader->read(claim, *entry);
    return value == entry->values.constEnd() ? readPlainly(claim, *entry, filler) : *value;
}

QString asWritten(const json::Value& value)
{
    const QString raw = base::visible(QString::fromUtf8(value.raw()));
    if (!value.isString() || raw.size() < 2)
        return raw;
    const QString inner = raw.mid(1, raw.size() - 2);
    return isPlainText(inner) ? inner : raw;
}

} // namespace chain
