// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/base/json.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

/// A part of the Common Expression Language (github.com/google/cel-spec): literals, named variables, ==, !=, <, <=, >, >=, &&,
/// ||, !, in, ?:, has(), size(), startsWith, endsWith, contains; and what mappings need beside. Everything else is named, never
/// guessed.
namespace cel {

/// A text of the token that is not the one written in the expression.
struct Unequal
{
    QString path {};      ///< "assertion.sub"
    QString presented {};
    QString expected {};
};

struct Result
{
    std::optional<bool> holds {}; ///< nothing: not evaluated
    QString why {};               ///< what is not known, not there or of another type; empty when it simply holds or not
    QStringList values {};        ///< the claims it looked at: `claims.sub = "x"`
    QList<Unequal> unequal {};    ///< comparisons with a written text that do not hold
};

/// How much of the language a receiver is known to take.
enum class Vocabulary {
    Rules,   ///< Anthropic's federation rules
    Mappings ///< Google's attribute mappings and conditions: +, maps, matches, extract, split, join, lowerAscii, upperAscii,
             ///< string, exists, exists_one, all, filter, map
};

struct Variable
{
    QString name {};
    json::Value value {};  ///< its document has to outlive the evaluation
    QString missing {};    ///< sentence about a member that is not there, with %1 for its path
};

struct Environment
{
    QList<Variable> variables {};
    Vocabulary vocabulary = Vocabulary::Rules;
};

/// The single variable `claims` of a federation rule.
Environment claimsAlone(const json::Value& claims);

/// The condition. An evaluation error (a claim that is missing) means that it does not hold, with the error in `why`; a
/// function that is not known leaves it open, unless the rest decides without it.
Result evaluate(QStringView expression, const Environment& environment);
Result evaluate(QStringView expression, const json::Value& claims);

/// The condition as a tree, for showing.
using Part = base::Condition;
Part explain(QStringView expression, const Environment& environment);
Part explain(QStringView expression, const json::Value& claims);

/// What an expression gives.
struct Computed
{
    enum class State { Value, Error, Unknown } state {};
    QString why {};                ///< of an error or of what is not known
    QByteArray json {};            ///< the value as JSON text
    QString type {};               ///< "string", "list", "bool", "number", "null", "map"
    QStringList values {};         ///< the claims it looked at
};
Computed compute(QStringView expression, const Environment& environment);

} // namespace cel
