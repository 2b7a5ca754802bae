// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <span>

#include <QByteArray>

namespace setup {

/// What a member holds: decides validation, the schema, the form, and which values binding may touch.
enum class FieldKind {
    Object, Array, Text,
    Guid,    ///< read in lower case, as the directory writes it
    Flag, Number, Choice, TextList,
    Origin,  ///< scheme, host and port of a server: bound in the lab
    Url,     ///< a URL whose origin is bound in the lab
    Issuer,  ///< an issuer that tokens carry: bound in the lab
    Time,    ///< RFC 3339
    Foreign, ///< a vendor's own object, taken as it is; members named issuer_url in it are bound
    Name,    ///< reference to another object of the setup; `choices` names the array: "apps", or several: "apps|providers"
    IssuerList ///< a TextList of issuers: bound in the lab
};

/// One row a member of the setup document. The table is the only place that knows the document's shape: reading,
/// messages, schema and the form all come from it.
struct Field
{
    const char* path;    ///< "/apps/*/clientId"
    FieldKind kind;
    bool required;
    const char* choices; ///< Choice: "lower|higher"; Number: the numbers that are known; Name: array name
    const char* label;   ///< for the form
    const char* help;    ///< one sentence
};
std::span<const Field> fields();

/// JSON Schema (draft 2020-12), made from the table.
QByteArray schema();

} // namespace setup
