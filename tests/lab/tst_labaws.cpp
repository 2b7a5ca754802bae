// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "labfixture.h"

#include "core/flow/signing.h"

#include <QDateTime>
#include <QTest>
#include <QTimeZone>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

/// The lab's AWS security token service: query protocol, XML, real codes on the wire, the reason beside it.
class TestLabAws : public QObject
{
    Q_OBJECT
    LabFixture f {};

    QString sts() const { return QString(f.url(u"aws-sts"_s) + u'/'); }
    QJsonObject settings() const { return f.entry(u"trusts"_s, u"aws"_s)[u"settings"_s].toObject(); }
    QByteArray role() const { return settings()[u"roleArn"_s].toString().toLatin1(); }

    QByteArray agentToken(const QString& resource = u"aws-api"_s)
    {
        return member(f.agentToken(f.exchangeToken(), f.scope(resource)), "access_token");
    }

    http::Response assume(const QByteArray& token, const http::Form& changes = {})
    {
        http::Form form {{"Action", "AssumeRoleWithWebIdentity"}, {"Version", "2011-06-15"}, {"RoleArn", role()},
            {"RoleSessionName", "desk"}, {"WebIdentityToken", token}};
        for (const http::Parameter& change : changes) {
            form.removeIf([&](const http::Parameter& p) { return p.name == change.name; });
            form.append(change);
        }
        return f.post(sts(), form);
    }

    /// Text of the first element of that name.
    static QString element(const http::Response& reply, const QString& name)
    {
        QXmlStreamReader xml(reply.body);
        while (!xml.atEnd())
            if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == name)
                return xml.readElementText();
        return {};
    }

    /// Signed by the walker's own signing, which knows nothing of the lab's check.
    http::Response whoAmI(const http::Response& session, const QByteArray& secret = {})
    {
        http::Request request {.method = "POST", .url = sts().toUtf8(), .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
            .body = "Action=GetCallerIdentity&Version=2011-06-15"};
        flow::Ingredients known;
        known.now = base::systemNow();
        known.values = {{u"id"_s, element(session, u"AccessKeyId"_s).toLatin1()},
            {u"secret"_s, secret.isEmpty() ? element(session, u"SecretAccessKey"_s).toLatin1() : secret},
            {u"token"_s, element(session, u"SessionToken"_s).toLatin1()}};
        const auto done = flow::signRequest({.service = "sts", .region = flow::literal(settings()[u"region"_s].toString().toLatin1()),
                                                .keyIdSlot = u"id"_s, .secretSlot = u"secret"_s, .sessionSlot = u"token"_s}, request, known);
        if (!done)
            qFatal("%s", qPrintable(done.error().text));
        return f.send(request);
    }

