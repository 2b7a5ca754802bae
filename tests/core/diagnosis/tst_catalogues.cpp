// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/errorcatalogue.h"
#include "core/diagnosis/rules.h"
#include "core/http/redact.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

class CataloguesTest : public QObject
{
    Q_OBJECT

private slots:
    void rulesAreComplete();
    void errorsAreComplete();
    void lookup_data();
    void lookup();
    void wordsArePlain();
    void nothingIsHidden();
};

void CataloguesTest::rulesAreComplete()
{
    static const QRegularExpression form(u"^(AUD|DEL|ID|NET|PAT|RUN|SAAS|SEC|TOK|TR|WL|X)-[A-Z0-9]+(-[A-Z0-9]+)*$"_s);
    QSet<QString> ids;
    for (const diagnosis::Rule* rule : diagnosis::rules()) {
        const QString id = QString::fromLatin1(rule->id);
        QVERIFY2(form.match(id).hasMatch(), rule->id);
        QVERIFY2(!ids.contains(id), rule->id);
        ids.insert(id);
        for (const char* text : {rule->title, rule->why, rule->fix, rule->source})
            QVERIFY2(text && *text, rule->id);
        QCOMPARE(diagnosis::rule(id), rule);
    }
    QCOMPARE(ids.size(), diagnosis::ruleCount());
    QVERIFY(!diagnosis::rule(u"NO-SUCH-RULE"));
}

void CataloguesTest::errorsAreComplete()
{
    QSet<QString> codes;
    QVERIFY(diagnosis::errorEntries().size() > 100);
    for (const diagnosis::ErrorEntry& entry : diagnosis::errorEntries()) {
        QVERIFY2(!codes.contains(entry.code.toLower()), qPrintable(entry.code));
        codes.insert(entry.code.toLower());
        QVERIFY2(!entry.vendor.isEmpty() && !entry.meaning.isEmpty() && !entry.fix.isEmpty()
                && !entry.source.isEmpty(),
            qPrintable(entry.code));
        QVERIFY2(!entry.causes.isEmpty(), qPrintable(entry.code));
        QVERIFY2((QStringList {u"documented"_s, u"observed"_s, u"unconfirmed"_s}).contains(entry.certainty),
            qPrintable(entry.code));
        QVERIFY2(entry.rule.isEmpty() || diagnosis::rule(entry.rule), qPrintable(entry.rule));
    }
}

void CataloguesTest::lookup_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("code");
    QTest::newRow("as written") << u"AADSTS7002138"_s << u"AADSTS7002138"_s;
    QTest::newRow("the number alone") << u"7002138"_s << u"AADSTS7002138"_s;
    QTest::newRow("vendor type") << u"authentication_error"_s << u"authentication_error"_s;
    QTest::newRow("OAuth") << u"invalid_client"_s << u"invalid_client"_s;
    QTest::newRow("a beginning is not enough") << u"AADSTS700213"_s << u"AADSTS700213"_s;
    QTest::newRow("unknown") << u"AADSTS1"_s << QString();
    QTest::newRow("nothing") << QString() << QString();
}

void CataloguesTest::lookup()
{
    QFETCH(QString, asked);
    QFETCH(QString, code);
    const diagnosis::ErrorEntry* entry = diagnosis::errorEntry(asked);
    QCOMPARE(entry ? entry->code : QString(), code);
}

void CataloguesTest::wordsArePlain()
{
    static const QRegularExpression banned(
        u"\\b(please|sorry|oops|simply)\\b|!"_s, QRegularExpression::CaseInsensitiveOption);
    for (const diagnosis::ErrorEntry& entry : diagnosis::errorEntries())
        QVERIFY2(!banned.match(entry.meaning + entry.fix + entry.causes.join(u' ')).hasMatch(),
            qPrintable(entry.code));
    for (const diagnosis::Rule* rule : diagnosis::rules())
        for (const char* text : {rule->title, rule->why, rule->fix})
            QVERIFY2(!banned.match(QString::fromUtf8(text)).hasMatch(), rule->id);
}

/// What is said about an error goes through the same hands as what was pasted.
void CataloguesTest::nothingIsHidden()
{
    for (const diagnosis::ErrorEntry& entry : diagnosis::errorEntries())
        for (const diagnosis::ErrorEntry& each : QList<diagnosis::ErrorEntry> {entry} + entry.variants)
            for (const QString& text : QStringList {each.code, each.meaning, each.fix} + each.causes + each.ask)
                QCOMPARE(http::redactedText(text), text);
}

QTEST_GUILESS_MAIN(CataloguesTest)
#include "tst_catalogues.moc"
