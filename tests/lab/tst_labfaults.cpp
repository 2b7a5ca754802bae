// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "labfixture.h"

#include "core/lab/faults.h"
#include "core/setup/file.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;

/// The table of faults, and that each breaks what it says in every sample it shows in.
class TestLabFaults : public QObject
{
    Q_OBJECT

private slots:
    void everySampleHasFaults()
    {
        for (const QString& id : setup::sampleIds()) {
            const auto sample = setup::sample(id);
            QVERIFY2(sample, qPrintable(id));
            qsizetype shown = 0;
            for (const setup::FlowSpec& flow : sample->flows)
                shown += std::ranges::count_if(lab::faults(), [&](const lab::Fault& f) { return lab::showsIn(f, *sample, flow); });
            QVERIFY2(shown >= 3, qPrintable(id));
        }
    }

    void idsAreUniqueAndSentencesEnd()
    {
        QStringList ids;
        for (const lab::Fault& fault : lab::faults()) {
            QVERIFY(!ids.contains(QString::fromLatin1(fault.id)));
            ids += QString::fromLatin1(fault.id);
            QVERIFY2(QByteArray(fault.breaks).endsWith('.'), fault.id);
            QVERIFY2(!QByteArray(fault.finding).isEmpty(), fault.id);
        }
        QVERIFY(ids.size() >= 16);
    }

