// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "chains.h"

#include "ui/graph/chainlayout.h"
#include "ui/graph/chainpaint.h"
#include "ui/graph/chainscene.h"
#include "ui/graph/chainstops.h"
#include "ui/graph/chainview.h"
#include "ui/theme.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct Piece
{
    QString name;
    QRectF rect;
};

QRectF around(const QPointF& gate) { return {gate.x() - gateRadius, gate.y() - gateRadius, 2 * gateRadius, 2 * gateRadius}; }

QList<Piece> piecesOf(const ChainLayout& layout, const chain::Chain& chain)
{
    QList<Piece> pieces;
    const auto add = [&](const QString& name, const QRectF& rect) {
        if (!rect.isEmpty())
            pieces.append({name, rect});
    };
    for (const auto& node : layout.nodes)
        add(u"node "_s + chain.parties[node.party].id, node.rect);
    for (const auto& post : layout.posts) {
        const QString id = chain.links[post.link].id;
        add(u"chip "_s + id, post.chip);
        add(u"text "_s + id, post.text);
        add(u"gate "_s + id, around(post.gate));
    }
    for (const auto& plate : layout.plates) {
        const QString id = chain.roots[plate.root].party;
        add(u"plate "_s + id, plate.rect);
        add(u"plate label "_s + id, plate.label);
        add(u"plate gate "_s + id, around(plate.gate));
    }
    for (const auto& ask : layout.asks)
        add(u"ask "_s + chain.links[ask.link].id, ask.label);
    for (const auto& audit : layout.audits)
        add(u"audit "_s + QString::number(audit.principal), audit.rect);
    return pieces;
}

ChainLayout laidOut(const chain::Chain& chain, ChainForm form = ChainForm::Full, qreal width = 0)
{
    return layoutOf(chain, {.form = form, .width = width, .textWidth = chainpaint::textWidth});
}

QString geometryText(const ChainLayout& layout, const chain::Chain& chain)
{
    QString text;
    QDebug out(&text);
    for (const Piece& piece : piecesOf(layout, chain))
        out << piece.name << piece.rect;
    for (const auto& post : layout.posts)
        out << post.path;
    out << layout.borders << layout.size;
    return text;
}

bool runsThrough(const QPolygonF& path, const QRectF& rect)
{
    const QRectF inside = rect.adjusted(2, 2, -2, -2);
    for (qsizetype i = 1; i < path.size(); ++i) {
        const QRectF segment = QRectF(path[i - 1], path[i]).normalized().adjusted(-0.5, -0.5, 0.5, 0.5);
        if (segment.intersects(inside))
            return true;
    }
    return false;
}

const ChainLayout::Node* nodeOf(const ChainLayout& layout, const chain::Chain& chain, const QString& id)
{
    const auto it = std::ranges::find_if(layout.nodes, [&](const auto& node) { return chain.parties[node.party].id == id; });
    return it == layout.nodes.end() ? nullptr : &*it;
}

} // namespace

class TestGraph : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { theme::install(theme::Appearance::Light); }

    void nothingOverlaps_data() { addShapes(); }
    void nothingOverlaps();
    void linksKeepClearOfNodes_data() { addShapes(); }
    void linksKeepClearOfNodes();
    void bordersStandAtGates_data() { addShapes(); }
    void bordersStandAtGates();
    void sameChainSamePicture_data() { addShapes(); }
    void sameChainSamePicture();
    void stateMovesNothing();
    void addingAStepReordersNothing();
    void gapsGrowIntoTheWidth();
    void patternsShareTheirColumns();
    void compactLeavesRemarksOut();
    void laneTitles();
    void keysGoAlongTheChain();
    void placesFindTheirStops_data();
    void placesFindTheirStops();
    void evidenceIsAtHomeWhereItWasIssued();
    void choosingAPartyKeepsTheStep();
    void enterOpens();
    void clickSelects();
    void emptyChainIsNoTrouble();
    void textFromOutsideIsMadeVisible();

private:
    void addShapes();
};

void TestGraph::addShapes()
{
    QTest::addColumn<chain::Chain>("chain");
    QTest::addColumn<ChainForm>("form");
    QTest::addColumn<qreal>("width");
    const QList<std::pair<QByteArray, chain::Chain>> all {
        {"federated", chains::federated()}, {"walked", chains::federated(true)}, {"refused", chains::refused()}, {"secret", chains::secret()},
        {"for a user", chains::forUser()}, {"patterns", chains::patterns()}, {"row of 2", chains::row(2)}, {"row of 7", chains::row(7)}};
    const QList<std::pair<QByteArray, ChainForm>> forms {{"full", ChainForm::Full}, {"short", ChainForm::Short}, {"compact", ChainForm::Compact}};
    for (const auto& [name, chain] : all)
        for (const auto& [formName, form] : forms)
            for (const int width : {0, 520, 908, 1600})
                QTest::addRow("%s %s %d", name.constData(), formName.constData(), width) << chain << form << qreal(width);
}

