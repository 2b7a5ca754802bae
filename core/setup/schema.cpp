// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "fields.h"

#include "core/setup/validate_p.h"

#include <QString>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

/// What JSON Schema says of a kind, between the braces; %1 stands for the choices.
struct Keyword
{
    FieldKind kind;
    const char* type;
    const char* more;
};
constexpr Keyword keywords[] = {
    {FieldKind::Object, "object", ""},
    {FieldKind::Array, "array", ""},
    {FieldKind::Text, "string", ""},
    {FieldKind::Guid, "string", R"("pattern": "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")"},
    {FieldKind::Flag, "boolean", ""},
    {FieldKind::Number, "integer", ""},
    {FieldKind::Choice, "string", ""},
    {FieldKind::TextList, "array", R"("items": { "type": "string" })"},
    {FieldKind::Origin, "string", R"("pattern": "^https?://[^/?#@]+$")"},
    {FieldKind::Url, "string", R"("pattern": "^https?://[^/?#@]+([/?#].*)?$")"},
    {FieldKind::Issuer, "string", ""},
    {FieldKind::Time, "string", R"("format": "date-time")"},
    {FieldKind::Foreign, "object", ""},
    {FieldKind::Name, "string", ""},
    {FieldKind::IssuerList, "array", R"("items": { "type": "string" })"},
};

const Keyword& keywordOf(FieldKind kind)
{
    return *std::find_if(
        std::begin(keywords), std::end(keywords), [kind](const Keyword& k) { return k.kind == kind; });
}

QByteArray word(QByteArrayView text) { return json::quoted(QString::fromUtf8(text)); }

/// A member that may be left out may be null as well.
QByteArray typeOf(const Field& row)
{
    const QByteArray type = word(keywordOf(row.kind).type);
    return row.required ? type : QByteArray("["_ba + type + R"(, "null"])"_ba);
}

QByteArray enumOf(const Field& row)
{
    QByteArrayList values;
    for (const QByteArray& choice : choices(row))
        values += row.kind == FieldKind::Number ? choice : word(choice);
    if (!row.required)
        values += "null"_ba;
    return R"("enum": [)"_ba + values.join(", "_ba) + "]"_ba;
}

QByteArray properties(const QByteArray& pattern);

QByteArray property(const Field& row)
{
    QByteArrayList parts{R"("title": )"_ba + word(row.label), R"("description": )"_ba + word(row.help),
        R"("type": )"_ba + typeOf(row)};
    if (const QByteArray more = keywordOf(row.kind).more; !more.isEmpty())
        parts += more;
    if (*row.choices && (row.kind == FieldKind::Choice || row.kind == FieldKind::Number))
        parts += enumOf(row);
    const bool text
        = row.kind == FieldKind::Text || row.kind == FieldKind::Name || row.kind == FieldKind::Issuer;
    if (row.required && text)
        parts += R"("minLength": 1)"_ba;
    if (row.kind == FieldKind::Object)
        parts += properties(row.path);
    if (row.kind == FieldKind::Array)
        parts += R"("items": { "type": "object", )"_ba + properties(row.path + "/*"_ba) + " }"_ba;
    return "{ "_ba + parts.join(", "_ba) + " }"_ba;
}

/// "properties" and "required" of the objects at a pattern. Members that the table does not know are allowed.
QByteArray properties(const QByteArray& pattern)
{
    QByteArrayList members;
    QByteArrayList required;
    for (const Field& row : fields()) {
        const QByteArrayView name = memberOf(row, pattern);
        if (name.isEmpty())
            continue;
        members += word(name) + ": "_ba + property(row);
        if (row.required)
            required += word(name);
    }
    return R"("properties": { )"_ba + members.join(", "_ba) + R"( }, "required": [)"_ba
        + required.join(", "_ba) + "]"_ba;
}

} // namespace

QByteArray schema()
{
    const QByteArray text = R"({ "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Trustwalk setup", "description": "Tenants, identities, credentials, targets and flows. Holds no secret.",
        "type": "object", )"_ba
        + properties({}) + " }"_ba;
    return json::formatted(json::Document::read(text).root()) + "\n"_ba;
}

} // namespace setup
