// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/inventory.h"

#include <span>

namespace report {

/// One question that the inventory asks of every agent.
struct InventoryQuestion
{
    const char* member;   ///< in the JSON
    const char16_t* title;
    const char16_t* none; ///< what is said where the answer is known, and there is nothing
    diagnosis::Known diagnosis::AgentRecord::*answer;
};
std::span<const InventoryQuestion> inventoryQuestions();
QString agentKindWords(const QString& kind); ///< "agent identity" of "agentIdentity"

/// The inventory of a setup's agents, for programs and for people. Unknown is written as unknown.
QByteArray inventoryJson(const setup::Setup& setup, const QList<diagnosis::AgentRecord>& agents);
QString inventoryText(const setup::Setup& setup, const QList<diagnosis::AgentRecord>& agents);
/// A table, one line an agent.
QString inventoryMarkdown(const setup::Setup& setup, const QList<diagnosis::AgentRecord>& agents);
/// The same table as a page of its own: no script, nothing loaded from elsewhere, every value escaped.
QByteArray inventoryHtml(const setup::Setup& setup, const QList<diagnosis::AgentRecord>& agents);

} // namespace report
