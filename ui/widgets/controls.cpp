// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "controls.h"

#include "ui/theme/style.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace controls {

QString plainToolTip(const QString& text)
{
    return text.isEmpty() ? QString() : u"<qt><span style='white-space:pre-wrap'>%1</span></qt>"_s.arg(text.toHtmlEscaped());
}

void copyText(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
}

void followType(QWidget* widget, theme::Type type, int weight)
{
    const auto restyle = [widget, type, weight] { widget->setFont(theme::font(type, weight)); };
    QObject::connect(&theme::watcher(), &theme::Watcher::changed, widget, restyle);
    restyle();
}

QString withoutMnemonic(QString text)
{
    qsizetype at = text.indexOf(u'&');
    for (; at >= 0; at = text.indexOf(u'&', at + 1))
        text.remove(at, 1);
    return text;
}

void setText(QAbstractButton* button, const QString& text)
{
    button->setText(text);
    button->setAccessibleName(withoutMnemonic(text));
}

QPushButton* button(const QString& text, const QString& icon, Kind kind, QWidget* parent)
{
    auto* result = new QPushButton(parent);
    setText(result, text);
    result->setAutoDefault(false);
    if (!icon.isEmpty())
        result->setIcon(theme::icon(icon));
    result->setFlat(kind == Kind::Quiet || kind == Kind::Bar);
    result->setProperty(theme::primaryProperty, kind == Kind::Primary);
    result->setProperty(theme::smallProperty, kind == Kind::Small || kind == Kind::Bar);
    followType(result, theme::Type::Body, kind == Kind::Primary ? 600 : 400);
    return result;
}

QToolButton* iconButton(const QString& icon, const QString& name, QWidget* parent)
{
    auto* result = new QToolButton(parent);
    result->setIcon(theme::icon(icon));
    result->setToolTip(name);
    result->setAccessibleName(name);
    result->setAutoRaise(true);
    result->setFocusPolicy(Qt::StrongFocus);
    return result;
}

} // namespace controls
