// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace base {

/// Why something could not be done. `code` is stable and searchable, `text` is a sentence for people that says what
/// happened and what to do, `where` is a place: "file:line:column", a JSON pointer, a field name.
struct Error
{
    QString code {};
    QString text {};
    QString where {};

    bool operator==(const Error&) const = default;
};

/// Errors of the world are data; this is for "it cannot be done at all".
template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(QString code, QString text, QString where = {})
{
    return tl::unexpected<Error>(Error {std::move(code), std::move(text), std::move(where)});
}

/// One visitor out of several lambdas, for std::visit.
template <typename... F>
struct overloaded : F...
{
    using F::operator()...;
};
template <typename... F>
overloaded(F...) -> overloaded<F...>;

} // namespace base
