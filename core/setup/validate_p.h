// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/setup/fields.h"

#include <QStringList>

#include <functional>

/// The engine that runs the field table over a document. Not for other floors.
namespace setup {

/// Everything but references: schema and version, missing and wrong members, doubles. The first fault is the
/// Error.
base::Result<void> validate(const json::Document& document);
/// References to objects that are not there, and names that stand twice.
base::Result<void> validateNames(const json::Document& document);

/// Calls `visit` for every member that the table knows and that stands in the document, in the table's order.
using Visit = std::function<void(const Field& field, const json::Value& value)>;
void eachMember(const json::Document& document, const Visit& visit);

/// The row of a path, or nullptr.
const Field* field(QByteArrayView path);
/// The member's name when the row describes a member of the objects at `pattern` ("/apps/*"), else empty.
QByteArrayView memberOf(const Field& row, QByteArrayView pattern);
/// "lower|higher" as a list.
QList<QByteArray> choices(const Field& field);

/// An Error "setup-field" with "/apps/2/clientId, line 41" in `where`.
tl::unexpected<base::Error> fieldError(const QString& text, const QString& pointer, int line);
/// The nearest named object at or above a pointer, for a sentence: `the app "agent"`, or "the setup".
QString described(const json::Document& document, QString pointer);
/// A name or other short text of the document, fit for a sentence: invisible characters marked, long ones
/// cut, and what looks like a secret left out.
QString shown(const QString& text);

} // namespace setup
