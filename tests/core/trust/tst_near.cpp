// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "world.h"

#include "core/trust/compare.h"

#include <QTest>

using namespace Qt::StringLiterals;

/// Every kind of near miss: which it is, where it begins, and that values that merely differ have none.
class TestNear : public QObject
{
    Q_OBJECT

private slots:
    void namesTheKind_data();
    void namesTheKind();
    void saysItInASentence_data();
    void saysItInASentence();
    void differentIsNotNear_data();
    void differentIsNotNear();
    void fillsTheCheck();
    void aListShowsTheNearest();
};

namespace {

using trust::CompareHints;

CompareHints entra()
{
    return {.setup = &world::setup(), .receiver = u"Entra compares letter by letter."_s};
}

CompareHints issuers()
{
    CompareHints out = entra();
    out.issuer = true;
    return out;
}

CompareHints audiences(bool list)
{
    CompareHints out = entra();
    out.audience = true;
    out.list = list;
    out.azp = QString::fromLatin1(world::publicClient);
    return out;
}

const QString tid = u"6a2f0c1e-1111-4222-8333-0123456789ab"_s;
const QString v2 = u"https://login.microsoftonline.com/"_s + tid + u"/v2.0"_s;
const QString v1 = u"https://sts.windows.net/"_s + tid + u'/';

} // namespace

