// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "explained.h"

/// The kinds of places, each explained by one function. Nothing where the place does not exist.
namespace explain {

using Section = Explained::Section;

std::optional<Explained> step(const session::Session& session, const base::Place& place);
std::optional<Explained> check(const session::Session& session, const base::Place& place);
std::optional<Explained> claim(const session::Session& session, const base::Place& place);
std::optional<Explained> audience(const session::Session& session, const base::Place& place);
std::optional<Explained> party(const session::Session& session, const base::Place& place);
std::optional<Explained> object(const session::Session& session, const base::Place& place);

/// Appends a section unless its text is empty.
void add(Explained& to, const QString& heading, const QString& text, Section::Kind kind = Section::Kind::Own);
/// The verdict that counts for a step: the lab's truth, else what was predicted.
std::optional<base::Verdict> verdictOf(const session::Session& session, const QString& stepId);

} // namespace explain
