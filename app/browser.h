// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"

#include <QByteArray>

namespace app {

/// Opens an address in the system's browser. Error "no-browser" when nothing on this machine can.
base::Result<void> openInBrowser(const QByteArray& url);

} // namespace app
