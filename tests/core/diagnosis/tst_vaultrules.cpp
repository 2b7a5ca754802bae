// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "../chain/stage.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// Each rule about vaults shows on the change that it is about, and not without it.
class VaultRulesTest : public QObject
{
    Q_OBJECT

private slots:
    void sampleIsClean()
    {
        for (const char* flow : {"read-secret", "agent-reads-secret", "blue-green", "rotate-secret"}) {
            const Stage stage(u"vault"_s, QString::fromLatin1(flow));
            QCOMPARE(Stage::ids(stage.findings(), base::Severity::Warning), QStringList());
        }
        // The static key is a fallback, and says so.
        const Stage key(u"vault"_s, u"key-to-claude"_s);
        QCOMPARE(Stage::ids(key.findings(), base::Severity::Warning), QStringList {u"SEC-VAULT-AS-FEDERATION"_s});
    }

    void rules_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("rule");
        const auto row = [](const char* name, const char16_t* pointer, const char* value, const char* rule) {
            QTest::newRow(name) << QString::fromUtf16(pointer) << QByteArray(value) << QString::fromLatin1(rule);
        };
        row("agent reads the whole vault", u"/targets/0/roleAssignments/4/scope", "\"/\"", "SEC-VAULT-SCOPE");
        row("agent reads a resource group", u"/targets/0/roleAssignments/4/scope", "\"/subscriptions/s/resourceGroups/g\"", "SEC-VAULT-SCOPE");
        row("agent may write", u"/targets/0/roleAssignments/4/role", "\"Key Vault Secrets Officer\"", "SEC-VAULT-ROLE");
        row("access policies", u"/targets/0/settings/enableRbacAuthorization", "false", "SEC-ACCESS-POLICY");
        row("no twin", u"/targets/0/secrets/3/name", "\"payments-tertiary\"", "SEC-NO-BLUE-GREEN");
        row("twin disabled", u"/targets/0/secrets/3/enabled", "false", "SEC-NO-BLUE-GREEN");
        row("old version left open", u"/targets/0/secrets/-", R"({"name": "claims-db-password", "version": "0", "created": "2026-01-01T00:00:00Z"})", "SEC-NO-BLUE-GREEN");
        row("catch-all", u"/flows/2/settings", R"({"fallback": "any"})", "SEC-FALLBACK-SWALLOWS");
        row("federated and still a key", u"/targets/1/rule", R"({"id": "fdrl_1", "match": {"subject_prefix": "x", "audience": "y"}})", "SEC-STATIC-KEY");
        row("role elsewhere", u"/targets/0/roleAssignments/0/scope", "\"/secrets/another\"", "TR-ROLE-SCOPE");
        row("control plane role", u"/targets/0/roleAssignments/0/role", "\"Owner\"", "TR-ROLE-MISSING");
        row("disabled", u"/targets/0/secrets/0/enabled", "false", "SEC-SECRET-DISABLED");
    }
    void rules()
    {
        QFETCH(QString, pointer);
        QFETCH(QByteArray, value);
        QFETCH(QString, rule);
        const Stage stage(u"vault"_s, {}, {{pointer, value}});
        const QStringList found = Stage::ids(stage.setupFindings(), base::Severity::Warning);
        QVERIFY2(found.contains(rule), qPrintable(found.join(u' ')));
        const Stage before(u"vault"_s);
        QVERIFY(!Stage::ids(before.setupFindings(), base::Severity::Warning).contains(rule));
    }
};

QTEST_GUILESS_MAIN(VaultRulesTest)
#include "tst_vaultrules.moc"
