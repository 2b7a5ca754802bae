// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "rewrite_p.h"

namespace report {

namespace {

QByteArray written(const json::Value& value, const Change& change, NamePath& path)
{
    if (const auto changed = change(value, path))
        return *changed;
    if (!value.isObject() && !value.isArray())
        return value.raw().toByteArray();
    QByteArray out;
    for (json::Value v = value.first(); v; v = v.next()) {
        path.append(value.isObject() ? v.key() : QByteArrayView());
        const QByteArray inside = written(v, change, path);
        path.removeLast();
        if (inside.isEmpty())
            continue;
        out += out.isEmpty() ? "" : ",";
        if (value.isObject())
            out.append(v.rawKey()).append(':');
        out += inside;
    }
    return value.isObject() ? QByteArray('{' + out + '}') : QByteArray('[' + out + ']');
}

} // namespace

QByteArray rewritten(const json::Value& value, const Change& change)
{
    NamePath path;
    return written(value, change, path);
}

} // namespace report
