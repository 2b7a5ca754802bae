// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "../chain/stage.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

class SetupRulesTest : public QObject
{
    Q_OBJECT

private slots:
    void triggers_data();
    void triggers();
    void near_data();
    void near();
    void samplesAreClean_data();
    void samplesAreClean();
    void oneFindingKnowsBothPlaces();
    void severityFollowsTheFlowsEnvironment();
    void aSecretIsNeverShown();
    void rulesThatCannotApplyAreCounted();
};

namespace {

constexpr auto credential = u"/apps/1/credentials/0";
constexpr auto match = u"/targets/0/rule/match";

QString at(const char16_t* base, const char16_t* rest)
{
    return QString::fromUtf16(base) + QString::fromUtf16(rest);
}

void columns()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("sample");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QByteArray>("value");
}

void row(const char* name, const QString& rule, const QString& sample, const QString& pointer,
    const QByteArray& value)
{
    QTest::newRow(name) << rule << sample << pointer << value;
}

const QString federated = u"federated-agent"_s, secret = u"secret-agent"_s, obo = u"on-behalf-of"_s,
              signIn = u"sign-in-api"_s, google = u"google-agent"_s;

/// Place of an app in a sample by its name.
QString appIn(const QString& sample, const QString& name, const QString& rest)
{
    return Stage(sample).setup.app(name)->pointer + rest;
}

} // namespace

