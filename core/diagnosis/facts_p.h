// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/clock.h"
#include "core/diagnosis/rules.h"

#include <optional>

namespace diagnosis {

/// What a setup tells of an object beside what directories know: its `facts`. What is not there is unknown, and a rule
/// that needs it says nothing.
class Facts
{
public:
    Facts(const setup::Setup& setup, const QString& pointer)
        : m_pointer(pointer + QStringLiteral("/facts"))
        , m_value(setup.document.find(m_pointer))
    {
    }
    bool has(const char* name) const { return bool(m_value[name]) && !m_value[name].isNull(); }
    /// Known, and this.
    bool is(const char* name, bool value) const { return m_value[name].isBool() && m_value[name].boolean() == value; }
    QString text(const char* name) const { return m_value[name].isString() ? m_value[name].text() : QString(); }
    std::optional<base::Instant> time(const char* name) const { return base::fromRfc3339(text(name)); }
    std::optional<qint64> number(const char* name) const { return m_value[name].integer(); }
    json::Value at(const char* name) const { return m_value[name]; }
    QString pointer(const char* name) const { return m_pointer + u'/' + QLatin1StringView(name); }

private:
    QString m_pointer {};
    json::Value m_value {};
};

template <typename Object>
Facts factsOf(const Case& c, const Object& object)
{
    return {c.setup, object.pointer};
}

/// The catalogue's thresholds: proposals of a design, except the quarter.
inline constexpr auto quarter = std::chrono::days {90};
inline constexpr auto halfYear = std::chrono::days {180};

/// Whether a moment is known and lies further back than `age`.
inline bool isOlder(const std::optional<base::Instant>& moment, base::Instant now, std::chrono::days age)
{
    return moment && *moment + age < now;
}

/// "112 d"; how long ago a moment was.
inline QString ago(base::Instant moment, base::Instant now)
{
    return base::duration(std::chrono::floor<std::chrono::seconds>(now - moment));
}

} // namespace diagnosis
