// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"

#include <QString>

#include <optional>
#include <variant>
#include <vector>

namespace cel {

/// Why there is no value.
struct Trouble
{
    QString text {};
    bool unknown = false; ///< not evaluated, rather than an evaluation error
};
struct Value;
using List = std::vector<Value>;
/// A map that is written in the expression; those of a token stay JSON.
struct Map
{
    std::vector<Value> keys {};
    std::vector<Value> values {};
};
struct Value : std::variant<std::monostate, bool, qint64, double, QString, List, Map, json::Value, Trouble>
{
    using variant::variant;
    template <typename T> const T* as() const { return std::get_if<T>(this); }
};

Value error(QString text);
Value unknown(QString text);
QString notKnown(const QString& part); ///< "The condition uses extract(), which Trustwalk does not know."

/// Objects stay JSON, lists and plain values are taken over.
Value fromJson(const json::Value& value);
QByteArray toJson(const Value& value);
QString typeName(const Value& value);

/// Equal or not; nothing for maps, whose comparison is not offered.
std::optional<bool> equal(const Value& a, const Value& b);
/// `op` is one of <, <=, >, >=; nothing where the two have no order.
std::optional<bool> ordered(const QString& op, const Value& a, const Value& b);
/// item in list or map.
Value contained(const Value& item, const Value& in);

/// && and || take the decisive side whatever is wrong with the other (CEL specification, logical operators).
Value combined(const Value& a, const Value& b, bool decisive, const QString& op);

/// A function of plain values; the first is what a method is called on. nullptr when none of this name takes so many.
using Function = Value (*)(const List& arguments);
Function functionNamed(const QString& name, bool method, size_t arguments, bool mappings);

// The macros exists, exists_one, all, filter and map.
bool isMacro(const QString& name);
/// What a macro walks over: elements, or the keys of a map.
std::optional<List> elementsOf(const Value& value);
/// What a macro makes of the results for each of the items.
Value folded(const QString& macro, const List& items, const List& results);

} // namespace cel
