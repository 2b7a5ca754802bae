// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/clock.h"
#include "core/base/json.h"

#include <functional>

namespace report {

/// Reads members of a document that somebody else may have written, and remembers the first one that is not what it has to
/// be. What comes after a fault is read all the same: whoever asks looks at fault() at the end.
class Reading
{
public:
    const std::optional<base::Error>& fault() const { return m_fault; }
    /// "steps 2/state, line 41"; `text` is a whole sentence.
    void fail(const json::Value& at, const QString& text);

    json::Value object(const json::Value& parent, const char* name, bool needed = true);
    json::Value array(const json::Value& parent, const char* name, bool needed = true);
    QString text(const json::Value& parent, const char* name, bool needed = true);
    QString textIf(const json::Value& parent, const char* name) { return text(parent, name, false); }
    std::optional<qint64> integer(const json::Value& parent, const char* name, bool needed = false);
    std::optional<double> number(const json::Value& parent, const char* name);
    bool flag(const json::Value& parent, const char* name);
    QStringList texts(const json::Value& parent, const char* name);
    std::optional<base::Instant> time(const json::Value& parent, const char* name);

    /// One of the names that `nameOf` gives the values up to `last`; the first of them where it is none.
    template <typename E>
    E named(const json::Value& parent, const char* name, E last, QString (*nameOf)(E), bool needed = true)
    {
        const QString written = text(parent, name, needed);
        if (written.isEmpty() && !needed)
            return E(0);
        QStringList names;
        for (int i = 0; i <= int(last); ++i) {
            names.append(nameOf(E(i)));
            if (names.back() == written)
                return E(i);
        }
        failName(parent, name, names);
        return E(0);
    }

private:
    json::Value member(const json::Value& parent, const char* name, bool needed, bool (json::Value::*is)() const, const QString& what);
    void failName(const json::Value& parent, const char* name, const QStringList& names);

    std::optional<base::Error> m_fault {};
};

} // namespace report
