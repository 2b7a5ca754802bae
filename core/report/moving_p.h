// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

/// What changes from run to run by nature.
namespace report {

/// Claims, fields and headers that are new each time (RFC 7519 4.1, RFC 6749, entra: uti, aio, rh), and headers that tell
/// which program asks, not what it asks for.
bool isVolatileName(const QString& name);
/// A loopback port, a fingerprint or a time inside an otherwise equal text is the run's, not the setup's.
QString steady(QString text);

} // namespace report
