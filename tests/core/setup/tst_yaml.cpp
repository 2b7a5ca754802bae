// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/setup/yaml.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using setup::YamlNode;

namespace {

QJsonArray cases()
{
    QFile file(QStringLiteral(TESTS_DIR "/data/yaml/cases.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll())[u"cases"].toArray() : QJsonArray();
}

QStringList texts(const QJsonValue& list)
{
    QStringList out;
    for (const QJsonValue& each : list.toArray())
        out.append(each.toString());
    return out;
}

/// "services.api.ports.0=80" for every scalar.
void flatten(const QList<YamlNode>& nodes, const QString& path, QStringList& out)
{
    for (qsizetype i = 0; i < nodes.size(); ++i) {
        const QString name = path + (nodes[i].item ? QString::number(i) : nodes[i].key);
        if (nodes[i].children.isEmpty())
            out.append(name + u'=' + nodes[i].value);
        else
            flatten(nodes[i].children, name + u'.', out);
    }
}

int deepestLine(const QList<YamlNode>& nodes)
{
    int line = 0;
    for (const YamlNode& each : nodes)
        line = std::max({line, each.line, deepestLine(each.children)});
    return line;
}

} // namespace

class TestYaml : public QObject
{
    Q_OBJECT

private slots:
    void reads_data()
    {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QStringList>("tree");
        QTest::addColumn<QStringList>("notRead");
        for (const QJsonValue& each : cases())
            QTest::newRow(qPrintable(each[u"name"].toString())) << each[u"yaml"].toString() << texts(each[u"tree"]) << texts(each[u"notRead"]);
    }
    void reads()
    {
        QFETCH(QString, yaml);
        QStringList notRead, tree;
        const YamlNode root = setup::readYaml(yaml.toUtf8(), notRead);
        flatten(root.children, {}, tree);
        QTEST(tree, "tree");
        QTEST(notRead, "notRead");
        QVERIFY(deepestLine(root.children) <= yaml.count(u'\n') + 1);
    }

    void linesAreThoseOfTheText()
    {
        QStringList notRead;
        const YamlNode root = setup::readYaml("a:\n  - x: {b: 1,\n       c: 2}\n    d: |\n      e\nf: 3\n", notRead);
        QCOMPARE(root.child(u"a")->children[0].child(u"x")->child(u"c")->line, 3);
        QCOMPARE(root.child(u"a")->children[0].child(u"d")->line, 4);
        QCOMPARE(root.child(u"f")->line, 6);
    }

    /// Aliases of aliases and brackets without end: bounded, and said.
    void isBounded_data()
    {
        QTest::addColumn<QByteArray>("text");
        QByteArray laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
        for (int i = 1; i < 12; ++i)
            laughs += QByteArray("a%2: &a%2 [*a%1, *a%1, *a%1, *a%1, *a%1, *a%1, *a%1, *a%1]\n").replace("%1", QByteArray::number(i - 1)).replace("%2", QByteArray::number(i));
        QTest::newRow("aliases of aliases") << laughs;
        QTest::newRow("brackets") << QByteArray("a: ") + QByteArray(50000, '[');
        QTest::newRow("braces") << QByteArray("a: ") + QByteArray(50000, '{');
        QTest::newRow("dashes") << QByteArray("- ").repeated(20000);
        QByteArray deep;
        for (int i = 0; i < 2000; ++i)
            deep += QByteArray(i, ' ') + "a:\n";
        QTest::newRow("indents") << deep;
    }
    void isBounded()
    {
        QFETCH(QByteArray, text);
        QStringList notRead;
        setup::readYaml(text, notRead);
        QVERIFY(!notRead.isEmpty());
    }

    /// Any text ends: pieces of YAML in any order.
    void anythingEnds()
    {
        static constexpr const char* pieces[] {"a", ": ", "- ", "\n", "  ", "[", "]", "{", "}", ",", "\"", "'", "|", ">", "&x ", "*x ", "!t ", "#", " ", "---\n", "? ", "\t", "<<", ":\n"};
        QRandomGenerator random(1);
        for (int i = 0; i < 20000; ++i) {
            QByteArray text;
            for (int j = 0; j < 24; ++j)
                text += pieces[random.bounded(int(std::size(pieces)))];
            QStringList notRead;
            setup::readYaml(text, notRead);
        }
    }
};

QTEST_APPLESS_MAIN(TestYaml)
#include "tst_yaml.moc"