void TestGraph::nothingOverlaps()
{
    QFETCH(chain::Chain, chain);
    QFETCH(ChainForm, form);
    QFETCH(qreal, width);
    const ChainLayout layout = laidOut(chain, form, width);
    const QList<Piece> pieces = piecesOf(layout, chain);
    const QRectF all(QPointF(), layout.size);
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        QVERIFY2(all.adjusted(-0.1, -0.1, 0.1, 0.1).contains(pieces[i].rect), qPrintable(pieces[i].name + u" is outside"_s));
        for (qsizetype j = 0; j < i; ++j)
            QVERIFY2(!pieces[i].rect.adjusted(0.1, 0.1, -0.1, -0.1).intersects(pieces[j].rect),
                     qPrintable(pieces[i].name + u" meets "_s + pieces[j].name));
    }
}

void TestGraph::linksKeepClearOfNodes()
{
    QFETCH(chain::Chain, chain);
    QFETCH(ChainForm, form);
    QFETCH(qreal, width);
    const ChainLayout layout = laidOut(chain, form, width);
    for (const auto& post : layout.posts) {
        for (const auto& node : layout.nodes)
            QVERIFY2(!runsThrough(post.path, node.rect), qPrintable(chain.links[post.link].id + u" runs through "_s + chain.parties[node.party].id));
        for (const auto& other : layout.posts)
            for (const QRectF& rect : {other.chip, other.text})
                QVERIFY2(rect.isEmpty() || !runsThrough(post.path, rect), qPrintable(chain.links[post.link].id + u" crosses the post of "_s + chain.links[other.link].id));
    }
}

void TestGraph::bordersStandAtGates()
{
    QFETCH(chain::Chain, chain);
    QFETCH(ChainForm, form);
    QFETCH(qreal, width);
    const ChainLayout layout = laidOut(chain, form, width);
    for (qsizetype lane = 1; lane < layout.lanes.size(); ++lane) {
        const qreal x = layout.lanes[lane].left;
        QCOMPARE(layout.lanes[lane - 1].right, x);
        const bool atGate = std::ranges::any_of(layout.posts, [&](const auto& post) { return post.onBorder && qAbs(post.gate.x() - x) < 0.5; });
        const bool atPlate = std::ranges::any_of(layout.plates, [&](const auto& plate) { return qAbs(plate.gate.x() - x) < 0.5; });
        QVERIFY2(atGate || atPlate, "a trust border without a gate");
    }
    for (const QLineF& border : layout.borders)
        for (const Piece& piece : piecesOf(layout, chain))
            QVERIFY2(!runsThrough(QPolygonF {border.p1(), border.p2()}, piece.rect), qPrintable(u"a border runs through "_s + piece.name));
}

void TestGraph::sameChainSamePicture()
{
    QFETCH(chain::Chain, chain);
    QFETCH(ChainForm, form);
    QFETCH(qreal, width);
    QCOMPARE(geometryText(laidOut(chain, form, width), chain), geometryText(laidOut(chain, form, width), chain));
}

void TestGraph::stateMovesNothing()
{
    for (const ChainForm form : {ChainForm::Full, ChainForm::Short, ChainForm::Compact}) {
        const QString before = geometryText(laidOut(chains::federated(), form), chains::federated());
        QCOMPARE(geometryText(laidOut(chains::federated(true), form), chains::federated(true)), before);
        QCOMPARE(geometryText(laidOut(chains::refused(), form), chains::refused()), before);
    }
}

void TestGraph::addingAStepReordersNothing()
{
    for (int count = 2; count < 8; ++count) {
        const chain::Chain small = chains::row(count);
        const chain::Chain large = chains::row(count + 1);
        const ChainLayout before = laidOut(small);
        const ChainLayout after = laidOut(large);
        for (int i = 0; i < count; ++i)
            QCOMPARE(nodeOf(after, large, u"p%1"_s.arg(i))->rect, nodeOf(before, small, u"p%1"_s.arg(i))->rect);
        QVERIFY(nodeOf(after, large, u"p%1"_s.arg(count))->rect.left() > nodeOf(after, large, u"p%1"_s.arg(count - 1))->rect.right());
    }
}

