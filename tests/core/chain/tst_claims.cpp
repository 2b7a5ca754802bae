// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "stage.h"

#include "core/chain/claims.h"
#include "core/jose/base64url.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

const chain::ClaimRow* rowOf(const QList<chain::ClaimRow>& rows, QStringView name)
{
    const auto it = std::ranges::find_if(rows, [name](const auto& r) { return r.name == name; });
    return it == rows.end() ? nullptr : &*it;
}

flow::Token tokenOf(const QByteArray& header, const QByteArray& payload, const QByteArray& signature = "AA")
{
    const QByteArray raw = jose::base64url(header) + '.' + jose::base64url(payload) + '.' + signature;
    return {.slot = u"T"_s, .raw = raw, .jwt = jose::decode(raw)};
}

} // namespace

class ClaimsTest : public QObject
{
    Q_OBJECT

private slots:
    void whoFilledWhat_data();
    void whoFilledWhat();
    void meaning_data();
    void meaning();
    void valuesStandAsWritten_data();
    void valuesStandAsWritten();
    void problemsStandWhereTheyOccur();
    void theLegendCountsEverybody();
    void summary_data();
    void summary();
    void opaqueTokensHaveNoClaims();
};

void ClaimsTest::whoFilledWhat_data()
{
    QTest::addColumn<QString>("sample");
    QTest::addColumn<QString>("slot");
    QTest::addColumn<QString>("claim");
    QTest::addColumn<QString>("title");
    QTest::addColumn<int>("kind");
    using K = flow::PartyKind;
    const auto row = [](const char* name, const char16_t* sample, const char16_t* slot, const char16_t* claim,
                         const char16_t* title, K kind) {
        QTest::newRow(name) << QString::fromUtf16(sample) << QString::fromUtf16(slot)
                            << QString::fromUtf16(claim) << QString::fromUtf16(title) << int(kind);
    };
    row("identity's subject", u"federated-agent", u"T0", u"sub", u"mi-agents-prod", K::ManagedIdentity);
    row("identity asks itself", u"federated-agent", u"T0", u"azp", u"mi-agents-prod", K::ManagedIdentity);
    row("its resource id", u"federated-agent", u"T0", u"xms_mirid", u"mi-agents-prod", K::ManagedIdentity);
    row("blueprint asks", u"federated-agent", u"T1", u"azp", u"Claims Desk", K::Blueprint);
    row("exchange audience", u"federated-agent", u"T1", u"aud", u"AAD Token Exchange Endpoint: Public",
        K::Resource);
    row("agent asks", u"federated-agent", u"T2", u"azp", u"claims-desk", K::Agent);
    row("agent's subject", u"federated-agent", u"T2", u"oid", u"claims-desk", K::Agent);
    row("agent's facets", u"federated-agent", u"T2", u"xms_act_fct", u"claims-desk", K::Agent);
    row("parent", u"federated-agent", u"T2", u"xms_par_app_azp", u"Claims Desk", K::Blueprint);
    row("audience", u"federated-agent", u"T2", u"aud", u"anthropic-wif", K::Resource);
    row("version", u"federated-agent", u"T2", u"ver", u"anthropic-wif", K::Resource);
    row("times", u"federated-agent", u"T2", u"exp", u"Entra", K::Issuer);
    row("tenant", u"federated-agent", u"T2", u"tid", u"Entra", K::Issuer);
    row("authentication", u"federated-agent", u"T2", u"azpacr", u"Entra", K::Issuer);
    row("user's object", u"agent-for-user", u"T2", u"oid", u"Alice Reyes", K::User);
    row("agent acts", u"agent-for-user", u"T3", u"azp", u"claims-desk", K::Agent);
    row("scopes", u"agent-for-user", u"T3", u"scp", u"anthropic-wif", K::Resource);
    row("user's name", u"on-behalf-of", u"Ti", u"preferred_username", u"Alice Reyes", K::User);
    row("id token's audience", u"on-behalf-of", u"Ti", u"aud", u"Claims Portal", K::App);
}

void ClaimsTest::whoFilledWhat()
{
    QFETCH(QString, sample);
    QFETCH(QString, slot);
    QFETCH(QString, claim);
    QFETCH(QString, title);
    QFETCH(int, kind);
    Stage stage(sample);
    stage.walk();
    const QList<chain::ClaimRow> rows = chain::claimRows(*stage.run.token(slot), stage.setup, stage.now);
    const chain::ClaimRow* row = rowOf(rows, claim);
    QVERIFY(row);
    if (title != u"Claims Portal")
        QCOMPARE(row->fillerTitle, title);
    QCOMPARE(int(row->filler), kind);
    QVERIFY(!row->meaning.isEmpty());
    QVERIFY(!row->source.isEmpty());
}

