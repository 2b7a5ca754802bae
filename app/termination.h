// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtGlobal>

#include <functional>

QT_BEGIN_NAMESPACE
class QObject;
QT_END_NAMESPACE

namespace app {

/// Calls `then` from the event loop when the program is told to end (SIGINT, SIGTERM, and SIGHUP of a terminal or a session
/// that closes), so that it ends in order. Once in a program.
void onTermination(QObject* context, std::function<void(int signal)> then);

} // namespace app
