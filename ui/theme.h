// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/base/finding.h"
#include "core/chain/chain.h"
#include "core/flow/run.h"
#include "core/flow/step.h"

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPixmap>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

/// Colours, type, sizes and glyphs: one table, no widget names a hex or a family.
namespace theme {

enum class Appearance { System, Light, Dark, HighContrast };

enum class Token {
    Text, Text2, Text3, Accent, Accept, Refuse, Warn, NotEval, Predicted,
    User, Mi, Blueprint, Agent, Resource, Outside, Downstream,
    Window, Surface, Raised, Sunken, Select, Hover, Line, LineStrong, OnAccent,
    AcceptBg, RefuseBg, WarnBg, NotEvalBg, DiffBg,
    Count
};

/// Says when colours or sizes changed; one, owned by the application object, reached through theme::watcher().
class Watcher : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
signals:
    void changed();
};

/// Installs Fusion, palette and stylesheet, follows the system's scheme while `System`.
void install(Appearance appearance);
void setAppearance(Appearance appearance);
Appearance appearance();
bool isDark();
bool isHighContrast();
bool reducedMotion();  ///< the system asks for none: every length of motion is 0
Watcher& watcher();

QColor color(Token token);
QColor partyColor(flow::PartyKind kind);
QColor partyTint(flow::PartyKind kind);  ///< 10 % over surface (dark 16 %, high contrast none)
QColor outcomeColor(base::Outcome outcome);
QColor decisionColor(base::Decision decision);
QColor decisionBackground(base::Decision decision);
QColor stateColor(flow::StepState state);
QColor severityColor(base::Severity severity);

/// The grid unit: 4 px at 10 pt and 96 dpi; every size is a multiple.
int u();
inline int px(double at4) { return int(at4 * u() / 4.0 + 0.5); }

enum class Type { Caption, Body, Lead, Display, Fixed, FixedCompared };
QFont font(Type type, int weight = 400);

/// Stroke icons ("back", "copy", "live", ...) in text colour, or another; crisp at every scale.
QIcon icon(const QString& name);
QPixmap pixmap(const QString& name, int size, const QColor& ink, qreal devicePixelRatio, const QColor& paper = {});
void paintIcon(QPainter& painter, const QRectF& rect, const QString& name, const QColor& ink);

/// Who: the filled silhouette of a party in its colour.
void paintParty(QPainter& painter, const QRectF& rect, flow::PartyKind kind, const QColor& override = {});
/// Verdict glyphs: filled when observed, hollow and dashed when predicted.
void paintOutcome(QPainter& painter, const QRectF& rect, base::Outcome outcome, bool predicted = false);
void paintDecision(QPainter& painter, const QRectF& rect, base::Decision decision, bool predicted = false);
void paintState(QPainter& painter, const QRectF& rect, flow::StepState state);
void paintSeverity(QPainter& painter, const QRectF& rect, base::Severity severity);

QString outcomeWord(base::Outcome outcome, bool predicted = false);   ///< "Passes", "Will fail"
QString decisionWord(base::Decision decision);                        ///< "Accepted", "Refused", "Not evaluated"
QString predictedWord(base::Decision decision);                       ///< "Predicted: refused"
QString stateWord(flow::StepState state);                             ///< "Accepted", "Refused", "No answer", "Not reached", "Waiting"
QString severityWord(base::Severity severity);
QString partyWord(flow::PartyKind kind);

} // namespace theme