void ClaimsTest::meaning_data()
{
    QTest::addColumn<QString>("slot");
    QTest::addColumn<QString>("claim");
    QTest::addColumn<QString>("meaning");
    QTest::addColumn<QString>("aside");
    const auto row = [](const char* name, const char16_t* slot, const char16_t* claim,
                         const char16_t* meaning, const char16_t* aside) {
        QTest::newRow(name) << QString::fromUtf16(slot) << QString::fromUtf16(claim)
                            << QString::fromUtf16(meaning) << QString::fromUtf16(aside);
    };
    row("to", u"T2", u"exp", u"Valid to 17:04:12", u"60 min left");
    row("to, another day", u"T0", u"exp", u"Valid to 2026-11-24 15:59:12", u"23 h 55 min left");
    row("from", u"T2", u"nbf", u"Valid from 15:59:12", u"backdated 300 s");
    row("issued", u"T2", u"iat", u"Issued 2026-11-23 15:59:12", u"");
    row("audience", u"T2", u"aud", u"Who the token is for",
        u"the app's client id, since requestedAccessTokenVersion is 2");
    row("exchange audience", u"T0", u"aud", u"Who the token is for",
        u"the exchange resource, api://AzureADTokenExchange by its GUID");
    row("issuer", u"T2", u"iss", u"Who issued it", u"Harbour Insurance, v2 form");
    row("kind", u"T2", u"idtyp", u"Nobody signed in", u"");
    row("client proof", u"T2", u"azpacr", u"Client used certificate or federation",
        u"says nothing about the root");
    row("blueprint's proof", u"T1", u"azpacr", u"Client used certificate or federation",
        u"no secret at the root");
    row("exchange subject", u"T1", u"sub", u"Claims Desk, for the agent claims-desk",
        u"exchange subject: tenant Harbour Insurance, client, agent");
    row("app's subject", u"T2", u"sub", u"Subject", u"same as oid, as for every app");
    row("actor", u"T2", u"xms_act_fct", u"Actor is an agent identity", u"1 without a public meaning");
    row("subject", u"T2", u"xms_sub_fct", u"Subject is an agent identity", u"");
    row("parent", u"T2", u"xms_par_app_azp", u"Parent of the client", u"log it, do not authorise on it");
    row("version", u"T2", u"ver", u"Token version", u"requestedAccessTokenVersion of anthropic-wif");
    row("tenant", u"T2", u"tid", u"Tenant", u"Harbour Insurance");
    row("key", u"T2", u"kid", u"Which of the issuer's keys signed", u"");
}

void ClaimsTest::meaning()
{
    QFETCH(QString, slot);
    QFETCH(QString, claim);
    QFETCH(QString, meaning);
    QFETCH(QString, aside);
    Stage stage(u"federated-agent"_s);
    stage.walk();
    const QList<chain::ClaimRow> rows = chain::claimRows(*stage.run.token(slot), stage.setup, stage.now);
    const chain::ClaimRow* row = rowOf(rows, claim);
    QVERIFY(row);
    QCOMPARE(row->meaning, meaning);
    QCOMPARE(row->aside, aside);
}

void ClaimsTest::valuesStandAsWritten_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("value");
    QTest::newRow("GUID") << QByteArray("\"7c1d9f3a-52be-4e0a-9a6f-b38d20c4e1f7\"")
                          << u"7c1d9f3a-52be-4e0a-9a6f-b38d20c4e1f7"_s;
    QTest::newRow("address") << QByteArray("\"https://a.example/b/\"") << u"https://a.example/b/"_s;
    QTest::newRow("a number in quotes") << QByteArray("\"2\"") << u"\"2\""_s;
    QTest::newRow("a number") << QByteArray("1.50e3") << u"1.50e3"_s;
    QTest::newRow("a large number") << QByteArray("9007199254740993") << u"9007199254740993"_s;
    QTest::newRow("a word") << QByteArray("\"app\"") << u"\"app\""_s;
    QTest::newRow("blanks") << QByteArray("\" app \"") << u"\" app \""_s;
    QTest::newRow("a list") << QByteArray("[\"a\",  \"b\"]") << u"[\"a\",  \"b\"]"_s;
    QTest::newRow("an escape") << QByteArray("\"\\u0061pp\"") << u"\"\\u0061pp\""_s;
    QTest::newRow("not ASCII") << QByteArray("\"Zo\xc3\xab\"") << u"\"Zoë\""_s;
    QTest::newRow("invisible") << QByteArray("\"a\xe2\x80\xae"
                                             "b\"")
                               << u"\"a[U+202E]b\""_s;
}

