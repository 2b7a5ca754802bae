// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "jsontexts.h"

namespace json {

QStringList textsIn(const Value& list)
{
    QStringList out;
    for (Value each = list.first(); each; each = each.next())
        out.append(each.text());
    return out;
}

QStringList textsOrOne(const Value& list) { return list.isString() ? QStringList {list.text()} : textsIn(list); }

} // namespace json
