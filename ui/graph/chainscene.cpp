// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "chainscene.h"

#include "core/chain/beside.h"
#include "ui/graph/chainitems.h"
#include "ui/theme.h"

#include <QGraphicsView>
#include <QPainter>
#include <QPainterPath>
#include <QVariantAnimation>

using namespace Qt::StringLiterals;
using theme::Token;

namespace {

constexpr qreal titleInset = 16;
constexpr qreal leastTitle = 32;
constexpr int fillTime = 240; // 120 ms for the glyph, then 120 ms for the link

bool isDecided(chain::State state) { return state == chain::State::Accepted || state == chain::State::Refused; }

/// The lane of Entra stands out; what is left and right of it is somebody else's ground.
QColor ground(chain::Lane lane)
{
    return theme::color(lane == chain::Lane::Entra ? Token::Raised : Token::Surface);
}

QRectF rectOf(const ChainStop& stop)
{
    const qreal away = 4;
    return stop.rect.adjusted(-away, -away, away, away);
}

} // namespace

ChainScene::ChainScene(QObject* parent) : QGraphicsScene(parent)
{
    // A few dozen items that change rarely: an index would cost more than it finds.
    setItemIndexMethod(NoIndex);
}

ChainScene::~ChainScene() = default;

ChainLayout ChainScene::laidOut(ChainForm form, qreal width) const
{
    return layoutOf(m_chain, {.form = form, .width = width, .textWidth = chainpaint::textWidth});
}

QSizeF ChainScene::sizeIn(ChainForm form, qreal width) const { return laidOut(form, width).size; }

QHash<QString, chain::State> ChainScene::states() const
{
    QHash<QString, chain::State> states;
    for (const chain::Link& link : m_chain.links)
        states.insert(link.id, link.state);
    for (const chain::RootPlate& root : m_chain.roots)
        states.insert(u"root:"_s + root.stepId, root.state);
    return states;
}

void ChainScene::setChain(const chain::Chain& chain, base::Instant now, const QHash<QString, base::Decision>& rootPredictions)
{
    const QHash<QString, chain::State> before = states();
    m_chain = chain;
    m_now = now;
    m_rootPredictions = rootPredictions;
    rebuild();
    if (m_motion)
        fillIn(before);
}

void ChainScene::setForm(ChainForm form, qreal width)
{
    if (m_form == form && m_width == width)
        return;
    m_form = form;
    m_width = width;
    rebuild();
}

void ChainScene::setTitleReserve(qreal reserve)
{
    m_reserve = reserve;
    update();
}

qreal ChainScene::lastTitleEnd() const
{
    if (m_layout.lanes.isEmpty())
        return 0;
    const ChainLayout::Lane& last = m_layout.lanes.last();
    return last.left + titleInset + chainpaint::textWidth(last.title, ChainFont::CaptionBold);
}

void ChainScene::refresh() { rebuild(); }

void ChainScene::rebuild()
{
    m_layout = laidOut(m_form, m_width);
    m_stops = stopsOf(m_chain, m_layout, m_now);
    m_posts.clear();
    m_plates.clear();
    clear();
    addItems();
    setSceneRect(QRectF(QPointF(), m_layout.size));
    m_current = stopAt(m_stops, m_chain, m_place);
    update();
}

void ChainScene::addItems()
{
    // Lines first: nodes and plates stand on their ends.
    for (const ChainLayout::Ask& ask : m_layout.asks)
        addItem(new AskItem(m_chain.links[ask.link], ask));
    for (const ChainLayout::Post& post : m_layout.posts) {
        auto* item = new PostItem(m_chain.links[post.link], post, m_layout.form, m_now);
        m_posts.insert(m_chain.links[post.link].id, item);
        addItem(item);
    }
    for (const ChainLayout::Plate& plate : m_layout.plates) {
        const chain::RootPlate& root = m_chain.roots[plate.root];
        auto* item = new PlateItem(root, plate);
        if (m_rootPredictions.contains(root.stepId))
            item->setPredicted(m_rootPredictions.value(root.stepId));
        m_plates.insert(root.stepId, item);
        addItem(item);
    }
    for (const ChainLayout::Node& node : m_layout.nodes)
        addItem(new PartyItem(m_chain.parties[node.party], node));
    for (const ChainLayout::Audit& audit : m_layout.audits)
        addItem(new AuditItem(m_chain.auditPrincipals[audit.principal], audit.rect));
}

