// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "state.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QGuiApplication>
#include <QHash>

namespace theme {
namespace {

struct Cut
{
    Type type;
    double scale;   // of the system font's size
    int weight;     // at least
    bool fixed;
};
constexpr Cut cuts[] {
    {Type::Caption, 0.9, 400, false},
    {Type::Body, 1.0, 400, false},
    {Type::Lead, 1.15, 600, false},
    {Type::Display, 1.4, 600, false},
    {Type::Fixed, 0.95, 400, true},
    {Type::FixedCompared, 1.05, 400, true},
};

int unit = 0;
QHash<int, QFont> fonts {};

// The pixel size, not the line height: families of equal size differ by a fifth in height, and the layout must not.
int measuredUnit()
{
    return std::max(4, qRound(0.3 * QFontInfo(QGuiApplication::font()).pixelSize()));
}

QFont made(const Cut& cut, int weight)
{
    const QFont system = QGuiApplication::font();
    QFont font = cut.fixed ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : system;
    if (system.pointSizeF() > 0)
        font.setPointSizeF(system.pointSizeF() * cut.scale);
    else
        font.setPixelSize(qRound(system.pixelSize() * cut.scale));
    font.setWeight(QFont::Weight(std::max(weight, cut.weight)));
    if (cut.fixed) // no ligatures: what is compared is seen letter by letter
        font.setStyleStrategy(QFont::PreferNoShaping);
    return font;
}

} // namespace

int u()
{
    if (!unit)
        unit = measuredUnit();
    return unit;
}

QFont font(Type type, int weight)
{
    const int key = int(type) * 1000 + weight;
    auto found = fonts.find(key);
    if (found == fonts.end())
        found = fonts.insert(key, made(cuts[int(type)], weight));
    return *found;
}

void forgetType()
{
    unit = 0;
    fonts.clear();
}

} // namespace theme
