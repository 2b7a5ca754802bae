// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/theme.h"

#include <QPushButton>

QT_BEGIN_NAMESPACE
class QToolButton;
QT_END_NAMESPACE

/// Buttons of the four kinds there are.
namespace controls {

enum class Kind {
    Plain,   ///< outlined, 32 high
    Primary, ///< filled with the accent, 32 high
    Small,   ///< outlined, 26 high
    Quiet,   ///< no outline, 32 high
    Bar      ///< no outline, 26 high: status bar, tab corner
};

/// `icon` empty: none. The accessible name is the text without its mnemonic.
QPushButton* button(const QString& text, const QString& icon, Kind kind, QWidget* parent);
/// An icon alone, with tool tip and accessible name.
QToolButton* iconButton(const QString& icon, const QString& name, QWidget* parent);
/// Keeps a widget's font in step with the theme.
void followType(QWidget* widget, theme::Type type, int weight = 400);
/// Sets text and accessible name together; the name drops the mnemonic.
void setText(QAbstractButton* button, const QString& text);
QString withoutMnemonic(QString text);
/// A tool tip that stays plain whatever the text looks like: Qt guesses rich text where it sees tags.
QString plainToolTip(const QString& text);
/// Milliseconds after which a secret that was asked to be shown hides again.
constexpr int shownFor = 30'000;
/// Puts text on the clipboard. Never a secret: what is copied is what is shown.
void copyText(const QString& text);
/// For what opens something: clipboard managers are asked not to keep it, and it is taken back after ten seconds and when
/// the program ends, unless something else was copied since.
void copySecret(const QString& text);

} // namespace controls
