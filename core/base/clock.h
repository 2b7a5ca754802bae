// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>
#include <QStringView>

#include <chrono>
#include <functional>
#include <optional>

namespace base {

/// A moment, UTC, in milliseconds since 1970.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
/// Whatever tells the time: the system, the lab's shifted clock, a test.
using Clock = std::function<Instant()>;

Instant systemNow();
inline qint64 epochSeconds(Instant t) { return std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count(); }
inline Instant fromEpochSeconds(qint64 s) { return Instant {std::chrono::seconds {s}}; }

/// "2026-11-23T16:04:12Z" (RFC 3339, UTC, whole seconds).
QString toRfc3339(Instant t);
/// Any RFC 3339 time with offset; nothing when it is not one.
std::optional<Instant> fromRfc3339(QStringView text);
/// "16:04:12", UTC.
QString toClock(Instant t);
/// A length of time as people say it: "74 min", "23 h 54 min", "6 min 19 s", "42 s". Never negative: pass the magnitude.
QString duration(std::chrono::seconds length);

} // namespace base
