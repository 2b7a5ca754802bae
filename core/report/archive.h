// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/recorded.h"

namespace report {

/// What was found in an HTTP archive: the `inspection` shape with `run` and `counts`, redacted unless `reveal`.
QByteArray archiveJson(const diagnosis::Recorded& recorded, const QString& label, bool reveal);
/// The same for people: "212 exchanges in = 6 steps + 13 repeats + 193 hidden.", then the steps.
QString archiveText(const diagnosis::Recorded& recorded, const QString& label);
/// "212 exchanges in = 6 steps + 13 repeats + 193 hidden"
QString archiveCounts(const catalog::Reconstruction& made);
/// The run alone, as `walk --json` writes one.
QByteArray archiveRunJson(const diagnosis::Recorded& recorded, bool reveal);
/// What is missing to say more, as questions for whoever sent the file.
QStringList archiveQuestions(const diagnosis::Recorded& recorded);

} // namespace report
