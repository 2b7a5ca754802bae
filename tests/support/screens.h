// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

/// Pictures of windows, written to the folder that TRUSTWALK_SCREENS names; without it nothing happens.
namespace screens {

/// The window as it would be seen now, laid out and painted.
void grab(QWidget& window, const QString& name);

} // namespace screens