void TestNear::namesTheKind_data()
{
    QTest::addColumn<QString>("presented");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<CompareHints>("hints");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("at"); // -1: not looked at

    const QString oid = QString::fromLatin1(world::uamiObject), clientId = QString::fromLatin1(world::uamiClient);
    // entra.md 6.1, "Important considerations": all comparisons are case-sensitive.
    QTest::newRow("GUID in upper case") << oid << oid.toUpper() << entra() << u"case"_s << 1;
    QTest::newRow("GitHub branch in another case") << u"repo:Lab/demo:ref:refs/heads/main"_s << u"repo:lab/demo:ref:refs/heads/main"_s << entra() << u"case"_s << 5;
    // AKS issuers end with a slash (entra.md 6.4).
    QTest::newRow("slash missing in contract") << u"https://oidc.aks.example/t/"_s << u"https://oidc.aks.example/t"_s << issuers() << u"trailingSlash"_s << 26;
    QTest::newRow("slash missing in token") << u"https://gitlab.com"_s << u"https://gitlab.com/"_s << issuers() << u"trailingSlash"_s << 18;
    QTest::newRow("slash and case") << u"https://gitlab.com"_s << u"https://GitLab.com/"_s << issuers() << u"trailingSlash"_s << -1;
    QTest::newRow("two slashes") << u"https://vault.azure.net//.default"_s << u"https://vault.azure.net/.default"_s << entra() << u"doubleSlash"_s << 24;
    // "leading/trailing white space blocks the exchange" (entra.md 6.1).
    QTest::newRow("blank at the end") << u"api://AzureADTokenExchange"_s << u"api://AzureADTokenExchange "_s << entra() << u"whitespace"_s << 26;
    QTest::newRow("line break at the end") << u"system:serviceaccount:ns:sa"_s << u"system:serviceaccount:ns:sa\n"_s << entra() << u"whitespace"_s << 27;
    QTest::newRow("no-break space inside") << u"a b"_s << u"a\u00a0b"_s << entra() << QString() << -1;
    QTest::newRow("blank at the beginning") << u"https://gitlab.com"_s << u" https://gitlab.com"_s << issuers() << u"whitespace"_s << 0;
    QTest::newRow("percent signs") << u"project_path:toys/über"_s << u"project_path:toys/%C3%BCber"_s << entra() << u"encoding"_s << 18;
    QTest::newRow("other Unicode form") << u"caf\u00e9"_s << u"cafe\u0301"_s << entra() << u"encoding"_s << 3;
    QTest::newRow("Cyrillic a") << u"repo:acme/api"_s << u"repo:\u0430cme/api"_s << entra() << u"lookalike"_s << 5;
    QTest::newRow("Greek omicron") << u"repo:acme/tool"_s << u"repo:acme/t\u03bfol"_s << entra() << u"lookalike"_s << 11;
    QTest::newRow("fullwidth colon") << u"system:sa"_s << u"system\uff1asa"_s << entra() << u"lookalike"_s << 6;
    QTest::newRow("zero-width space") << u"repo:acme/api"_s << u"repo:acme/\u200bapi"_s << entra() << u"lookalike"_s << 10;
    QTest::newRow("en dash") << u"build-prod"_s << u"build\u2013prod"_s << entra() << u"lookalike"_s << 5;
    QTest::newRow("http for https") << u"https://gitlab.com"_s << u"http://gitlab.com"_s << issuers() << u"scheme"_s << 4;
    QTest::newRow("no scheme") << u"https://gitlab.com"_s << u"gitlab.com"_s << issuers() << u"scheme"_s << 0;
    QTest::newRow("port written out") << u"https://op.example/x"_s << u"https://op.example:443/x"_s << issuers() << u"port"_s << 18;
    // The Console wizard's issuer selector defaults to v1 (downstream.md 1.7).
    QTest::newRow("v2 token, v1 contract") << v2 << v1 << issuers() << u"v1v2Issuer"_s << 8;
    QTest::newRow("v1 token, v2 contract") << v1 << v2 << issuers() << u"v1v2Issuer"_s << 8;
    QTest::newRow("version left out") << v2 << u"https://login.microsoftonline.com/"_s + tid << issuers() << u"v1v2Issuer"_s << -1;
    QTest::newRow("other tenant") << v2 << QString(v2).replace(tid, QString::fromLatin1(world::otherTenantId)) << issuers() << u"wrongTenant"_s << -1;
    QTest::newRow("other tenant, v1") << v1 << QString(v1).replace(tid, QString::fromLatin1(world::otherTenantId)) << issuers() << u"wrongTenant"_s << -1;
    // entra.md 1.5
    QTest::newRow("exchange audience of US Government") << u"api://AzureADTokenExchange"_s << u"api://AzureADTokenExchangeUSGov"_s << entra() << u"cloudVariant"_s << 26;
    QTest::newRow("login host of China") << v2 << QString(v2).replace(u"login.microsoftonline.com"_s, u"login.partner.microsoftonline.cn"_s) << issuers() << u"cloudVariant"_s << -1;
    QTest::newRow("alias of the login host") << v2 << QString(v2).replace(u"login.microsoftonline.com"_s, u"login.windows.net"_s) << issuers() << u"cloudVariant"_s << -1;
    // entra.md 5.7: the token carries the GUID, the request named the URI.
    QTest::newRow("exchange GUID, contract has the URI") << QString::fromLatin1(world::exchangeGuid) << u"api://AzureADTokenExchange"_s << audiences(false) << u"guidUriTwin"_s << -1;
    QTest::newRow("the same in a list") << QString::fromLatin1(world::exchangeGuid) << u"api://AzureADTokenExchange"_s << audiences(true) << u"oneOfTwo"_s << -1;
    QTest::newRow("identifier URI of the setup") << QString::fromLatin1(world::webApi) << u"api://lab-web-api"_s << audiences(false) << u"guidUriTwin"_s << -1;
    QTest::newRow("api:// and client id, without setup") << u"0b7d2c11-5c1e-4a52-9d63-7e0f4b8a2d19"_s << u"api://0b7d2c11-5c1e-4a52-9d63-7e0f4b8a2d19"_s << CompareHints {} << u"guidUriTwin"_s << -1;
    QTest::newRow("Graph") << u"https://graph.microsoft.com"_s << u"00000003-0000-0000-c000-000000000000"_s << audiences(true) << u"oneOfTwo"_s << -1;
    // contract-files.md: the kind says what stands in the contract for what belongs there.
    QTest::newRow("client id in the contract") << oid << clientId << entra() << u"clientIdForObjectId"_s << -1;
    QTest::newRow("object id in the contract") << clientId << oid << entra() << u"objectIdForClientId"_s << -1;
    CompareHints fromToken {.azp = clientId, .oid = oid};
    QTest::newRow("client id, known from the token alone") << oid << clientId << fromToken << u"clientIdForObjectId"_s << -1;
    QTest::newRow("caller in the audience list") << u"api://other"_s << QString::fromLatin1(world::publicClient) << audiences(true) << u"azpNotAud"_s << -1;
    // "no wildcards outside expressions" (entra.md 6.1)
    QTest::newRow("star") << u"repo:lab/demo:ref:refs/heads/main"_s << u"repo:lab/demo:*"_s << entra() << u"wildcardLiteral"_s << 14;
    QTest::newRow("question mark") << u"pool-1"_s << u"pool-?"_s << entra() << u"wildcardLiteral"_s << 5;
    // entra.md 6.4, GitHub immutable subjects
    QTest::newRow("numeric ids in the token") << u"repo:octo@123/app@456:ref:refs/heads/main"_s << u"repo:octo/app:ref:refs/heads/main"_s << entra() << u"immutableSubject"_s << 9;
    QTest::newRow("numeric ids in the contract") << u"repo:octo/app:environment:prod"_s << u"repo:octo@123/app@456:environment:prod"_s << entra() << u"immutableSubject"_s << 9;
    QTest::newRow("beginning only") << u"repo:lab/demo:ref:refs/heads/main"_s << u"repo:lab/demo"_s << entra() << u"prefixOnly"_s << 13;
    QTest::newRow("beginning only, in the token") << u"repo:lab/demo"_s << u"repo:lab/demo:environment:prod"_s << entra() << u"prefixOnly"_s << 13;
}

