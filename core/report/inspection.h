// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/intake.h"

namespace report {

/// The `inspection` shape of the command line, and the same for people.
QByteArray inspectionJson(const QList<diagnosis::Item>& items);
QString inspectionText(const QList<diagnosis::Item>& items);

} // namespace report