void ChainScene::fillIn(const QHash<QString, chain::State>& before)
{
    const QHash<QString, chain::State> after = states();
    QStringList fresh;
    for (auto it = after.cbegin(); it != after.cend(); ++it)
        if (isDecided(it.value()) && before.contains(it.key()) && before.value(it.key()) != it.value())
            fresh.append(it.key());
    if (fresh.isEmpty())
        return;
    auto* growth = new QVariantAnimation(this);
    growth->setDuration(fillTime);
    growth->setStartValue(0.0);
    growth->setEndValue(1.0);
    connect(growth, &QVariantAnimation::valueChanged, this, [this, fresh](const QVariant& value) {
        // Looked up each time: a new chain may have replaced the items meanwhile.
        for (const QString& id : fresh) {
            if (PostItem* post = m_posts.value(id))
                post->setFilled(value.toDouble());
            if (PlateItem* plate = id.startsWith(u"root:") ? m_plates.value(id.sliced(5)) : nullptr)
                plate->setFilled(value.toDouble());
        }
    });
    growth->start(QAbstractAnimation::DeleteWhenStopped);
}

void ChainScene::select(const base::Place& place)
{
    m_place = place;
    m_current = stopAt(m_stops, m_chain, place);
    update();
}

int ChainScene::stopUnder(const QPointF& at) const
{
    for (qsizetype i = m_stops.size() - 1; i >= 0; --i)
        if (rectOf(m_stops[i]).contains(at))
            return int(i);
    return -1;
}

void ChainScene::chooseStop(int stop)
{
    if (stop < 0 || stop >= m_stops.size())
        return;
    base::Place place = m_stops[stop].place;
    // A party belongs to no step: the step in view stays.
    if (place.step.isEmpty())
        place.step = m_place.step;
    select(place);
    m_current = stop;
    emit chosen(place);
}

void ChainScene::openStop(int stop)
{
    if (stop >= 0 && stop < m_stops.size())
        emit opened(m_stops[stop].opens);
}

bool ChainScene::move(Qt::Key key)
{
    const int next = stopToward(m_stops, m_current, key);
    chooseStop(next);
    return next >= 0;
}

void ChainScene::drawBackground(QPainter* painter, const QRectF& exposed)
{
    painter->fillRect(exposed, theme::color(Token::Surface));
    for (const ChainLayout::Lane& lane : m_layout.lanes) {
        const bool last = &lane == &m_layout.lanes.last();
        const qreal left = &lane == &m_layout.lanes.first() ? exposed.left() : lane.left;
        painter->fillRect(QRectF(QPointF(left, exposed.top()), QPointF(last ? exposed.right() : lane.right, exposed.bottom())), ground(lane.lane));
    }
    painter->setPen(QPen(theme::color(Token::Line), 1));
    for (const QLineF& border : m_layout.borders) {
        QLineF line = border;
        if (line.y1() <= 0)
            line.setP1({line.x1(), std::min(exposed.top(), 0.0)});
        if (line.y2() >= m_layout.size.height())
            line.setP2({line.x2(), std::max(exposed.bottom(), line.y2())});
        painter->drawLine(line);
    }
    drawLaneTitles(*painter);
    drawBands(*painter, exposed);
}

/// Where the buttons of the view begin, in the scene's units.
qreal ChainScene::freeRight() const
{
    const QGraphicsView* view = views().value(0);
    const qreal right = view ? view->mapToScene(view->viewport()->rect()).boundingRect().right() : m_layout.size.width();
    return right - m_reserve;
}

void ChainScene::drawLaneTitles(QPainter& painter) const
{
    const chainpaint::Text style {ChainFont::CaptionBold, theme::color(Token::Text2)};
    for (const ChainLayout::Lane& lane : m_layout.lanes) {
        const bool last = &lane == &m_layout.lanes.last();
        const qreal right = (last ? freeRight() : std::min(lane.right, freeRight())) - 8;
        const QRectF rect(QPointF(lane.left + titleInset, 8), QPointF(right, 30));
        if (rect.width() >= leastTitle) // else it would stand below the buttons
            chainpaint::drawText(painter, rect, lane.title, style);
    }
}

