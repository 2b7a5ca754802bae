// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/rules.h"
#include "core/diagnosis/sourcefiles.h"
#include "core/diagnosis/trackedfiles.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using diagnosis::FileKind;

/// What a file is, what a repository says of it, and that no secret comes out of the rules on files.
class SourceFilesTest : public QObject
{
    Q_OBJECT

private slots:
    void ignoreRules_data()
    {
        QTest::addColumn<QByteArray>("rules");
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("out");
        const auto row = [](const char* name, const char* rules, const char16_t* path, bool out) { QTest::newRow(name) << QByteArray(rules) << QString::fromUtf16(path) << out; };
        row("a name anywhere", ".env\n", u"a/b/.env", true);
        row("a comment", "# .env\n", u".env", false);
        row("a star stops at a slash", "/a/*.json\n", u"a/b/c.json", false);
        row("two stars do not", "a/**/c.json\n", u"a/x/y/c.json", true);
        row("two stars may be nothing", "a/**/c.json\n", u"a/c.json", true);
        row("anchored", "/dist\n", u"x/dist", false);
        row("a folder alone", "build/\n", u"build", false);
        row("what is in a folder", "build/\n", u"build/x/y.o", true);
        row("taken back", "*.env\n!ci.env\n", u"ci.env", false);
        row("not out of a folder that is out", "conf/\n!conf/ci.env\n", u"conf/ci.env", true);
        row("the last one decides", "!ci.env\n*.env\n", u"ci.env", true);
        row("a set of characters", "key[0-9].pem\n", u"key7.pem", true);
        row("a set that is not", "key[!0-9].pem\n", u"key7.pem", false);
        row("one character", "?.pem\n", u"ab.pem", false);
        row("a dot is a dot", "a.env\n", u"abenv", false);
    }
    void ignoreRules()
    {
        QFETCH(QByteArray, rules);
        QFETCH(QString, path);
        diagnosis::IgnoreRules ignore;
        ignore.add({}, rules);
        QTEST(ignore.ignores(path), "out");
    }
    void innerRulesCountFromTheirFolder()
    {
        diagnosis::IgnoreRules ignore;
        ignore.add({}, "*.log\n");
        ignore.add(u"a/"_s, "/x\n!keep.log\n");
        QVERIFY(ignore.ignores(u"a/x"_s));
        QVERIFY(!ignore.ignores(u"x"_s));
        QVERIFY(!ignore.ignores(u"a/keep.log"_s));
        QVERIFY(ignore.ignores(u"keep.log"_s));
    }
    /// A damaged index says nothing rather than something wrong.
    void damagedIndex()
    {
        QByteArray index("DIRC\0\0\0\2\0\0\0\1", 12);
        index += QByteArray(60, '\0') + QByteArray("\0\4.env", 6) + QByteArray(6, '\0') + QByteArray(20, '\0');
        QCOMPARE(diagnosis::trackedPaths(index), QSet<QString> {u".env"_s});
        for (qsizetype size = 0; size < 12 + 62 + 4; ++size)
            QVERIFY2(!diagnosis::trackedPaths(index.first(size)), qPrintable(QString::number(size)));
        index[7] = 9;
        QVERIFY(!diagnosis::trackedPaths(index));
        QVERIFY(!diagnosis::trackedPaths("no index"));
    }
    void kinds_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("kind");
        const auto row = [](const char16_t* path, const char* text, FileKind kind) {
            QTest::addRow("%s %.12s", qPrintable(QString::fromUtf16(path)), text) << QString::fromUtf16(path) << QByteArray(text) << int(kind);
        };
        row(u"a/.env.production", "A=b", FileKind::Env);
        row(u"a/compose.yaml", "services:\n", FileKind::Compose);
        row(u"a/deploy.yaml", "apiVersion: v1\n", FileKind::Manifest);
        row(u"a/values.yaml", "a: b\n", FileKind::Source);
        row(u"a/other.yaml", "a: b\n", FileKind::Other);
        row(u".github/workflows/x.yml", "on: push\n", FileKind::Pipeline);
        row(u"azure-pipelines.yml", "trigger: none\n", FileKind::Pipeline);
        row(u"docker/Dockerfile.dev", "FROM x\n", FileKind::Dockerfile);
        row(u".dockerignore", ".env\n", FileKind::Ignore);
        row(u"src/appsettings.Production.json", "{}", FileKind::Settings);
        row(u"x.json", R"({"type": "external_account"})", FileKind::ExternalAccount);
        row(u"x.json", R"({"type": "service_account", "private_key": "x"})", FileKind::ServiceAccount);
        row(u"x.json", R"({"Statement": []})", FileKind::Policy);
        row(u"x.json", R"({"schema": "setup"})", FileKind::Other);
        row(u"home/.aws/credentials", "aws_access_key_id = x", FileKind::AwsCredentials);
        row(u"README.md", "text", FileKind::Other);
        row(u"a/main.go", "package main", FileKind::Source);
    }
    void kinds()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, text);
        QFETCH(int, kind);
        QCOMPARE(int(diagnosis::fileKind(path, text)), kind);
    }
    void placesComeBack()
    {
        const auto place = diagnosis::filePlace(diagnosis::placeInFile(u"C:/a:b/.env"_s, 12));
        QVERIFY(place);
        QCOMPARE(place->path, u"C:/a:b/.env"_s);
        QCOMPARE(place->line, 12);
        QVERIFY(!diagnosis::filePlace({.part = u"token:T1"_s}));
        QVERIFY(!diagnosis::filePlace({}));
    }
    /// Whatever file a secret stands in, and however: it is found, and it is not in what comes out.
    void secretsAreNeverEchoed_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("around");
        QTest::newRow("environment") << u".env"_s << QByteArray("CLIENT_SECRET=%1\n");
        QTest::newRow("compose") << u"compose.yml"_s << QByteArray("services:\n  a:\n    environment:\n      CLIENT_SECRET: %1\n");
        QTest::newRow("compose, flow style") << u"compose.yml"_s << QByteArray("services: {a: {environment: {CLIENT_SECRET: '%1'}}}\n");
        QTest::newRow("compose, by alias") << u"compose.yml"_s << QByteArray("x: &e {CLIENT_SECRET: \"%1\"}\nservices:\n  a: {environment: *e}\n  b:\n    environment:\n      <<: *e\n");
        QTest::newRow("compose, folded") << u"compose.yml"_s << QByteArray("services:\n  a:\n    environment:\n      CLIENT_SECRET: >-\n        %1\n");
        QTest::newRow("manifest, second document in flow style") << u"pod.yaml"_s << QByteArray("apiVersion: v1\n---\n{apiVersion: v1, kind: Secret, stringData: {clientSecret: %1}}\n");
        QTest::newRow("compose, in a command") << u"compose.yml"_s << QByteArray("services:\n  a:\n    command: run --secret %1\n");
        QTest::newRow("manifest") << u"pod.yaml"_s << QByteArray("apiVersion: v1\nkind: Secret\nstringData:\n  clientSecret: %1\n");
        QTest::newRow("values of a chart") << u"chart/values.yaml"_s << QByteArray("auth:\n  clientSecret: %1\n");
        QTest::newRow("pipeline, in a block") << u".gitlab-ci.yml"_s << QByteArray("job:\n  script: |\n    curl -d client_secret=%1 x\n");
        QTest::newRow("settings") << u"appsettings.json"_s << QByteArray("{\"AzureAd\": {\"ClientSecret\": \"%1\"}}");
        QTest::newRow("image") << u"Dockerfile"_s << QByteArray("FROM x\nENV CLIENT_SECRET=%1\n");
        QTest::newRow("code") << u"a.py"_s << QByteArray("x = \"%1\"\n");
        QTest::newRow("variables of Terraform") << u"prod.tfvars"_s << QByteArray("client_secret = \"%1\"\n");
    }
    void secretsAreNeverEchoed()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, around);
        const QByteArray secret = "abc8Q~" "Zy9xWvUtSrQpOnMlKjIhGfEdCbA0123456";
        const auto findings = diagnosis::lintFiles(diagnosis::SourceSet({{.path = path, .text = QByteArray(around).replace("%1", secret)}}));
        QVERIFY(!findings.isEmpty());
        for (const base::Finding& each : findings)
            QVERIFY(!QString(each.title + each.text + each.fix + each.place.claim + each.place.part).contains(QString::fromUtf8(secret)));
    }
    void aSecretOfTheClusterIsNoContainer()
    {
        const auto findings = diagnosis::lintFiles(diagnosis::SourceSet({{.path = u"pod.yaml"_s, .text = "apiVersion: v1\nkind: Secret\nstringData:\n  client_secret: abc8Q~" "Zy9xWvUtSrQpOnMlKjIhGfEdCbA0123456\n"}}));
        QVERIFY(std::ranges::none_of(findings, [](const base::Finding& f) { return f.rule == u"PAT-AGENT-KNOWS-CREDENTIAL"; }));
    }
    void loggedTokens_data() // RFC 6750, 5.3; a token that is handed on, masked or written into a file is not logged
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<bool>("logged");
        QTest::newRow("a part of it") << u"a.py"_s << QByteArray("print(\"token:\", token[:80])\n") << true;
        QTest::newRow("its length") << u"a.py"_s << QByteArray("print(len(token))\n") << false;
        QTest::newRow("another word") << u"a.py"_s << QByteArray("print(\"token\", tokenizer)\n") << false;
        QTest::newRow("echoed") << u"a.sh"_s << QByteArray("echo \"$ACCESS_TOKEN\"\n") << true;
        QTest::newRow("handed on") << u"a.sh"_s << QByteArray("echo \"$ACCESS_TOKEN\" | docker login --password-stdin\n") << false;
        QTest::newRow("masked") << u"a.sh"_s << QByteArray("echo \"::add-mask::$ACCESS_TOKEN\"\n") << false;
        QTest::newRow("kept") << u"a.sh"_s << QByteArray("echo \"$ACCESS_TOKEN\" > /run/token\n") << false;
    }
    void loggedTokens()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, line);
        const auto findings = diagnosis::lintFiles(diagnosis::SourceSet({{.path = path, .text = line}}));
        QTEST(std::ranges::any_of(findings, [](const base::Finding& f) { return f.rule == u"AUD-TOKEN-LOGGED"; }), "logged");
    }
    /// Nothing in a file makes a rule fall over; what is no text of its kind gives no finding or one with a place.
    void anyBytes()
    {
        const QByteArray odd[] {"", "\n", "=", "{", "{\"Statement\":[[[]]]}", "services:\n- a\n  b: [", QByteArray(100000, 'a'), "COPY\nADD \nENV\nARG\nENV =", "\xff\xfe", "FROM x\nCOPY [\"\"]\n"};
        for (const char16_t* path : {u".env", u"compose.yml", u"Dockerfile", u"a.py", u"appsettings.json", u"x.json", u".gitlab-ci.yml", u".dockerignore"})
            for (const QByteArray& text : odd)
                for (const base::Finding& each : diagnosis::lintFiles(diagnosis::SourceSet({{.path = QString::fromUtf16(path), .text = text}})))
                    QVERIFY(diagnosis::filePlace(each.place));
    }
};

QTEST_GUILESS_MAIN(SourceFilesTest)
#include "tst_sourcefiles.moc"
