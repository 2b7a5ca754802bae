// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/base/json.h"

#include <QString>
#include <QStringList>

#include <optional>

/// A part of the Common Expression Language, as conditions of Anthropic's federation rules use it: literals, `claims`, ==, !=,
/// <, <=, >, >=, &&, ||, !, in, ?:, has(), size(), startsWith, endsWith, contains. Everything else is named, never guessed.
namespace cel {

struct Result
{
    std::optional<bool> holds {}; ///< nothing: not evaluated
    QString why {};               ///< what is not known, not there or of another type; empty when it simply holds or not
    QStringList values {};        ///< the claims it looked at: `claims.sub = "x"`
};

/// The condition over the single variable `claims`. An evaluation error (a claim that is missing) means that it does not
/// hold, with the error in `why`; a function that is not known leaves it open, unless the rest decides without it.
Result evaluate(QStringView expression, const json::Value& claims);

/// The condition as a tree, for showing.
using Part = base::Condition;
Part explain(QStringView expression, const json::Value& claims);

} // namespace cel
