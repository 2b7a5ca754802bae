// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "glyphs.h"
#include "state.h"

#include <QFile>
#include <QPainter>
#include <QPaintEngine>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace theme {
namespace {

// Stand-ins in the drawings: what is ink and what is paper.
constexpr auto inkInFile = "#1A2028";
constexpr auto paperInFile = "#FFFFFF";

/// "copy" is a stroke icon; parties and verdicts go by their whole name.
QString fileName(const QString& name)
{
    const bool whole = name.startsWith("party-"_L1) || name.startsWith("verdict-"_L1);
    return whole ? name : QString(u"icon-"_s + name);
}

QByteArray source(const QString& name, const QColor& inkColor, const QColor& paperColor)
{
    QFile file(u":/icons/%1.svg"_s.arg(fileName(name)));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArray svg = file.readAll();
    // Through a third text, or an ink that is the drawing's paper would be replaced twice.
    svg.replace(inkInFile, "@ink").replace(paperInFile, paperColor.name().toLatin1());
    return svg.replace("@ink", inkColor.name().toLatin1());
}

QString cacheKey(const QString& name, int pixels, const QColor& inkColor, const QColor& paperColor)
{
    return u"glyph/%1/%2/%3/%4"_s.arg(name).arg(pixels).arg(inkColor.rgba()).arg(paperColor.rgba());
}

QPixmap drawn(const QString& name, int pixels, const QColor& inkColor, const QColor& paperColor)
{
    const QString key = cacheKey(name, pixels, inkColor, paperColor);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(source(name, inkColor, paperColor)).render(&painter, QRectF(0, 0, pixels, pixels));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

bool paintsPixels(const QPainter& painter)
{
    const auto type = painter.paintEngine() ? painter.paintEngine()->type() : QPaintEngine::Raster;
    return type == QPaintEngine::Raster && painter.combinedTransform().type() <= QTransform::TxScale;
}

struct Drawing
{
    const char* name;
    const char* predicted;
};
constexpr Drawing outcomes[] { // by base::Outcome
    {"verdict-accept", "verdict-accept-predicted"},
    {"verdict-refuse", "verdict-refuse-predicted"},
    {"verdict-not-evaluated", "verdict-not-evaluated"},
    {"verdict-warning", "verdict-warning-predicted"},
};
constexpr const char* parties[] { // by flow::PartyKind
    "party-user", "party-managed-identity", "party-blueprint", "party-agent-identity", "party-app", "party-resource-app",
    "party-outside-workload", "party-downstream", "party-issuer", "party-host",
};
constexpr const char* states[] { // by flow::StepState
    "verdict-not-reached", "verdict-waiting", "verdict-waiting", "verdict-accept", "verdict-refuse", "verdict-failed",
    "verdict-not-reached",
};
constexpr const char* severities[] {"verdict-info", "verdict-warning", "verdict-refuse"}; // by base::Severity

base::Outcome asOutcome(base::Decision decision)
{
    switch (decision) {
    case base::Decision::Accept: return base::Outcome::Pass;
    case base::Decision::Refuse: return base::Outcome::Fail;
    case base::Decision::NotEvaluated: break;
    }
    return base::Outcome::NotEvaluated;
}

void paint(QPainter& painter, const QRectF& rect, const char* name, const QColor& inkColor)
{
    paintGlyph(painter, rect, QString::fromLatin1(name), inkColor, paper());
}

} // namespace

void paintGlyph(QPainter& painter, const QRectF& rect, const QString& name, const QColor& inkColor, const QColor& paperColor)
{
    if (!paintsPixels(painter)) { // into a picture, a print, a vector file, or turned
        QSvgRenderer(source(name, inkColor, paperColor)).render(&painter, rect);
        return;
    }
    const qreal scale = painter.combinedTransform().m11() * painter.device()->devicePixelRatioF();
    const int pixels = std::max(1, qRound(rect.width() * scale));
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(rect, drawn(name, pixels, inkColor, paperColor), QRectF(0, 0, pixels, pixels));
    painter.restore();
}

QPixmap pixmap(const QString& name, int size, const QColor& inkColor, qreal devicePixelRatio, const QColor& paperColor)
{
    QPixmap result = drawn(name, qRound(size * devicePixelRatio), inkColor, paperColor.isValid() ? paperColor : paper());
    result.setDevicePixelRatio(devicePixelRatio);
    return result;
}

void paintIcon(QPainter& painter, const QRectF& rect, const QString& name, const QColor& inkColor)
{
    paintGlyph(painter, rect, name, inkColor, paper());
}

void paintParty(QPainter& painter, const QRectF& rect, flow::PartyKind kind, const QColor& override)
{
    paint(painter, rect, parties[int(kind)], override.isValid() ? override : partyColor(kind));
}

void paintOutcome(QPainter& painter, const QRectF& rect, base::Outcome outcome, bool predicted)
{
    const Drawing& drawing = outcomes[int(outcome)];
    paint(painter, rect, predicted ? drawing.predicted : drawing.name, outcomeColor(outcome));
}

void paintDecision(QPainter& painter, const QRectF& rect, base::Decision decision, bool predicted)
{
    paintOutcome(painter, rect, asOutcome(decision), predicted);
}

void paintState(QPainter& painter, const QRectF& rect, flow::StepState state)
{
    const bool waitsForTurn = state == flow::StepState::NotReached || state == flow::StepState::Skipped;
    paint(painter, rect, states[int(state)], waitsForTurn ? color(Token::LineStrong) : stateColor(state));
}

void paintSeverity(QPainter& painter, const QRectF& rect, base::Severity severity)
{
    paint(painter, rect, severities[int(severity)], severityColor(severity));
}

} // namespace theme
