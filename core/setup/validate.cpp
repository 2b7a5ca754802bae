// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "validate_p.h"

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/setup/secretshape.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

bool isGuid(const json::Value& v, const Field&)
{
    static const QRegularExpression guid(u"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\z"_s);
    // A secret in this place is a finding, with its own words; it must not keep the document from being
    // shown.
    return v.isString() && (guid.match(v.text()).hasMatch() || !secretShape(v.text()).isEmpty());
}

bool isText(const json::Value& v, const Field& field)
{
    return v.isString() && (!field.required || !v.bytes().isEmpty());
}

bool isTextList(const json::Value& v, const Field&)
{
    for (json::Value element = v.first(); element; element = element.next()) {
        if (!element.isString())
            return false;
    }
    return v.isArray();
}

QUrl serverUrl(const json::Value& v)
{
    const QUrl url(v.text(), QUrl::StrictMode);
    const bool usable = v.isString() && url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty()
        && (url.scheme() == "https"_L1 || url.scheme() == "http"_L1);
    return usable ? url : QUrl();
}

bool isUrl(const json::Value& v, const Field&) { return serverUrl(v).isValid(); }

bool isOrigin(const json::Value& v, const Field&)
{
    const QUrl url = serverUrl(v);
    return url.isValid() && url.path().isEmpty() && !url.hasQuery() && !url.hasFragment();
}

bool isTime(const json::Value& v, const Field&)
{
    return v.isString() && base::fromRfc3339(v.text()).has_value();
}
bool isChoice(const json::Value& v, const Field& field)
{
    return v.isString() && choices(field).contains(v.bytes().toByteArray());
}
bool isFlag(const json::Value& v, const Field&) { return v.isBool(); }
bool isObject(const json::Value& v, const Field&) { return v.isObject(); }

bool isNumber(const json::Value& v, const Field& field)
{
    const bool any = *field.choices == '\0';
    return v.integer() && (any || choices(field).contains(QByteArray::number(*v.integer())));
}

bool isArray(const json::Value& v, const Field&)
{
    for (json::Value element = v.first(); element; element = element.next()) {
        if (!element.isObject())
            return false;
    }
    return v.isArray();
}

struct Shape
{
    FieldKind kind;
    bool (*fits)(const json::Value&, const Field&);
    const char* what;
};
constexpr Shape shapes[] = {
    {FieldKind::Object, isObject, "an object in braces"},
    {FieldKind::Array, isArray, "a list of objects"},
    {FieldKind::Text, isText, "a text in quotes"},
    {FieldKind::Guid, isGuid, "a GUID of 8-4-4-4-12 hexadecimal digits"},
    {FieldKind::Flag, isFlag, "true or false"},
    {FieldKind::Number, isNumber, "one of the numbers known here"},
    {FieldKind::Choice, isChoice, "one of the words known here"},
    {FieldKind::TextList, isTextList, "a list of texts"},
    {FieldKind::Origin, isOrigin, "an origin, which is https:// and a host, without a path or closing slash"},
    {FieldKind::Url, isUrl, "an http or https URL with a host"},
    {FieldKind::Issuer, isText, "a text in quotes"},
    {FieldKind::Time, isTime, "a time with its zone"},
    {FieldKind::Foreign, isObject, "an object in braces"},
    {FieldKind::Name, isText, "a text in quotes"},
    {FieldKind::IssuerList, isTextList, "a list of texts"},
};

const Shape& shapeOf(FieldKind kind) { return *std::ranges::find(shapes, kind, &Shape::kind); }

