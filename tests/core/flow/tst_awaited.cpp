// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/catalog/catalog.h"
#include "core/flow/awaited.h"
#include "core/flow/resolve.h"
#include "core/setup/file.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// A fallback waits for two answers and no other: the version is disabled, or it is not there.
class AwaitedTest : public QObject
{
    Q_OBJECT

private slots:
    void fallback_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("awaited");
        const auto error = [](const char* code, const char* inner) -> QByteArray {
            QByteArray text = QByteArray("{\"error\":{\"code\":\"") + code + "\",\"message\":\"No.\"";
            if (*inner)
                text += QByteArray(",\"innererror\":{\"code\":\"") + inner + "\"}";
            return text + "}}";
        };
        // Microsoft: Key Vault error codes (downstream.md 6.2)
        QTest::newRow("disabled") << 403 << error("Forbidden", "SecretDisabled") << true;
        QTest::newRow("the inner object's other spelling") << 403 << error("Forbidden", "SecretDisabled").replace("innererror", "innerError") << true;
        QTest::newRow("not there") << 404 << error("SecretNotFound", "") << true;
        QTest::newRow("no role") << 403 << error("Forbidden", "ForbiddenByRbac") << false;
        QTest::newRow("firewall") << 403 << error("Forbidden", "ForbiddenByFirewall") << false;
        QTest::newRow("a proxy's 403") << 403 << QByteArray("<html>no</html>") << false;
        QTest::newRow("a proxy's 404") << 404 << QByteArray("not here") << false;
        QTest::newRow("no token") << 401 << error("Unauthorized", "") << false;
        QTest::newRow("in trouble") << 503 << QByteArray() << false;
        QTest::newRow("enabled false in a body") << 200 << QByteArray(R"({"value":"x","id":"i","attributes":{"enabled":false}})") << false;
    }
    void fallback()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(bool, awaited);
        const setup::Setup setup = setup::sample(u"vault"_s).value();
        const flow::Flow flow = catalog::build(setup, *setup.flow(u"blue-green")).value();
        const flow::Step& primary = *flow.step(u"read-secret");
        const flow::Step& twin = *flow.step(u"read-secondary");
        http::Exchange exchange {.response = http::Response {.status = status, .headers = {{"Content-Type", "application/json"}}, .body = body}};
        const flow::StepRecord record = flow::collect(primary, exchange, flow::freshIngredients());
        QCOMPARE(flow::isAwaited(twin, record), awaited);
        // What the twin itself answers is not measured by what the primary said.
        http::Exchange good {.response = http::Response {.status = 200, .headers = {{"Content-Type", "application/json"}}, .body = R"({"value":"x","id":"i"})"}};
        QCOMPARE(flow::collect(twin, good, flow::freshIngredients()).state, flow::StepState::Accepted);
    }

    void places_data()
    {
        QTest::addColumn<QByteArray>("challenge");
        QTest::addColumn<bool>("named");
        QTest::newRow("named") << QByteArray("Bearer resource_metadata=\"meta\"") << true;
        QTest::newRow("another parameter") << QByteArray("Bearer scope=\"a\"") << false;
        QTest::newRow("bare") << QByteArray("Bearer") << false;
    }
    /// MCP authorization, discovery: the challenge's address where it names one, else the well-known ones; a 404 leads on.
    void places()
    {
        QFETCH(QByteArray, challenge);
        QFETCH(bool, named);
        const setup::Setup setup = setup::sample(u"mcp-server"_s).value();
        const flow::Flow flow = catalog::build(setup, *setup.flow(u"mcp-register")).value();
        const auto answered = [&](QStringView id, int status, const http::Headers& headers, const QByteArray& body = {}) {
            http::Exchange exchange {.response = http::Response {.status = status, .headers = headers, .body = body}};
            return flow::collect(*flow.step(id), exchange, flow::freshIngredients());
        };
        const flow::StepRecord knock = answered(u"mcp-challenge", 401, {{"WWW-Authenticate", challenge}});
        QCOMPARE(knock.state, flow::StepState::Accepted);
        QCOMPARE(flow::isAwaited(*flow.step(u"mcp-resource-metadata"), knock), named);
        const flow::StepRecord skipped {.stepId = u"mcp-resource-metadata"_s, .state = flow::StepState::Skipped};
        QVERIFY(flow::isAwaited(*flow.step(u"mcp-resource-metadata-2"), skipped));
        const flow::StepRecord missing = answered(u"mcp-resource-metadata-2", 404, {});
        QCOMPARE(missing.state, flow::StepState::Accepted);
        QVERIFY(missing.checks.isEmpty());
        QVERIFY(flow::isAwaited(*flow.step(u"mcp-resource-metadata-3"), missing));
        // What is found at an earlier place is judged, and nobody looks further.
        const flow::StepRecord found = answered(u"mcp-server-metadata", 200, {{"Content-Type", "application/json"}}, R"({"issuer":"another"})");
        QVERIFY(found.state != flow::StepState::Accepted);
        QVERIFY(!found.checks.isEmpty());
        QVERIFY(!flow::isAwaited(*flow.step(u"mcp-server-metadata-2"), found));
        // Without any challenge the server let somebody in: that is not the way to a token.
        QCOMPARE(answered(u"mcp-challenge", 200, {{"Content-Type", "application/json"}}, "{}").state, flow::StepState::Failed);
    }
};

QTEST_GUILESS_MAIN(AwaitedTest)
#include "tst_awaited.moc"