void TestGraph::gapsGrowIntoTheWidth()
{
    const chain::Chain chain = chains::federated();
    const qreal natural = laidOut(chain).size.width();
    const ChainLayout wide = laidOut(chain, ChainForm::Full, natural + 90);
    QCOMPARE(wide.size.width(), natural + 90);
    QCOMPARE(wide.nodes[0].rect.size(), QSizeF(150, 64));
    QCOMPARE(laidOut(chain, ChainForm::Full, natural + 5000).nodes[0].rect.size(), QSizeF(150, 64));
}

void TestGraph::patternsShareTheirColumns()
{
    const chain::Chain chain = chains::patterns();
    for (const ChainForm form : {ChainForm::Full, ChainForm::Short, ChainForm::Compact}) {
        const ChainLayout layout = laidOut(chain, form);
        for (const QString& name : {u"blueprint"_s, u"agent"_s, u"anthropic"_s})
            QCOMPARE(nodeOf(layout, chain, u"A/"_s + name)->rect.left(), nodeOf(layout, chain, u"B/"_s + name)->rect.left());
        QCOMPARE(layout.bands.size(), 2);
        QCOMPARE(layout.bands[0].title, u"A. Secret on disk"_s);
        QVERIFY(layout.bands[0].bottom <= layout.bands[1].top);
    }
}

void TestGraph::compactLeavesRemarksOut()
{
    const chain::Chain chain = chains::federated();
    const ChainLayout layout = laidOut(chain, ChainForm::Compact);
    QVERIFY(!nodeOf(layout, chain, u"anthropic-api"_s));
    QVERIFY(nodeOf(layout, chain, u"anthropic"_s));
    QCOMPARE(layout.plates.size(), 1);
    QCOMPARE(layout.plates[0].rect.size(), QSizeF(36, 36));
    QVERIFY(layout.size.height() <= 104);
    // Narrow panes take it from the nodes, not from the letters.
    QVERIFY(laidOut(chain, ChainForm::Compact, 700).size.width() <= 700);
}

void TestGraph::laneTitles()
{
    QCOMPARE(laneTitle(chains::federated(), chain::Lane::People), u"Runtime"_s);
    QCOMPARE(laneTitle(chains::forUser(), chain::Lane::People), u"People and runtime"_s);
    chain::Chain people = chains::forUser();
    people.parties.removeIf([](const chain::ChainParty& p) { return p.kind == flow::PartyKind::ManagedIdentity; });
    QCOMPARE(laneTitle(people, chain::Lane::People), u"People"_s);
    QCOMPARE(laneTitle(people, chain::Lane::Entra), u"Microsoft Entra"_s);
    chain::Chain foreign;
    foreign.parties = {{.id = u"/shop"_s, .kind = flow::PartyKind::Issuer, .title = u"login.example"_s, .lane = chain::Lane::Entra, .pointer = u"/providers/0"_s}};
    QCOMPARE(laneTitle(foreign, chain::Lane::Entra), u"OpenID issuer"_s);
    chain::Chain third;
    third.parties = {{.id = u"/sign-in-page"_s, .kind = flow::PartyKind::Issuer, .title = u"Sign-in page"_s, .word = u"GitHub authorize"_s, .lane = chain::Lane::Entra}};
    QCOMPARE(laneTitle(third, chain::Lane::Entra), u"Authorization server"_s);
    foreign.parties.append(people.parties);
    QCOMPARE(laneTitle(foreign, chain::Lane::Entra), u"OpenID issuer"_s);
}

void TestGraph::keysGoAlongTheChain()
{
    const chain::Chain chain = chains::federated();
    const ChainLayout layout = laidOut(chain);
    const QList<ChainStop> stops = stopsOf(chain, layout, chains::now());
    int at = stopAt(stops, chain, {.part = u"party:uami"_s});
    QVERIFY(at >= 0);
    QStringList way;
    for (int next = at; next >= 0; next = stopToward(stops, at, Qt::Key_Right)) {
        at = next;
        way.append(stops[at].place.part);
    }
    QCOMPARE(way.join(u' '), u"party:uami link:exchange-as-blueprint party:blueprint link:token-as-agent party:agent "
                             "link:exchange-at-anthropic party:anthropic"_s);
    const int gate = stopAt(stops, chain, {.step = u"token-as-agent"_s, .part = u"link:token-as-agent"_s});
    QCOMPARE(stops[stopToward(stops, gate, Qt::Key_Up)].kind, ChainStop::Kind::Evidence);
    QCOMPARE(stops[stopToward(stops, gate, Qt::Key_Down)].kind, ChainStop::Kind::Contract);
    QCOMPARE(stopToward(stops, stopToward(stops, gate, Qt::Key_Up), Qt::Key_Down), gate);
    const int agent = stopAt(stops, chain, {.part = u"party:agent"_s});
    QCOMPARE(stops[stopToward(stops, agent, Qt::Key_Down)].place.part, u"party:anthropic-api"_s);
}

