// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/inventory.h"

namespace report {

/// The inventory of a setup's agents, for programs and for people. Unknown is written as unknown.
QByteArray inventoryJson(const setup::Setup& setup, const QList<diagnosis::AgentRecord>& agents);
QString inventoryText(const setup::Setup& setup, const QList<diagnosis::AgentRecord>& agents);

} // namespace report
