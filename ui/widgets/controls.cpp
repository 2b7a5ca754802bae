// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "controls.h"

#include "ui/theme/style.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QRandomGenerator>
#include <QTimer>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace controls {

namespace {

constexpr std::chrono::seconds keptFor {10};

size_t secretSeed()
{
    static const size_t seed = QRandomGenerator::system()->generate64();
    return seed;
}

} // namespace

QString plainToolTip(const QString& text)
{
    return text.isEmpty() ? QString() : u"<qt><span style='white-space:pre-wrap'>%1</span></qt>"_s.arg(text.toHtmlEscaped());
}

void copyText(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
}

void copySecret(const QString& text)
{
    auto* data = new QMimeData;
    data->setText(text);
    data->setData(u"x-kde-passwordManagerHint"_s, "secret");
    QClipboard* clipboard = QGuiApplication::clipboard();
    clipboard->setMimeData(data);
    // What is on the clipboard is compared by its mark and its text, not kept a second time.
    const auto takeBack = [clipboard, hash = qHash(text, secretSeed())] {
        const QMimeData* now = clipboard->mimeData();
        if (now && now->hasFormat(u"x-kde-passwordManagerHint"_s) && qHash(now->text(), secretSeed()) == hash)
            clipboard->clear();
    };
    QTimer::singleShot(keptFor, clipboard, takeBack);
    QObject::connect(qApp, &QCoreApplication::aboutToQuit, clipboard, takeBack);
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