void SetupRulesTest::triggers_data()
{
    columns();
    row("upper case subject", u"ID-FIC-CASE"_s, federated, at(credential, u"/subject"),
        "\"7C1D9F3A-52BE-4E0A-9A6F-B38D20C4E1F7\"");
    row("a blank behind the subject", u"ID-FIC-CASE"_s, federated, at(credential, u"/subject"),
        "\"7c1d9f3a-52be-4e0a-9a6f-b38d20c4e1f7 \"");
    row("upper case audience", u"ID-FIC-CASE"_s, federated, at(credential, u"/audiences"),
        R"(["api://azureadtokenexchange"])");
    row("client id as subject", u"ID-FIC-CLIENT-ID"_s, federated, at(credential, u"/subject"),
        "\"5d0e8a4c-17b3-4f29-9c61-2e7f80b4a6d3\"");
    row("another identity", u"ID-FIC-MISMATCH"_s, federated, at(credential, u"/subject"),
        "\"11111111-52be-4e0a-9a6f-b38d20c4e1f7\"");
    row("GUID as audience", u"ID-FIC-AUDIENCE"_s, federated, at(credential, u"/audiences"),
        R"(["fb60f99c-7a34-4190-8149-302f77469936"])");
    row("another cloud's audience", u"ID-FIC-AUDIENCE"_s, federated, at(credential, u"/audiences"),
        R"(["api://AzureADTokenExchangeChina"])");
    row("two audiences", u"ID-FIC-AUDIENCE"_s, federated, at(credential, u"/audiences"),
        R"(["api://AzureADTokenExchange", "x"])");
    row("slash behind the issuer", u"X-ISS-SLASH"_s, federated, at(credential, u"/issuer"),
        "\"https://login.microsoftonline.com/3f1c9a54-8d27-4e60-b1f9-6c2a7d90e815/v2.0/\"");
    row("v1 issuer in the credential", u"X-ISS-SLASH"_s, federated, at(credential, u"/issuer"),
        "\"https://sts.windows.net/3f1c9a54-8d27-4e60-b1f9-6c2a7d90e815/\"");
    row("v1 issuer at the cloud", u"X-ISS-SLASH"_s, federated, u"/targets/0/issuer/issuer_url"_s,
        "\"https://sts.windows.net/3f1c9a54-8d27-4e60-b1f9-6c2a7d90e815/\"");
    row("project id at Google", u"TR-PROJECT-NUMBER"_s, google, u"/targets/0/provider/name"_s,
        "\"projects/harbour-ai/locations/global/workloadIdentityPools/p/providers/q\"");
    row("the audience for Google's provider's name", u"TR-PROVIDER-NAME"_s, google, u"/targets/0/provider/name"_s,
        "\"//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q\"");
    row("Google's condition is not known here", u"TR-CONDITION-OPEN"_s, google, u"/targets/0/provider/attributeCondition"_s,
        "\"assertion.sub.substring(1) == 'x'\"");
    row("Google without a condition", u"TR-WILDCARD-SUBJECT"_s, google, u"/targets/0/provider/attributeCondition"_s, "\"\"");
    row("Google looks at the tenant alone", u"TR-TENANT-ONLY"_s, google, u"/targets/0/provider/attributeCondition"_s,
        "\"assertion.tid == '3f1c9a54-8d27-4e60-b1f9-6c2a7d90e815'\"");
    row("Google knows one of two names", u"TR-AUD-ONE-OF-TWO"_s, google, u"/targets/0/provider/oidc/allowedAudiences"_s,
        R"(["api://gcp-wif"])");
    row("client id in Google's condition", u"TR-RULE-SUBJECT"_s, google, u"/targets/0/provider/attributeCondition"_s,
        "\"assertion.sub == '5d0e8a4c-17b3-4f29-9c61-2e7f80b4a6d3'\"");
    row("Google's provider is disabled", u"TR-PROVIDER-DISABLED"_s, google, u"/targets/0/provider/disabled"_s, "true");
    row("another tenant", u"ID-WRONG-TENANT"_s, federated, at(credential, u"/issuer"),
        "\"https://login.microsoftonline.com/99999999-8d27-4e60-b1f9-6c2a7d90e815/v2.0\"");
    row("system-assigned", u"ID-SAMI"_s, federated, u"/managedIdentities/0/type"_s, "\"systemAssigned\"");
    row("nobody owns the agent", u"ID-NO-OWNER"_s, federated, u"/apps/2/owners"_s, "[]");
    row("secret on the agent", u"ID-AGENT-HAS-CREDENTIAL"_s, federated, u"/apps/2/credentials"_s,
        R"([{"type": "secret", "name": "s", "secretId": "7a40d6e3-b815-4c9f-a2e7-5d1f09c8b362"}])");
    row("credential on the agent", u"ID-FIC-ON-AGENT"_s, federated, u"/apps/2/credentials"_s,
        R"([{"type": "federated", "name": "f", "issuer": "https://a.example", "subject": "x", "audiences": ["api://AzureADTokenExchange"]}])");
    row("a parent that is no blueprint", u"ID-AGENT-PARENT"_s, federated, u"/apps/2/parent"_s,
        "\"anthropic-api\"");
    row("a resource without a name", u"ID-THIRD-OBJECT-MISSING"_s, federated, u"/apps/3/identifierUris"_s,
        "[]");
    row("v1 resource", u"ID-RESOURCE-APP-V1"_s, federated, u"/apps/3/requestedAccessTokenVersion"_s, "1");
    row("v1 API", u"ID-RESOURCE-APP-V1"_s, signIn,
        appIn(signIn, u"claims-api"_s, u"/requestedAccessTokenVersion"_s), "1");
    row("claim that nobody asks for", u"ID-OPTIONAL-CLAIM-MISSING"_s, federated, u"/apps/3/optionalClaims"_s,
        "[]");
    row("another path", u"ID-REDIRECT-MISMATCH"_s, obo, appIn(obo, u"public-client"_s, u"/redirectUris"_s),
        R"(["http://127.0.0.1/signin"])");
    row("localhost alone", u"ID-REDIRECT-MISMATCH"_s, obo, appIn(obo, u"public-client"_s, u"/redirectUris"_s),
        R"(["http://localhost/callback"])");
    row("provider's client", u"ID-REDIRECT-MISMATCH"_s, signIn,
        appIn(signIn, u"public-client"_s, u"/redirectUris"_s), R"(["http://127.0.0.1/"])");
    row("URI in the rule", u"TR-AUD-ONE-OF-TWO"_s, federated, at(match, u"/audience"),
        "\"api://anthropic-wif\"");
    row("URI alone at the API", u"TR-AUD-ONE-OF-TWO"_s, signIn, u"/targets/0/validAudiences"_s,
        R"(["api://claims-api.harbour.example"])");
    row("half of the exchange pair", u"TR-AUD-ONE-OF-TWO"_s, signIn, u"/targets/0/validAudiences"_s,
        R"(["2d85f0b7-e63c-4a19-b7d2-c40e91a8365f", "api://AzureADTokenExchange"])");
    row("another audience", u"TR-AUD-MISMATCH"_s, federated, at(match, u"/audience"),
        "\"99999999-6b20-4f8c-a5d7-91c3e0b8f264\"");
    row("tenant alone", u"TR-TENANT-ONLY"_s, federated, QString::fromUtf16(match),
        R"({"audience": "e47a1d93-6b20-4f8c-a5d7-91c3e0b8f264", "claims": {"tid": "3f1c9a54-8d27-4e60-b1f9-6c2a7d90e815"}})");
    row("tenant and a wildcard", u"TR-TENANT-ONLY"_s, federated, at(match, u"/subject_prefix"), "\"*\"");
    row("wildcard alone", u"TR-WILDCARD-SUBJECT"_s, federated, QString::fromUtf16(match),
        R"({"subject_prefix": "*", "audience": "e47a1d93-6b20-4f8c-a5d7-91c3e0b8f264"})");
    row("star in the credential", u"TR-WILDCARD-SUBJECT"_s, federated, at(credential, u"/subject"),
        "\"7c1d9f3a-*\"");
    row("upper case in the rule", u"TR-RULE-SUBJECT"_s, federated, at(match, u"/subject_prefix"),
        "\"A90F6E1B-3C85-4D12-97E4-5B28C0D6F3AE\"");
    row("a claim that v2 tokens do not have", u"TR-RULE-SUBJECT"_s, federated, at(match, u"/claims"),
        R"({"appid": "a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae"})");
    row("condition that is false", u"TR-RULE-SUBJECT"_s, u"agent-for-user"_s,
        u"/targets/1/rule/match/condition"_s, R"("claims.scp == \"Other\"")");
    row("archived", u"TR-RULE-ARCHIVED"_s, federated, u"/targets/0/rule/archived_at"_s,
        "\"2026-02-01T00:00:00Z\"");
    row("scope nobody asks for", u"TR-SCOPE-MISSING"_s, signIn, u"/targets/0/requiredScopes"_s,
        R"(["Claims.Write"])");
    row("two hours", u"TR-LIFETIME-TOO-LONG"_s, federated, u"/targets/0/rule/token_lifetime_seconds"_s,
        "7200");
    row("an hour for every token", u"X-MI-24H"_s, federated, u"/targets/0/issuer/max_jwt_lifetime_seconds"_s,
        "3600");
    row("not long enough for some", u"X-MI-24H"_s, federated, u"/targets/0/issuer/max_jwt_lifetime_seconds"_s, "5699");
    row("ended", u"SEC-EXPIRED"_s, secret, appIn(secret, u"blueprint"_s, u"/credentials/0/expires"_s),
        "\"2026-11-23T16:04:12Z\"");
    row("a secret's value as its id", u"SEC-IN-SETUP"_s, secret,
        appIn(secret, u"blueprint"_s, u"/credentials/0/secretId"_s),
        "\"Xk58Q~abcdefghijklmnopqrstuvwxyz01234567\"");
    row("higher environment", u"PAT-SECRET-IN-PROD"_s, secret, u"/environment"_s, "\"higher\"");
    row("lower environment", u"PAT-BLUEPRINT-SECRET-VARIANT"_s, secret, u"/title"_s, "\"Claims desk\"");
    row("middle tier", u"PAT-SECRET-AT-ROOT"_s, obo, u"/title"_s, "\"On behalf of\"");
    row("consent refused", u"DEL-CONSENT-MISSING"_s, obo,
        appIn(obo, u"web-api"_s, u"/permissions/0/consent"_s), "\"none\"");
    row("consent to nothing", u"DEL-CONSENT-MISSING"_s, u"agent-for-user"_s,
        appIn(u"agent-for-user"_s, u"agent"_s, u"/permissions"_s), "[]");
}

void SetupRulesTest::triggers()
{
    QFETCH(QString, rule);
    QFETCH(QString, sample);
    QFETCH(QString, pointer);
    QFETCH(QByteArray, value);
    Stage::Edits edits {{pointer, value}};
    if (rule == u"ID-OPTIONAL-CLAIM-MISSING")
        edits.append(
            {at(match, u"/claims"), R"({"xms_par_app_azp": "b5e0d2c8-1f47-4a93-8c6d-0e9f3a7b1c52"})"});
    const Stage stage(sample, {}, edits);
    const QList<base::Finding> findings = stage.setupFindings();
    const auto found = std::ranges::find(findings, rule, &base::Finding::rule);
    QVERIFY2(found != findings.end(), qPrintable(Stage::ids(findings, base::Severity::Info).join(u' ')));
    QVERIFY(!found->title.isEmpty() && !found->text.isEmpty() && !found->fix.isEmpty());
    QVERIFY2(
        !found->title.contains(u'{') && !found->text.contains(u'{'), qPrintable(found->title + found->text));
    QVERIFY2(stage.setup.document.find(found->place.pointer.section(u"/-"_s, 0, 0))
            || found->place.pointer.endsWith(u"/permissions"_s),
        qPrintable(found->place.pointer));
}

void SetupRulesTest::near_data()
{
    columns();
    row("the subject as it is", u"ID-FIC-CASE"_s, federated, at(credential, u"/subject"),
        "\"7c1d9f3a-52be-4e0a-9a6f-b38d20c4e1f7\"");
    row("another subject is no spelling", u"ID-FIC-CASE"_s, federated, at(credential, u"/subject"),
        "\"11111111-52be-4e0a-9a6f-b38d20c4e1f7\"");
    row("client id of nobody", u"ID-FIC-CLIENT-ID"_s, federated, at(credential, u"/subject"),
        "\"11111111-52be-4e0a-9a6f-b38d20c4e1f7\"");
    row("the URI is right in a credential", u"TR-AUD-ONE-OF-TWO"_s, federated, at(credential, u"/audiences"),
        R"(["api://AzureADTokenExchange"])");
    row("a credential nobody says the workload of", u"ID-FIC-MISMATCH"_s, federated,
        QString::fromUtf16(credential),
        R"({"type": "federated", "name": "f", "issuer": "https://a.example", "subject": "x", "audiences": ["api://AzureADTokenExchange"]})");
    row("user-assigned", u"ID-SAMI"_s, federated, u"/managedIdentities/0/type"_s, "\"userAssigned\"");
    row("a sponsor", u"ID-NO-OWNER"_s, federated, u"/apps/2/owners"_s, R"(["alice"])");
    row("secret on the blueprint", u"ID-AGENT-HAS-CREDENTIAL"_s, secret, u"/title"_s, "\"x\"");
    row("v1 where v1 is expected", u"ID-RESOURCE-APP-V1"_s, obo, u"/title"_s, "\"x\"");
    row("a port is free", u"ID-REDIRECT-MISMATCH"_s, obo, appIn(obo, u"public-client"_s, u"/redirectUris"_s),
        R"(["http://127.0.0.1:8400/callback"])");
    row("GUID alone at the API", u"TR-AUD-ONE-OF-TWO"_s, signIn, u"/targets/0/validAudiences"_s,
        R"(["2d85f0b7-e63c-4a19-b7d2-c40e91a8365f"])");
    row("tenant and subject at Google", u"TR-TENANT-ONLY"_s, google, u"/targets/0/provider/attributeCondition"_s,
        "\"assertion.tid == '3f1c9a54-8d27-4e60-b1f9-6c2a7d90e815' && assertion.sub == '7c1d9f3a-52be-4e0a-9a6f-b38d20c4e1f7'\"");
    row("a function that Google documents", u"TR-CONDITION-OPEN"_s, google, u"/targets/0/provider/attributeCondition"_s,
        "\"assertion.sub.split('-')[0].startsWith('7c1d')\"");
    row("a project number", u"TR-PROJECT-NUMBER"_s, google, u"/targets/0/provider/name"_s,
        "\"projects/1/locations/global/workloadIdentityPools/p/providers/q\"");
    row("a project number in the audience's form", u"TR-PROJECT-NUMBER"_s, google, u"/targets/0/provider/name"_s,
        "\"//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q\"");
    row("a name at Google", u"TR-PROVIDER-NAME"_s, google, u"/targets/0/provider/name"_s,
        "\"projects/1/locations/global/workloadIdentityPools/p/providers/q\"");
    row("both names at Google", u"TR-AUD-ONE-OF-TWO"_s, google, u"/targets/0/provider/oidc/allowedAudiences"_s,
        R"(["api://gcp-wif", "83a5d9e2-0c76-4f1b-9d48-b6e2f7031ca5"])");
    row("tenant and subject", u"TR-TENANT-ONLY"_s, federated, at(match, u"/subject_prefix"),
        "\"a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae\"");
    row("tenant and a condition", u"TR-TENANT-ONLY"_s, federated, QString::fromUtf16(match),
        R"({"claims": {"tid": "3f1c9a54-8d27-4e60-b1f9-6c2a7d90e815"}, "condition": "claims.oid == \"a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae\""})");
    row("a wildcard at the end", u"TR-WILDCARD-SUBJECT"_s, federated, at(match, u"/subject_prefix"),
        "\"a90f6e1b-*\"");
    row("a condition on what is not known here", u"TR-RULE-SUBJECT"_s, u"agent-for-user"_s,
        u"/targets/1/rule/match/condition"_s, R"("claims.acrs == \"c1\"")");
    row("not archived", u"TR-RULE-ARCHIVED"_s, federated, u"/targets/0/rule/archived_at"_s, "null");
    row("one of the scopes is enough", u"TR-SCOPE-MISSING"_s, signIn, u"/targets/0/requiredScopes"_s,
        R"(["Claims.Write", "Claims.Read"])");
    row("an hour", u"TR-LIFETIME-TOO-LONG"_s, federated, u"/targets/0/rule/token_lifetime_seconds"_s, "3600");
    row("long enough for every token", u"X-MI-24H"_s, federated, u"/targets/0/issuer/max_jwt_lifetime_seconds"_s, "5700");
    row("a second left", u"SEC-EXPIRED"_s, secret, appIn(secret, u"blueprint"_s, u"/credentials/0/expires"_s),
        "\"2026-11-23T16:04:13Z\"");
    row("an id in its place", u"SEC-IN-SETUP"_s, secret, u"/title"_s, "\"x\"");
    row("lower is no production", u"PAT-SECRET-IN-PROD"_s, secret, u"/environment"_s, "\"lower\"");
    row("no secret at the root", u"PAT-BLUEPRINT-SECRET-VARIANT"_s, federated, u"/environment"_s,
        "\"lower\"");
    row("consent can be asked on a page", u"DEL-CONSENT-MISSING"_s, signIn,
        appIn(signIn, u"public-client"_s, u"/permissions"_s), "[]");
}

void SetupRulesTest::near()
{
    QFETCH(QString, rule);
    QFETCH(QString, sample);
    QFETCH(QString, pointer);
    QFETCH(QByteArray, value);
    const QStringList ids
        = Stage::ids(Stage(sample, {}, {{pointer, value}}).setupFindings(), base::Severity::Info);
    QVERIFY2(!ids.contains(rule), qPrintable(ids.join(u' ')));
}

void SetupRulesTest::samplesAreClean_data()
{
    QTest::addColumn<QString>("sample");
    QTest::addColumn<QString>("flow");
    QTest::addColumn<QStringList>("warnings");
    const QString variant = u"PAT-BLUEPRINT-SECRET-VARIANT"_s;
    QTest::newRow("sign-in") << signIn << QString() << QStringList {};
    QTest::newRow("on behalf of") << obo << QString() << QStringList {u"PAT-SECRET-AT-ROOT"_s};
    QTest::newRow("secret") << secret << QString() << QStringList {variant};
    QTest::newRow("federated") << federated << QString() << QStringList {};
    QTest::newRow("agent for user") << u"agent-for-user"_s << QString() << QStringList {};
    QTest::newRow("agent for user, secret")
        << u"agent-for-user"_s << u"agent-for-user-secret"_s << QStringList {variant};
    QTest::newRow("two patterns") << u"two-patterns"_s << QString() << QStringList {variant};
    QTest::newRow("pattern with a managed identity")
        << u"two-patterns"_s << u"pattern-federated"_s << QStringList {};
}

void SetupRulesTest::samplesAreClean()
{
    QFETCH(QString, sample);
    QFETCH(QString, flow);
    QFETCH(QStringList, warnings);
    Stage stage(sample, flow);
    QCOMPARE(Stage::ids(stage.setupFindings(), base::Severity::Error), QStringList {});
    QCOMPARE(Stage::ids(stage.findings()), warnings);
    stage.walk();
    QCOMPARE(Stage::ids(stage.findings()), warnings);
}

void SetupRulesTest::oneFindingKnowsBothPlaces()
{
    Stage stage(federated, {}, {{at(credential, u"/subject"), "\"7C1D9F3A-52BE-4E0A-9A6F-B38D20C4E1F7\""}});
    stage.walk();
    const QList<base::Finding> findings = stage.findings();
    QCOMPARE(Stage::ids(findings), QStringList {u"ID-FIC-CASE"_s});
    const base::Finding& found = findings.first();
    QCOMPARE(found.title,
        u"Federated credential mi-agents-prod: the subject differs from the token only in case"_s);
    QCOMPARE(found.place,
        (base::Place {u"exchange-as-blueprint"_s, u"match"_s, u"subject"_s, at(credential, u"/subject")}));
    QVERIFY2(found.text.contains(u"15 differ in case"_s), qPrintable(found.text));
}

void SetupRulesTest::severityFollowsTheFlowsEnvironment()
{
    Stage::Edits higher {{u"/flows/0/environment"_s, "\"higher\""}};
    QCOMPARE(Stage::ids(Stage(secret, {}, higher).findings()), QStringList {u"PAT-SECRET-IN-PROD"_s});
    QCOMPARE(Stage(secret, {}, higher).findings().first().severity, base::Severity::Error);
    QCOMPARE(Stage(secret).findings().first().severity, base::Severity::Warning);
    QCOMPARE(Stage(secret).findings().first().place.step, u"exchange-as-blueprint"_s);
}

void SetupRulesTest::aSecretIsNeverShown()
{
    const QString value = u"Xk58Q~abcdefghijklmnopqrstuvwxyz01234567"_s;
    const Stage stage(secret, {},
        {{appIn(secret, u"blueprint"_s, u"/credentials/0/secretId"_s),
            "\"Xk58Q~abcdefghijklmnopqrstuvwxyz01234567\""}});
    for (const base::Finding& found : stage.setupFindings())
        QVERIFY(!QString(found.title + found.text + found.fix).contains(value));
    const base::Finding first = stage.setupFindings().first();
    QCOMPARE(first.rule, u"SEC-IN-SETUP"_s);
    QVERIFY2(first.title.contains(u", line "_s) && first.title.endsWith(u": this looks like a secret"_s),
        qPrintable(first.title));
}

void SetupRulesTest::rulesThatCannotApplyAreCounted()
{
    const Stage stage(federated);
    const int all = diagnosis::ruleCount(),
              here
        = diagnosis::applicableRules({.setup = stage.setup, .flow = &stage.flow, .run = &stage.run});
    QVERIFY(here > 0 && here < all);
}

QTEST_GUILESS_MAIN(SetupRulesTest)
#include "tst_setuprules.moc"