    void setupFaultsChangeEachSampleTheyShowIn_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("sample");
        for (const lab::Fault& fault : lab::faults()) {
            for (const QString& id : setup::sampleIds()) {
                const auto sample = setup::sample(id);
                const bool shows = std::ranges::any_of(
                    sample->flows, [&](const setup::FlowSpec& flow) { return lab::showsIn(fault, *sample, flow); });
                if (fault.apply && shows)
                    QTest::addRow("%s in %s", fault.id, qPrintable(id))
                        << QString::fromLatin1(fault.id) << id;
            }
        }
    }
    void setupFaultsChangeEachSampleTheyShowIn()
    {
        QFETCH(QString, fault);
        QFETCH(QString, sample);
        const auto real = setup::sample(sample);
        const auto broken = lab::faulted(*real, {fault});
        QVERIFY2(broken, qPrintable(broken ? QString() : broken.error().text));
        if (fault != "secret-id-as-value"_L1)
            QVERIFY(broken->document.source() != real->document.source());
    }

    void unknownFaultListsTheKnown()
    {
        const auto broken = lab::faulted(*setup::sample(u"sign-in-api"_s), {u"fic-subjct-case"_s});
        QVERIFY(!broken);
        QCOMPARE(broken.error().code, u"fault-unknown"_s);
        QVERIFY(broken.error().text.contains("fic-subject-case"_L1));
    }

    void faultWithoutAnythingToBreak()
    {
        const auto broken = lab::faulted(*setup::sample(u"sign-in-api"_s), {u"rule-archived"_s});
        QVERIFY(!broken);
        QCOMPARE(broken.error().code, u"fault-not-applicable"_s);
    }

    void labDoesNotStartWithAnUnknownFault()
    {
        LabFixture f({.faults = {u"nonsense"_s}});
        QVERIFY(!f.start());
        QVERIFY(f.problem.startsWith("fault-unknown"_L1));
    }

    // On the wire, in the base: what each is meant to break is refused with the code it is about.

    void federatedCredentialFaults_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("error");
        QTest::newRow("case") << u"fic-subject-case"_s << u"invalid_client 7002138"_s;
        QTest::newRow("slash") << u"fic-issuer-slash"_s << u"invalid_client 700211"_s;
        QTest::newRow("client id") << u"fic-client-id"_s << u"invalid_client 700213"_s;
        QTest::newRow("guid") << u"fic-audience-guid"_s << u"invalid_client 700214"_s;
    }
    void federatedCredentialFaults()
    {
        QFETCH(QString, fault);
        QFETCH(QString, error);
        LabFixture f({.faults = {fault}});
        QVERIFY2(f.play(*setup::sample(u"federated-agent"_s)), qPrintable(f.problem));
        const QByteArray uami = f.entry(u"managedIdentities"_s, u"uami"_s)[u"clientId"_s].toString().toUtf8();
        const auto reply
            = f.token({{"grant_type", "client_credentials"}, {"client_id", f.clientId(u"blueprint"_s)},
                {"scope", "api://AzureADTokenExchange/.default"}, {"fmi_path", f.clientId(u"agent"_s)},
                {"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
                {"client_assertion", f.identityToken("api://AzureADTokenExchange", "client_id=" + uami)}});
        QCOMPARE(errorOf(reply), error);
    }

    void ruleFaults_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("reason");
        QTest::newRow("subject") << u"rule-subject-case"_s << u"match_subject_prefix"_s;
        QTest::newRow("audience") << u"rule-audience-uri"_s << u"match_audience"_s;
        QTest::newRow("tenant") << u"rule-tenant-wrong"_s << u"issuer_mismatch"_s;
        QTest::newRow("archived") << u"rule-archived"_s << u"rule_archived"_s;
        QTest::newRow("lifetime") << u"issuer-lifetime-short"_s << u"lifetime_too_long"_s;
        QTest::newRow("member") << u"account-not-in-workspace"_s << u"account_not_in_workspace"_s;
        QTest::newRow("replay") << u"jti-replay"_s << u"jti_reused"_s;
        QTest::newRow("clock") << u"clock-skew"_s << u"time_invalid"_s;
        QTest::newRow("version") << u"resource-app-v1"_s << u"issuer_mismatch"_s;
    }
    void ruleFaults()
    {
        QFETCH(QString, fault);
        QFETCH(QString, reason);
        LabFixture f({.faults = {fault}});
        QVERIFY2(f.play(*setup::sample(u"secret-agent"_s)), qPrintable(f.problem));
        const QByteArray token
            = member(f.agentToken(f.exchangeToken(), f.scope(u"anthropic-api"_s)), "access_token");
        const setup::Target& target = *f.lab().played().target(u"anthropic");
        const QByteArray body
            = "{\"grant_type\":\"urn:ietf:params:oauth:grant-type:jwt-bearer\",\"assertion\":\"" + token
            + "\",\"federation_rule_id\":\"" + target.rule.root()["id"].text().toUtf8()
            + "\",\"organization_id\":\"" + target.organizationId.toUtf8() + "\",\"service_account_id\":\""
            + target.serviceAccountId.toUtf8() + "\"}";
        const auto reply = f.postJson(f.url(u"anthropic"_s) + u"/v1/oauth/token"_s, body);
        QCOMPARE(reply.status, 401);
        QCOMPARE(f.lab().history().last().reason, reason);
        QVERIFY(f.lab().history().last().verdict.decisive());
    }

    void parentSecretAndRedirectFaults()
    {
        LabFixture f({.faults = {u"agent-wrong-parent"_s, u"redirect-path"_s, u"api-scope-missing"_s}});
        QVERIFY2(f.start(), qPrintable(f.problem));
        QCOMPARE(errorOf(f.agentToken(f.exchangeToken(), f.scope(u"anthropic-api"_s))),
            u"invalid_client 7002137"_s);
        QCOMPARE(f.get(f.authorizeUrl(f.authorizeRequest("openid"))).status, 400);

        LabFixture expired({.faults = {u"secret-expired"_s}});
        QVERIFY2(expired.start(), qPrintable(expired.problem));
        QCOMPARE(errorOf(expired.appToken(u"blueprint"_s, "https://graph.microsoft.com/.default")),
            u"invalid_client 7000222"_s);
    }

    void secretIdIsWhatTheWalkerHolds()
    {
        LabFixture f({.faults = {u"secret-id-as-value"_s}});
        QVERIFY(f.play(*setup::sample(u"secret-agent"_s)));
        const setup::Setup& played = f.lab().played();
        const setup::App& blueprint = *played.app(u"blueprint");
        const setup::Credential& credential = *blueprint.credential(setup::CredentialType::Secret);
        setup::MemorySecrets store;
        f.lab().fillSecrets(store);
        QByteArray value;
        store.read(
            setup::secretKey(played, blueprint, credential), this, [&value](base::Result<base::Secret> read) {
                value = read ? read->reveal().toByteArray() : QByteArray();
            });
        QTRY_COMPARE(value, credential.secretId.toLatin1());
    }

    void apiAudienceFault()
    {
        LabFixture f({.faults = {u"api-audience-uri-only"_s}});
        QVERIFY2(f.start(), qPrintable(f.problem));
        const QByteArray token
            = member(f.userToken(f.scope(u"claims-api"_s, u"Claims.Read"_s)), "access_token");
        QCOMPARE(
            f.get(f.url(u"demo-api"_s), http::Headers {http::Header {"Authorization", "Bearer " + token}})
                .status,
            401);
    }

    void delegationFaults()
    {
        LabFixture f({.complete = true, .faults = {u"obo-audience"_s}});
        QVERIFY2(f.play(*setup::sample(u"on-behalf-of"_s)), qPrintable(f.problem));
        const auto obo = [](LabFixture& fixture, const QString& app) {
            const QByteArray token
                = member(fixture.userToken(fixture.scope(u"web-api"_s, u"access_as_user"_s)), "access_token");
            return fixture.token({{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"},
                {"client_id", fixture.clientId(app)}, {"client_secret", fixture.secret(app)},
                {"assertion", token}, {"scope", "https://graph.microsoft.com/User.Read"},
                {"requested_token_use", "on_behalf_of"}});
        };
        QCOMPARE(errorOf(obo(f, f.lab().played().flows.front().middleTier)), u"invalid_grant 500131"_s);

        LabFixture missing({.faults = {u"consent-missing"_s}});
        QVERIFY2(missing.play(*setup::sample(u"on-behalf-of"_s)), qPrintable(missing.problem));
        const auto reply = obo(missing, u"web-api"_s);
        QCOMPARE(errorOf(reply), u"invalid_grant 65001"_s);
        QCOMPARE(jsonOf(reply)[u"suberror"_s].toString(), u"consent_required"_s);
    }

    void brokenAnswers()
    {
        LabFixture f({.faults = {u"garbage-response"_s}});
        QVERIFY2(f.start(), qPrintable(f.problem));
        QVERIFY(jsonOf(f.get(f.url(u"graph"_s) + u"/v1.0/me"_s)).isEmpty());
        QCOMPARE(f.appToken(u"web-api"_s, "https://graph.microsoft.com/.default").status, 200);

        LabFixture endless({.faults = {u"endless-response"_s}});
        QVERIFY(endless.start());
        QVERIFY(endless.get(endless.url(u"graph"_s) + u"/v1.0/me"_s).truncated);

        LabFixture dropped({.faults = {u"dropped-response"_s}});
        QVERIFY(dropped.start());
        QCOMPARE(dropped.appToken(u"web-api"_s, "https://graph.microsoft.com/.default").status, 0);
        QVERIFY(!dropped.problem.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestLabFaults)
#include "tst_labfaults.moc"