private slots:
    void initTestCase() { QVERIFY2(f.start(), qPrintable(f.problem)); }

    void aSessionIsMadeAndWorks()
    {
        const auto session = assume(agentToken());
        QVERIFY2(session.status == 200, session.body.constData());
        QVERIFY(session.headers.value("Content-Type").startsWith("text/xml"));
        QVERIFY(session.body.contains("xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\""));
        QCOMPARE(element(session, u"RequestId"_s).toLatin1(), session.headers.value("x-amzn-RequestId"));
        QVERIFY(element(session, u"AccessKeyId"_s).startsWith(u"ASIA"_s));
        QCOMPARE(element(session, u"AccessKeyId"_s).size(), 20);
        const QDateTime ends = QDateTime::fromString(element(session, u"Expiration"_s), Qt::ISODate);
        QVERIFY(qAbs(QDateTime::currentDateTimeUtc().secsTo(ends) - 3600) < 30);
        QVERIFY(element(session, u"Arn"_s).endsWith(u":assumed-role/claims-desk/desk"_s)); // the role's path is left out
        const auto who = whoAmI(session);
        QVERIFY2(who.status == 200, who.body.constData());
        QCOMPARE(element(who, u"Arn"_s), element(session, u"Arn"_s));
        QCOMPARE(element(who, u"UserId"_s), element(session, u"AssumedRoleId"_s));
        QCOMPARE(element(who, u"Account"_s), u"123456789012"_s);
    }

    void refusals_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* title, const char* name, const QByteArray& value, int status, const char* code, const char* reason) {
            QTest::newRow(title) << QString::fromLatin1(name) << value << status << QString::fromLatin1(code) << QString::fromLatin1(reason);
        };
        // downstream.md 2.3: codes and statuses from the SDK's model
        row("another audience", "WebIdentityToken", agentToken(u"anthropic-api"_s), 400, "InvalidIdentityToken", "audience");
        row("another principal", "WebIdentityToken", member(f.appToken(u"web-api"_s, f.scope(u"aws-api"_s)), "access_token"), 403, "AccessDenied", "condition");
        row("garbage", "WebIdentityToken", "garbage", 400, "InvalidIdentityToken", "token_malformed");
        row("another role", "RoleArn", "arn:aws:iam::123456789012:role/nobody", 403, "AccessDenied", "role_unknown");
        row("another account", "RoleArn", "arn:aws:iam::999999999999:role/claims/claims-desk", 400, "InvalidIdentityToken", "provider_unknown"); // downstream.md 2.3
        row("no session name", "RoleSessionName", "", 400, "ValidationError", "parameter");
        row("a week", "DurationSeconds", "604800", 400, "ValidationError", "parameter");
    }
    void refusals()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, value);
        QFETCH(int, status);
        QFETCH(QString, code);
        QFETCH(QString, reason);
        const auto reply = assume(agentToken(), {{name.toLatin1(), value}});
        QCOMPARE(reply.status, status);
        QCOMPARE(element(reply, u"Code"_s), code);
        QCOMPARE(element(reply, u"Type"_s), u"Sender"_s);
        const QByteArray id = reply.headers.value("x-amzn-RequestId");
        QCOMPARE(element(reply, u"RequestId"_s).toLatin1(), id);
        const auto history = f.lab().history();
        const auto entry = std::ranges::find(history, QString::fromLatin1(id), &lab::HistoryEntry::requestId);
        QVERIFY(entry != history.end());
        QCOMPARE(entry->reason, reason);
        QCOMPARE(entry->verdict.decision, base::Decision::Refuse);
    }

    void sessionPolicies_data()
    {
        QTest::addColumn<QByteArray>("policy");
        QTest::addColumn<QByteArray>("arn");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* title, const QByteArray& policy, const QByteArray& arn, const char* code, const char* said) {
            QTest::newRow(title) << policy << arn << QString::fromLatin1(code) << QString::fromLatin1(said);
        };
        const QByteArray whole = R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]})";
        const QByteArray own = "arn:aws:iam::123456789012:policy/read", managed = "arn:aws:iam::aws:policy/ReadOnlyAccess";
        // STS API Reference, AssumeRoleWithWebIdentity: Policy, PolicyArns, errors
        row("none", {}, {}, "", "");
        row("inline", whole, {}, "", "5");
        row("managed by AWS", {}, managed, "", "2");
        row("both", whole, own, "", "7");
        row("breaks off", whole.chopped(1), {}, "MalformedPolicyDocument", "no JSON");
        row("a list", "[]", {}, "MalformedPolicyDocument", "Statement");
        row("no action", R"({"Statement":{"Effect":"Allow","Resource":"*"}})", {}, "MalformedPolicyDocument", "Action");
        row("no resource", R"({"Statement":{"Effect":"Allow","Action":"*"}})", {}, "MalformedPolicyDocument", "Resource");
        row("another effect", R"({"Statement":{"Effect":"allow","Action":"*","Resource":"*"}})", {}, "MalformedPolicyDocument", "Effect");
        row("a principal", R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"}})", {}, "MalformedPolicyDocument", "Principal");
        row("another version", R"({"Version":"2026-01-01","Statement":[]})", {}, "MalformedPolicyDocument", "Version");
        row("too large", QByteArray(whole).replace("\"*\"", QByteArray('"' + QByteArray(2048, 'a') + '"')), {}, "PackedPolicyTooLarge", "105%");
        row("another account's policy", {}, "arn:aws:iam::111122223333:policy/read", "ValidationError", "");
        row("no ARN of a policy", {}, role(), "ValidationError", "");
    }
    void sessionPolicies()
    {
        QFETCH(QByteArray, policy);
        QFETCH(QByteArray, arn);
        QFETCH(QString, code);
        QFETCH(QString, said);
        http::Form fields;
        if (!policy.isNull())
            fields.append({"Policy", policy});
        if (!arn.isNull())
            fields.append({"PolicyArns.member.1.arn", arn});
        const auto reply = assume(agentToken(), fields);
        QVERIFY2(reply.status == (code.isEmpty() ? 200 : 400), reply.body.constData());
        QCOMPARE(element(reply, u"Code"_s), code);
        if (code.isEmpty())
            QCOMPARE(element(reply, u"PackedPolicySize"_s), said);
        else
            QVERIFY2(element(reply, u"Message"_s).contains(said), reply.body.constData());
    }

    void denialsReadAlikeOnTheWire()
    {
        const auto principal = assume(member(f.appToken(u"web-api"_s, f.scope(u"aws-api"_s)), "access_token"));
        const auto noRole = assume(agentToken(), {{"RoleArn", "arn:aws:iam::123456789012:role/nobody"}});
        QCOMPARE(element(principal, u"Message"_s), u"Not authorized to perform sts:AssumeRoleWithWebIdentity"_s);
        QCOMPARE(element(principal, u"Message"_s), element(noRole, u"Message"_s));
    }

    void anAnswerIsEscaped()
    {
        const QByteArray header = QByteArray(R"({"alg":"RS256"})").toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        const QByteArray payload = QByteArray("{\"iss\":\"https://x.example/<script>&\",\"sub\":\"s\",\"aud\":\"a\",\"exp\":9999999999,\"iat\":1800000000}")
                                       .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        const auto reply = assume(header + '.' + payload + ".AA");
        QCOMPARE(reply.status, 400);
        QVERIFY(!reply.body.contains("<script>"));
        QVERIFY(element(reply, u"Message"_s).endsWith(u"https://x.example/<script>&"_s));
    }

    void callsWithOtherKeysAreRefused()
    {
        const auto session = assume(agentToken());
        QCOMPARE(element(whoAmI(session, "another"), u"Code"_s), u"SignatureDoesNotMatch"_s);
        const auto unsignedCall = f.post(sts(), {{"Action", "GetCallerIdentity"}, {"Version", "2011-06-15"}});
        QCOMPARE(unsignedCall.status, 403);
        QCOMPARE(element(unsignedCall, u"Code"_s), u"MissingAuthenticationToken"_s);
    }

    void onlyKnownActionsAndVersion()
    {
        QCOMPARE(element(f.post(sts(), {{"Action", "AssumeRole"}, {"Version", "2011-06-15"}}), u"Code"_s), u"InvalidAction"_s);
        QCOMPARE(element(f.post(sts(), {{"Action", "GetCallerIdentity"}, {"Version", "2010-01-01"}}), u"Code"_s), u"InvalidAction"_s);
        QCOMPARE(element(f.post(sts(), {}), u"Code"_s), u"MissingAction"_s);
        QCOMPARE(f.get(QString(sts() + u"other"_s)).status, 404);
    }

    void aSessionThatEnded()
    {
        LabFixture expired {lab::Options {.faults = {u"aws-session-expired"_s}}};
        QVERIFY2(expired.start(), qPrintable(expired.problem));
        const http::Form form {{"Action", "AssumeRoleWithWebIdentity"}, {"Version", "2011-06-15"}, {"RoleArn", role()}, {"RoleSessionName", "desk"},
            {"WebIdentityToken", member(expired.agentToken(expired.exchangeToken(), expired.scope(u"aws-api"_s)), "access_token")}};
        const auto session = expired.post(QString(expired.url(u"aws-sts"_s) + u'/'), form);
        QCOMPARE(session.status, 200);
        QVERIFY(QDateTime::fromString(element(session, u"Expiration"_s), Qt::ISODate) < QDateTime::currentDateTimeUtc());
    }

};

QTEST_GUILESS_MAIN(TestLabAws)
#include "tst_labaws.moc"