void TestNear::namesTheKind()
{
    QFETCH(QString, presented);
    QFETCH(QString, expected);
    QFETCH(CompareHints, hints);
    QFETCH(QString, kind);
    QFETCH(int, at);
    const auto near = trust::nearMiss(presented, expected, hints);
    if (kind.isEmpty())
        return;
    QVERIFY2(near, qPrintable(presented + u" / " + expected));
    QCOMPARE(base::nearName(near->kind), kind);
    if (at >= 0)
        QCOMPARE(near->at.value_or(-1), qsizetype(at));
    QVERIFY(near->text.endsWith(u'.'));
    QVERIFY2(!near->text.contains(u'%'), qPrintable(near->text));
}

void TestNear::saysItInASentence_data()
{
    QTest::addColumn<QString>("presented");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<CompareHints>("hints");
    QTest::addColumn<QString>("text");
    const QString oid = QString::fromLatin1(world::uamiObject);
    QTest::newRow("case") << oid << oid.toUpper() << entra() << u"Same 36 characters, 15 differ in case. Entra compares letter by letter."_s;
    QTest::newRow("one letter") << u"Main"_s << u"main"_s << entra() << u"Same 4 characters, 1 differs in case. Entra compares letter by letter."_s;
    QTest::newRow("slash") << u"https://a.example/"_s << u"https://a.example"_s << issuers() << u"The token ends with a slash, the credential does not."_s;
    QTest::newRow("client id") << oid << QString::fromLatin1(world::uamiClient) << entra()
        << u"This is the client id of the managed identity mi-agents. The credential needs its object id."_s;
    QTest::newRow("lookalike") << u"repo:acme/api"_s << u"repo:\u0430cme/api"_s << entra()
        << u"The credential holds a Cyrillic \"\u0430\" (U+0430) at place 6. It looks like a Latin \"a\"."_s;
    QTest::newRow("wildcard") << u"repo:lab/demo:main"_s << u"repo:lab/demo:*"_s << entra() << u"`*` has no meaning here. It is taken as a letter."_s;
    QTest::newRow("blank") << u"abc"_s << u"abc "_s << entra() << u"The credential has a blank at its end that the token does not have."_s;
    QTest::newRow("prefix") << u"system:serviceaccount"_s << u"system"_s << entra()
        << u"The credential has only the first 6 of 21 characters. The whole is compared."_s;
}

