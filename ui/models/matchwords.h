// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/models/matchcontent.h"

/// Fills in what the header says: glyph, sentence, code and status.
void setMatchHeader(MatchContent& content, const MatchSubject& subject, const std::optional<base::Verdict>& shown);
/// Groups a verdict's checks in the receiver's order.
QList<MatchGroup> matchGroups(const QList<base::Check>& checks, const MatchSubject& subject, bool hollow);
QString lowerFirst(const QString& text); ///< keeps "URI" and "GUID" as they are