/// Walks the objects that the table describes, level by level.
template <typename Each>
base::Result<void> walk(const json::Value& object, const QByteArray& pattern, const Each& each)
{
    for (const Field& row : fields()) {
        const QByteArrayView name = memberOf(row, pattern);
        if (name.isEmpty())
            continue;
        const json::Value value = object[name];
        if (auto result = each(row, object, value); !result)
            return result;
        if (!value || value.isNull())
            continue;
        if (row.kind == FieldKind::Object) {
            if (auto result = walk(value, row.path, each); !result)
                return result;
        }
        for (json::Value element = row.kind == FieldKind::Array ? value.first() : json::Value(); element;
             element = element.next()) {
            if (auto result = walk(element, QByteArray(row.path) + "/*"_ba, each); !result)
                return result;
        }
    }
    return {};
}

base::Result<void> checkMember(
    const json::Document& doc, const Field& row, const json::Value& object, const json::Value& value)
{
    const QString name
        = QString::fromLatin1(QByteArrayView(row.path).sliced(QByteArrayView(row.path).lastIndexOf('/') + 1));
    const QString help = QString::fromUtf8(row.help);
    const QString pointer = object.pointer() + u'/' + name;
    const auto owner = [&] { return described(doc, object.pointer()); };
    if (!value || value.isNull()) {
        if (!row.required)
            return {};
        return fieldError(
            u"\"%1\" is missing in %2. %3"_s.arg(name, owner(), help), pointer, object.position().line);
    }
    if (object.count(name.toUtf8()) > 1)
        return fieldError(u"\"%1\" stands more than once in %2. Keep one of them."_s.arg(name, owner()),
            pointer, value.position().line);
    const Shape& shape = shapeOf(row.kind);
    if (shape.fits(value, row))
        return {};
    return fieldError(u"\"%1\" in %2 is not %3. %4"_s.arg(name, owner(), QString::fromUtf8(shape.what), help),
        pointer, value.position().line);
}

base::Result<void> checkVersion(const json::Document& doc)
{
    const json::Value root = doc.root();
    if (!root.isObject() || root["schema"].bytes() != "setup")
        return fieldError(
            u"This is not a setup document: it does not begin with \"schema\": \"setup\". Nothing was loaded."_s,
            u"/schema"_s, 1);
    const auto version = root["version"].integer();
    const int known = field("/version")->choices[0] - '0';
    if (version && *version > known) {
        return base::fail(u"setup-version"_s,
            u"Version %1 is newer than this program knows (%2). Nothing was changed."_s.arg(*version).arg(
                known),
            u"/version, line %1"_s.arg(root["version"].position().line));
    }
    return {};
}

} // namespace

QString shown(const QString& text)
{
    return secretShape(text).isEmpty() ? base::elidedMiddle(base::visible(text), 60) : u"(hidden)"_s;
}

tl::unexpected<base::Error> fieldError(const QString& text, const QString& pointer, int line)
{
    return base::fail(u"setup-field"_s, text, u"%1, line %2"_s.arg(pointer).arg(line));
}

QByteArrayView memberOf(const Field& row, QByteArrayView pattern)
{
    const QByteArrayView path(row.path);
    if (!path.startsWith(pattern) || path.size() <= pattern.size() || path[pattern.size()] != '/')
        return {};
    const QByteArrayView rest = path.sliced(pattern.size() + 1);
    return rest.contains('/') ? QByteArrayView() : rest;
}

QList<QByteArray> choices(const Field& field) { return QByteArray(field.choices).split('|'); }

const Field* field(QByteArrayView path)
{
    const auto found = std::ranges::find_if(fields(), [path](const Field& f) { return path == f.path; });
    return found == fields().end() ? nullptr : &*found;
}

base::Result<void> validate(const json::Document& document)
{
    if (auto version = checkVersion(document); !version)
        return version;
    return walk(document.root(), {},
        [&document](const Field& row, const json::Value& object, const json::Value& value) {
            return checkMember(document, row, object, value);
        });
}

void eachMember(const json::Document& document, const Visit& visit)
{
    (void)walk(document.root(), {},
        [&visit](const Field& row, const json::Value&, const json::Value& value) -> base::Result<void> {
            if (value && !value.isNull())
                visit(row, value);
            return {};
        });
}

} // namespace setup
