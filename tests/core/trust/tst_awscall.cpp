// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "../awsvectors.h"
#include "world.h"

#include "core/trust/awssignature_p.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

/// A signed request at AWS: rebuilt from what arrived, by the key the session was given.
class TestAwsCall : public QObject
{
    Q_OBJECT

    setup::Target m_target {.name = u"aws"_s, .kind = u"aws"_s, .region = u"eu-central-1"_s,
        .roleArn = u"arn:aws:iam::123456789012:role/toys"_s};
    const QByteArray m_body = "Action=GetCallerIdentity&Version=2011-06-15";

    /// Signed by what is under test, which the published signatures bind.
    http::Headers signedBy(const QByteArray& secret, const char* date = "20270115T080000Z", const char* region = "eu-central-1") const
    {
        http::Headers headers {{"Host", "sts.eu-central-1.amazonaws.com"}, {"X-Amz-Date", date}, {"X-Amz-Security-Token", "session"}};
        const QByteArray scope = QByteArray(date).first(8) + '/' + region + "/sts/aws4_request";
        const QByteArray start = "AWS4-HMAC-SHA256 Credential=ASIAGOOD/" + scope
            + ", SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=";
        const auto authorization = trust::awsAuthorizationOf(QByteArray(start + "0"));
        const auto asked = trust::awsCanonicalRequest({"POST", "/", {}, headers, m_body}, authorization);
        headers.append(http::Header {"Authorization", start + trust::awsSignatureOf(asked, authorization, date, secret)});
        return headers;
    }

    static trust::Knowledge knowing(base::Instant ends)
    {
        trust::Knowledge out;
        out.opaque = [ends](QByteArrayView id) -> std::optional<trust::OpaqueGrant> {
            if (id != "ASIAGOOD")
                return std::nullopt;
            return trust::OpaqueGrant {.target = u"aws"_s, .expires = ends, .secret = "right", .session = "session"};
        };
        return out;
    }

private slots:
    void published_data() { awsvectors::rows(); }
    void published()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, url);
        QFETCH(http::Headers, headers);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, secret);
        QFETCH(QByteArray, service);
        QFETCH(QByteArray, signature);
        QByteArrayList names;
        for (const http::Header& header : std::as_const(headers))
            names.append(header.name.toLower());
        std::ranges::sort(names);
        const QByteArray date = headers.value("X-Amz-Date");
        const auto authorization = trust::awsAuthorizationOf(QByteArray("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/" + date.first(8) + "/us-east-1/" + service
            + "/aws4_request, SignedHeaders=" + names.join(';') + ", Signature=" + signature));
        const http::UrlParts parts = http::splitUrl(url);
        const auto asked = trust::awsCanonicalRequest({method, parts.path, parts.query, headers, body}, authorization);
        QVERIFY(asked.missing.isEmpty());
        QCOMPARE(trust::awsSignatureOf(asked, authorization, date, secret), signature);
    }

    void valuesAreSettled()
    {
        // AWS's suite, get-header-value-trim and get-header-key-duplicate: blanks collapse, repeats are joined in their order
        const http::Headers headers {{"Host", "example.amazonaws.com"}, {"My-Header1", " a   b  "}, {"my-header1", "c"}};
        const auto asked = trust::awsCanonicalRequest({"GET", "/", {}, headers, {}},
            trust::awsAuthorizationOf("AWS4-HMAC-SHA256 Credential=A/20150830/us-east-1/service/aws4_request, SignedHeaders=host;my-header1, Signature=0"));
        QVERIFY2(asked.text.contains("\nmy-header1:a b,c\n"), asked.text.constData());
    }

    void decisions_data()
    {
        QTest::addColumn<http::Headers>("headers");
        QTest::addColumn<QString>("code");
        const http::Headers good = signedBy("right");
        const auto changed = [&good](const char* name, const QByteArray& value) {
            http::Headers headers = good;
            headers.set(name, value);
            return headers;
        };
        const auto row = [](const char* name, const http::Headers& headers, const char* code) {
            QTest::newRow(name) << headers << QString::fromLatin1(code);
        };
        row("good", good, "");
        row("not signed", {{"Host", "x"}}, "MissingAuthenticationToken");
        row("no signature", changed("Authorization", "AWS4-HMAC-SHA256 Credential=ASIAGOOD/20270115/eu-central-1/sts/aws4_request, SignedHeaders=host"), "IncompleteSignature");
        row("another secret key", signedBy("wrong"), "SignatureDoesNotMatch");
        row("another key id", changed("Authorization", good.value("Authorization").replace("ASIAGOOD", "ASIAOTHER")), "InvalidClientTokenId");
        row("another session token", changed("X-Amz-Security-Token", "other"), "InvalidClientTokenId");
        row("host changed on the way", changed("Host", "sts.amazonaws.com"), "SignatureDoesNotMatch");
        row("another region", signedBy("right", "20270115T080000Z", "us-east-1"), "SignatureDoesNotMatch");
        row("four minutes old", signedBy("right", "20270115T075600Z"), "");
        row("six minutes old", signedBy("right", "20270115T075400Z"), "SignatureDoesNotMatch");
    }
    void decisions()
    {
        QFETCH(http::Headers, headers);
        QFETCH(QString, code);
        const auto verdict = trust::decideAwsCall(m_target, {"POST", "/", {}, headers, m_body}, knowing(world::at(60)), world::at());
        QVERIFY2((verdict.refusal ? verdict.refusal->error : QString()) == code, world::described(verdict));
        QCOMPARE(verdict.decision, code.isEmpty() ? base::Decision::Accept : base::Decision::Refuse);
    }

    void theBodyIsUnderTheSignature()
    {
        const http::Headers headers = signedBy("right");
        const auto verdict = trust::decideAwsCall(m_target, {"POST", "/", {}, headers, "Action=Other"}, knowing(world::at(60)), world::at());
        QCOMPARE(verdict.refusal->error, u"SignatureDoesNotMatch"_s);
    }

    void aSessionEnds()
    {
        const http::Headers headers = signedBy("right");
        const auto verdict = trust::decideAwsCall(m_target, {"POST", "/", {}, headers, m_body}, knowing(world::at(-1)), world::at());
        QCOMPARE(verdict.refusal->error, u"ExpiredToken"_s);
    }

    void aPredictionLeavesItOpen()
    {
        const http::Headers headers = signedBy("right");
        const auto verdict = trust::decideAwsCall(m_target, {"POST", "/", {}, headers, m_body}, {}, world::at());
        QCOMPARE(verdict.decision, base::Decision::NotEvaluated);
    }
};

QTEST_GUILESS_MAIN(TestAwsCall)
#include "tst_awscall.moc"