void TestNear::saysItInASentence()
{
    QFETCH(QString, presented);
    QFETCH(QString, expected);
    QFETCH(CompareHints, hints);
    QFETCH(QString, text);
    const auto near = trust::nearMiss(presented, expected, hints);
    QVERIFY(near);
    QCOMPARE(near->text, text);
}

void TestNear::differentIsNotNear_data()
{
    QTest::addColumn<QString>("presented");
    QTest::addColumn<QString>("expected");
    QTest::newRow("two GUIDs") << u"11111111-1111-4111-8111-111111111111"_s << u"22222222-2222-4222-8222-222222222222"_s;
    QTest::newRow("two repositories") << u"repo:lab/demo:ref:refs/heads/main"_s << u"repo:lab/other:ref:refs/heads/main"_s;
    QTest::newRow("two hosts") << u"https://a.example"_s << u"https://b.example"_s;
    QTest::newRow("empty presented") << QString() << u"x"_s;
    QTest::newRow("empty expected") << u"x"_s << QString();
    QTest::newRow("a short beginning") << u"abcdef"_s << u"abc"_s;
    QTest::newRow("a wildcard that does not fit") << u"repo:lab/demo:x"_s << u"repo:other/*"_s;
    QTest::newRow("blanks only") << u" "_s << u"  "_s;
}

void TestNear::differentIsNotNear()
{
    QFETCH(QString, presented);
    QFETCH(QString, expected);
    const auto near = trust::nearMiss(presented, expected, entra());
    QVERIFY2(!near, near ? qPrintable(near->text) : "");
}

void TestNear::fillsTheCheck()
{
    const base::Check given {.id = u"subject"_s, .title = u"Subject"_s, .fixPointer = u"/apps/0/credentials/0/subject"_s};
    const base::Check failed = trust::compared(given, u"Main"_s, u"main"_s, entra());
    QCOMPARE(failed.outcome, base::Outcome::Fail);
    QCOMPARE(failed.presented, u"Main"_s);
    QCOMPARE(failed.expected, u"main"_s);
    QCOMPARE(failed.fixValue, u"Main"_s);
    QCOMPARE(failed.fixPointer, given.fixPointer);
    QCOMPARE(failed.fix, u"Write it in the credential exactly as the token carries it."_s);
    QVERIFY(failed.near);
    const base::Check passed = trust::compared(given, u"main"_s, u"main"_s, entra());
    QCOMPARE(passed.outcome, base::Outcome::Pass);
    QCOMPARE(passed.relation, u"equal"_s);
    QVERIFY(passed.fix.isEmpty() && passed.fixValue.isEmpty() && !passed.near);
    QCOMPARE(passed.fixPointer, given.fixPointer); // the field can be edited all the same
}

void TestNear::aListShowsTheNearest()
{
    const QStringList list {u"api://unrelated"_s, u"api://lab-web-api/"_s, u"api://lab"_s};
    const base::Check failed = trust::comparedWithAny({}, {u"api://lab-web-api"_s}, list, entra());
    QCOMPARE(failed.expected, u"api://lab-web-api/"_s);
    QCOMPARE(base::nearName(failed.near->kind), u"trailingSlash"_s);
    const base::Check passed = trust::comparedWithAny({}, {u"x"_s, u"api://lab"_s}, list, entra());
    QCOMPARE(passed.outcome, base::Outcome::Pass);
    QCOMPARE(passed.presented, u"api://lab"_s);
    QCOMPARE(trust::comparedWithAny({}, {u"x"_s}, {}, entra()).outcome, base::Outcome::Fail);
    QCOMPARE(trust::comparedWithAny({}, {}, list, entra()).outcome, base::Outcome::Fail);
}

QTEST_GUILESS_MAIN(TestNear)
#include "tst_near.moc"
