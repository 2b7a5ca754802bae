// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "celvalue_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace cel {

namespace {

constexpr std::array macros {"exists"_L1, "exists_one"_L1, "all"_L1, "filter"_L1, "map"_L1};

} // namespace

Value combined(const Value& a, const Value& b, bool decisive, const QString& op)
{
    for (const Value* side : {&a, &b})
        if (const auto* truth = side->as<bool>(); truth && *truth == decisive)
            return decisive;
    for (const Value* side : {&a, &b})
        if (const auto* trouble = side->as<Trouble>(); trouble && trouble->unknown)
            return *side;
    for (const Value* side : {&a, &b})
        if (side->as<Trouble>())
            return *side;
    if (!a.as<bool>() || !b.as<bool>())
        return error(u"`%1` needs true or false on both sides."_s.arg(op));
    return !decisive;
}

bool isMacro(const QString& name) { return std::ranges::find(macros, name) != macros.end(); }

std::optional<List> elementsOf(const Value& value)
{
    if (const auto* items = value.as<List>())
        return *items;
    if (const auto* map = value.as<Map>())
        return map->keys;
    const auto* object = value.as<json::Value>();
    if (!object)
        return {};
    List names;
    for (json::Value each = object->first(); each; each = each.next())
        names.push_back(each.keyText());
    return names;
}

Value folded(const QString& macro, const List& items, const List& results)
{
    if (macro == "exists"_L1 || macro == "all"_L1) {
        Value out = macro == "all"_L1;
        for (const Value& each : results)
            out = combined(out, each, macro == "exists"_L1, macro);
        return out;
    }
    List kept;
    for (size_t i = 0; i < results.size(); ++i) {
        if (results[i].as<Trouble>())
            return results[i];
        const auto* truth = results[i].as<bool>();
        if (macro == "map"_L1)
            kept.push_back(results[i]);
        else if (!truth)
            return error(u"%1() needs true or false for each element."_s.arg(macro));
        else if (*truth)
            kept.push_back(items[i]);
    }
    return macro == "exists_one"_L1 ? Value(kept.size() == 1) : Value(kept);
}

} // namespace cel