void TestGraph::placesFindTheirStops_data()
{
    QTest::addColumn<base::Place>("place");
    QTest::addColumn<QString>("part");
    QTest::newRow("step alone") << base::Place {.step = u"token-as-agent"_s} << u"link:token-as-agent"_s;
    QTest::newRow("another part of it") << base::Place {.step = u"token-as-agent"_s, .part = u"response"_s} << u"link:token-as-agent"_s;
    QTest::newRow("step of a root") << base::Place {.step = u"managed-identity"_s} << u"link:managed-identity"_s;
    QTest::newRow("evidence") << base::Place {.step = u"token-as-agent"_s, .part = u"token:T2"_s} << u"token:T2"_s;
    QTest::newRow("claim of it") << base::Place {.step = u"token-as-agent"_s, .part = u"token:T2"_s, .claim = u"aud"_s} << u"link:token-as-agent"_s;
    QTest::newRow("party") << base::Place {.step = u"token-as-agent"_s, .part = u"party:agent"_s} << u"party:agent"_s;
    QTest::newRow("unknown") << base::Place {.step = u"nowhere"_s} << QString();
}

void TestGraph::placesFindTheirStops()
{
    QFETCH(base::Place, place);
    QFETCH(QString, part);
    const chain::Chain chain = chains::federated();
    const QList<ChainStop> stops = stopsOf(chain, laidOut(chain), chains::now());
    const int at = stopAt(stops, chain, place);
    QCOMPARE(at < 0 ? QString() : stops[at].place.part, part);
}

void TestGraph::evidenceIsAtHomeWhereItWasIssued()
{
    const chain::Chain chain = chains::federated(true);
    const QList<ChainStop> stops = stopsOf(chain, laidOut(chain), chains::now());
    const auto chip = std::ranges::find_if(stops, [](const ChainStop& stop) { return stop.place.part == u"token:T2"; });
    QVERIFY(chip != stops.end());
    QCOMPARE(chip->place.step, u"token-as-agent"_s);
    QVERIFY(chip->text.contains(u"left"));
}

void TestGraph::choosingAPartyKeepsTheStep()
{
    ChainScene scene;
    scene.setChain(chains::federated(), chains::now());
    scene.select({.step = u"token-as-agent"_s});
    base::Place chosen;
    connect(&scene, &ChainScene::chosen, this, [&](const base::Place& place) { chosen = place; });
    scene.chooseStop(stopAt(scene.stops(), chains::federated(), {.part = u"party:blueprint"_s}));
    QCOMPARE(chosen, (base::Place {.step = u"token-as-agent"_s, .part = u"party:blueprint"_s, .pointer = u"/blueprint"_s}));
}

void TestGraph::enterOpens()
{
    ChainScene scene;
    scene.setChain(chains::federated(), chains::now());
    ChainView view(&scene);
    view.resize(920, 280);
    view.show();
    base::Place opened;
    connect(&scene, &ChainScene::opened, this, [&](const base::Place& place) { opened = place; });
    scene.select({.step = u"token-as-agent"_s});
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(opened, (base::Place {.step = u"token-as-agent"_s, .part = u"match"_s}));
    QTest::keyClick(&view, Qt::Key_Up);
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(opened, (base::Place {.step = u"exchange-as-blueprint"_s, .part = u"token:T1"_s}));
}

void TestGraph::clickSelects()
{
    ChainScene scene;
    scene.setChain(chains::federated(), chains::now());
    ChainView view(&scene);
    view.resize(920, 280);
    view.show();
    const int gate = stopAt(scene.stops(), chains::federated(), {.step = u"exchange-at-anthropic"_s});
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.mapFromScene(scene.stops()[gate].rect.center()));
    QCOMPARE(scene.currentStop(), gate);
}

void TestGraph::emptyChainIsNoTrouble()
{
    const ChainLayout layout = laidOut({});
    QVERIFY(layout.nodes.isEmpty());
    QCOMPARE(stopToward(stopsOf({}, layout, chains::now()), -1, Qt::Key_Right), -1);
    ChainScene scene;
    scene.setChain({}, chains::now());
    QVERIFY(!scene.move(Qt::Key_Right));
}

void TestGraph::textFromOutsideIsMadeVisible()
{
    chain::Chain chain = chains::federated();
    chain.parties[0].title = u"mi\u202Eprod<b>"_s;
    const QList<ChainStop> stops = stopsOf(chain, laidOut(chain), chains::now());
    const int at = stopAt(stops, chain, {.part = u"party:uami"_s});
    QVERIFY(stops[at].text.startsWith(u"mi[U+202E]prod<b>"));
}

QTEST_MAIN(TestGraph)
#include "tst_graph.moc"