void ClaimsTest::valuesStandAsWritten()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, value);
    const flow::Token token = tokenOf(R"({"alg":"none"})", "{\"x\":" + json + "}");
    const QList<chain::ClaimRow> rows = chain::claimRows(token, setup::Setup {}, {});
    QVERIFY(rowOf(rows, u"x"));
    QCOMPARE(rowOf(rows, u"x")->value, value);
}

void ClaimsTest::problemsStandWhereTheyOccur()
{
    const flow::Token token
        = tokenOf(R"({"alg":"none"})", R"({"a":1,"sub":"x","b":12345678901234567890,"sub":"y"})", "A===");
    const QList<chain::ClaimRow> rows = chain::claimRows(token, setup::Setup {}, {});
    QStringList order;
    for (const chain::ClaimRow& row : rows)
        order.append(row.part == chain::ClaimRow::Part::Problem ? u"!"_s : row.name);
    // The signature's padding concerns the whole token; the number and the duplicate have a place.
    QVERIFY2(order.first() == u"!", qPrintable(order.join(u' ')));
    const qsizetype b = order.indexOf(u"b"_s);
    QVERIFY2(b > 0 && order.value(b + 1) == u"!", qPrintable(order.join(u' ')));
    QCOMPARE(order.count(u"sub"_s), 2);
    QVERIFY2(order.count(u"!"_s) >= 3, qPrintable(order.join(u' ')));
}

void ClaimsTest::theLegendCountsEverybody()
{
    Stage stage(u"federated-agent"_s);
    stage.walk();
    const QList<chain::ClaimRow> rows = chain::claimRows(*stage.run.token(u"T2"), stage.setup, stage.now);
    QStringList legend;
    int sum = 0;
    for (const chain::Filler& filler : chain::fillers(rows, stage.flow)) {
        legend.append(u"%1 %2"_s.arg(filler.claims).arg(filler.title));
        sum += filler.claims;
    }
    QCOMPARE(legend,
        (QStringList {u"5 agent identity"_s, u"1 blueprint"_s, u"3 resource app"_s, u"9 issuer"_s,
            u"0 managed identity"_s}));
    QCOMPARE(sum, int(std::ranges::count(rows, chain::ClaimRow::Part::Payload, &chain::ClaimRow::part)));
}

void ClaimsTest::summary_data()
{
    QTest::addColumn<QString>("sample");
    QTest::addColumn<QString>("slot");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("kind");
    QTest::newRow("agent") << u"federated-agent"_s << u"T2"_s << u"T2 speaks for the agent claims-desk"_s
                           << u"app-only, v2.0"_s;
    QTest::newRow("identity") << u"federated-agent"_s << u"T0"_s
                              << u"T0 speaks for the managed identity mi-agents-prod"_s
                              << u"app-only, v2.0"_s;
    QTest::newRow("blueprint") << u"federated-agent"_s << u"T1"_s
                               << u"T1 speaks for the blueprint Claims Desk"_s << u"app-only, v2.0"_s;
    QTest::newRow("user") << u"agent-for-user"_s << u"T3"_s << u"T3 speaks for the user Alice Reyes"_s
                          << u"for a user, through claims-desk, v2.0"_s;
    QTest::newRow("id token") << u"on-behalf-of"_s << u"Ti"_s << u"Ti speaks for the user Alice Reyes"_s
                              << u"id token, v2.0"_s;
    QTest::newRow("opaque") << u"federated-agent"_s << u"T3"_s << u"T3 is a token of Anthropic"_s
                            << u"opaque, only its issuer can read it"_s;
}

void ClaimsTest::summary()
{
    QFETCH(QString, sample);
    QFETCH(QString, slot);
    QFETCH(QString, title);
    QFETCH(QString, kind);
    Stage stage(sample);
    stage.walk();
    const flow::Token& token = *stage.run.token(slot);
    const chain::TokenSummary summary = chain::summary(token, stage.setup);
    QCOMPARE(summary.title, title);
    QCOMPARE(summary.kind, kind);
    QCOMPARE(summary.fingerprint.size(), 16);
}

void ClaimsTest::opaqueTokensHaveNoClaims()
{
    Stage stage(u"federated-agent"_s);
    stage.walk();
    QVERIFY(chain::claimRows(*stage.run.token(u"T3"), stage.setup, stage.now).isEmpty());
    QVERIFY(chain::claimRows(
        {.raw = "eyJhbGciOiJub25l", .jwt = jose::decode("eyJhbGciOiJub25l")}, stage.setup, stage.now)
                .isEmpty());
}

QTEST_GUILESS_MAIN(ClaimsTest)
#include "tst_claims.moc"