void ChainScene::drawBands(QPainter& painter, const QRectF& exposed) const
{
    for (const ChainLayout::Band& band : m_layout.bands) {
        if (band.heading.isEmpty())
            continue;
        if (&band != &m_layout.bands.first()) {
            painter.setPen(QPen(theme::color(Token::Line), 1));
            painter.drawLine(QPointF(exposed.left(), band.top - 6), QPointF(exposed.right(), band.top - 6));
        }
        const QRectF sign(band.heading.left(), band.heading.center().y() - 9, 16, 16);
        if (band.root == chain::Root::DiskSecret)
            theme::paintIcon(painter, sign, u"secret-on-disk"_s, theme::color(Token::Warn));
        else if (band.root == chain::Root::Attested)
            theme::paintIcon(painter, sign, u"attested-compute"_s, theme::color(Token::Text));
        chainpaint::drawText(painter, band.heading.adjusted(24, -4, 0, 0), band.title, {ChainFont::Name, theme::color(Token::Text)});
    }
}

/// Around everything that the chain wants framed, with its title in the middle of the frame's height.
void ChainScene::drawFrame(QPainter& painter) const
{
    QRectF around;
    const auto framed = [this](const QString& party) { return m_chain.framed.contains(party); };
    for (const ChainLayout::Node& node : m_layout.nodes)
        if (framed(m_chain.parties[node.party].id))
            around |= node.rect;
    // With what is written at the gates between them.
    for (const ChainLayout::Post& post : m_layout.posts)
        if (framed(m_chain.links[post.link].from) && framed(m_chain.links[post.link].to))
            around |= post.chip | post.text;
    if (around.isEmpty())
        return;
    around = around.adjusted(-10, -6, 10, 6) & sceneRect().adjusted(1, 1, -1, -1);
    painter.setPen(QPen(theme::color(Token::LineStrong), 1.5, Qt::CustomDashLine));
    QPen dashed = painter.pen();
    dashed.setDashPattern({4, 3});
    painter.setPen(dashed);
    painter.setBrush(Qt::NoBrush);
    painter.save();
    QPainterPath beside; // the line stops where a heading stands
    beside.addRect(around.adjusted(-2, -2, 2, 2));
    for (const ChainLayout::Band& band : m_layout.bands) {
        QPainterPath heading;
        heading.addRect(band.heading.left(), band.heading.top(), 30 + chainpaint::textWidth(band.title, ChainFont::Name), band.heading.height() - 6);
        beside -= heading;
    }
    painter.setClipPath(beside, Qt::IntersectClip);
    painter.drawRoundedRect(around, 4, 4);
    painter.restore();
    // Where the lower chain begins there is nothing but its border.
    const qreal y = m_layout.bands.size() > 1 ? m_layout.bands[1].top - 6 : around.center().y();
    const qreal width = std::min(chainpaint::textWidth(m_chain.frameTitle, ChainFont::CaptionBold) + 22, sceneRect().width() - 16);
    const qreal left = std::clamp(around.center().x() - width / 2, 8.0, std::max(8.0, sceneRect().right() - width - 8));
    const QRectF plate(left, y - 11, width, 22);
    painter.setPen(QPen(theme::color(Token::LineStrong), 1));
    painter.setBrush(theme::color(Token::Surface));
    painter.drawRoundedRect(plate, 3, 3);
    chainpaint::drawText(painter, plate.adjusted(10, 0, -10, 0), m_chain.frameTitle, {ChainFont::CaptionBold, theme::color(Token::Text)});
}

void ChainScene::drawForeground(QPainter* painter, const QRectF&)
{
    drawFrame(*painter);
    if (m_current < 0 || m_current >= m_stops.size())
        return;
    painter->setPen(QPen(theme::color(Token::Accent), 2));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(rectOf(m_stops[m_current]), 5, 5);
    // The same place in the chain beside it, when there is one.
    const auto [side, within] = chain::placeWithin(m_stops[m_current].place);
    if (side.isNull())
        return;
    const int twin = stopAt(m_stops, m_chain, chain::placeBeside(side == chain::upperSide ? chain::lowerSide : chain::upperSide, within));
    if (twin < 0)
        return;
    painter->setPen(QPen(theme::color(Token::Accent), 1));
    painter->drawRoundedRect(rectOf(m_stops[twin]), 5, 5);
}
