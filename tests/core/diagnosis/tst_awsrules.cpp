// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "../chain/stage.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// Findings about AWS roles: each with something that triggers it and something near that does not.
class AwsRulesTest : public QObject
{
    Q_OBJECT

    static constexpr auto agentRole = u"/targets/0";
    static constexpr auto sharedRole = u"/targets/1";
    static QString at(const char16_t* role, const char16_t* rest) { return QString::fromUtf16(role) + QString::fromUtf16(rest); }
    static QByteArray equals(const char* key, const char* value, const char* op = "StringEquals")
    {
        return QByteArray(R"({"%o":{"login.microsoftonline.com/3f1c9a54-8d27-4e60-b1f9-6c2a7d90e815/v2.0:%k":"%v"}})").replace("%o", op).replace("%k", key).replace("%v", value);
    }

private slots:
    void rules_data()
    {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("fires");
        const auto row = [](const char* name, const char* rule, const QString& pointer, const QByteArray& value, bool fires) {
            QTest::newRow(name) << QString::fromLatin1(rule) << pointer << value << fires;
        };
        const QString list = at(agentRole, u"/provider/ClientIDList"), condition = at(agentRole, u"/trustPolicy/Statement/0/Condition");
        row("exchange GUID listed", "TR-AWS-GUID", list, R"(["a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae","fb60f99c-7a34-4190-8149-302f77469936"])", true);
        row("exchange URI listed", "TR-AWS-GUID", list, "[\"a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae\",\"api://AzureADTokenExchange\"]", true);
        row("another GUID listed", "TR-AWS-GUID", list, R"(["a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae","fb60f99c-7a34-4190-8149-302f77469937"])", false);
        row("only aud", "TR-TENANT-ONLY", condition, equals("aud", "a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae"), true);
        row("no condition", "TR-TENANT-ONLY", condition, "{}", true);
        row("subject excluded, not pinned", "TR-TENANT-ONLY", condition, equals("sub", "x", "StringNotEquals"), true);
        row("subject", "TR-TENANT-ONLY", condition, equals("sub", "a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae"), false);
        row("subject, the key in capitals", "TR-TENANT-ONLY", condition, equals("SUB", "a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae"), false);
        row("wildcard, the key in capitals", "TR-WILDCARD-SUBJECT", condition, equals("Sub", "*", "StringLike"), true);
        row("Aud without oaud", "X-AZP-AS-AUD", condition, equals("Aud", "a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae"), true);
        row("wildcard", "TR-WILDCARD-SUBJECT", condition, equals("sub", "*", "StringLike"), true);
        row("wildcards", "TR-WILDCARD-SUBJECT", condition, equals("sub", "*?*", "StringLike"), true);
        row("a prefix", "TR-WILDCARD-SUBJECT", condition, equals("sub", "a90f6e1b*", "StringLike"), false);
        row("aud without oaud", "X-AZP-AS-AUD", condition, equals("aud", "a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae"), true);
        row("v1 tokens have no azp", "X-AZP-AS-AUD", at(sharedRole, u"/sessionName"), "\"other\"", false);
        row("both are pinned", "X-AZP-AS-AUD", at(agentRole, u"/sessionName"), "\"other\"", false);
        row("subject of another", "TR-RULE-SUBJECT", condition, equals("sub", "A90F6E1B-3C85-4D12-97E4-5B28C0D6F3AE"), true);
        row("another action", "TR-AWS-ACTION", at(agentRole, u"/trustPolicy/Statement/0/Action"), "\"sts:AssumeRole\"", true);
        row("action with a wildcard", "TR-AWS-ACTION", at(agentRole, u"/trustPolicy/Statement/0/Action"), "\"sts:*\"", false);
        row("key with a slash", "TR-AWS-KEY", condition,
            R"({"StringEquals":{"login.microsoftonline.com/3f1c9a54-8d27-4e60-b1f9-6c2a7d90e815/v2.0/:sub":"a90f6e1b-3c85-4d12-97e4-5b28c0d6f3ae"}})", true);
        row("a denial", "TR-AWS-DENY", at(agentRole, u"/trustPolicy/Statement/-"),
            R"({"Effect":"Deny","Principal":"*","Action":"sts:AssumeRoleWithWebIdentity"})", true);
        row("a denial of something else", "TR-AWS-DENY", at(agentRole, u"/trustPolicy/Statement/-"), R"({"Effect":"Deny","Principal":"*","Action":"sts:TagSession"})", false);
    }
    void rules()
    {
        QFETCH(QString, rule);
        QFETCH(QString, pointer);
        QFETCH(QByteArray, value);
        QFETCH(bool, fires);
        const Stage stage(u"aws-agent"_s, {}, {{pointer, value}});
        const QStringList found = Stage::ids(stage.setupFindings());
        QVERIFY2(found.contains(rule) == fires, qPrintable(found.join(u' ')));
        for (const base::Finding& each : stage.setupFindings())
            if (each.rule == rule)
                QVERIFY2(stage.setup.document.find(each.place.pointer) || each.place.pointer.endsWith(u"/-"_s) || each.place.pointer.isEmpty(),
                    qPrintable(each.place.pointer));
    }

    void theSampleIsClean()
    {
        const Stage stage(u"aws-agent"_s);
        QCOMPARE(Stage::ids(stage.setupFindings()), QStringList());
    }
};

QTEST_GUILESS_MAIN(AwsRulesTest)
#include "tst_awsrules.moc"
