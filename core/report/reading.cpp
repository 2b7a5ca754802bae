// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "reading_p.h"

namespace report {

using namespace Qt::StringLiterals;

void Reading::fail(const json::Value& at, const QString& text)
{
    if (m_fault)
        return;
    const QString pointer = at.pointer();
    m_fault = base::Error {u"not-a-run"_s, text, u"%1, line %2"_s.arg(pointer.isEmpty() ? u"/"_s : pointer).arg(at.position().line)};
}

json::Value Reading::member(const json::Value& parent, const char* name, bool needed, bool (json::Value::*is)() const, const QString& what)
{
    const json::Value value = parent[name];
    if (!value || value.isNull()) {
        if (needed && parent)
            fail(parent, u"`%1` is missing."_s.arg(QLatin1String(name)));
        return {};
    }
    if ((value.*is)())
        return value;
    fail(value, u"`%1` has to be %2."_s.arg(QLatin1String(name), what));
    return {};
}

json::Value Reading::object(const json::Value& parent, const char* name, bool needed) { return member(parent, name, needed, &json::Value::isObject, u"an object"_s); }
json::Value Reading::array(const json::Value& parent, const char* name, bool needed) { return member(parent, name, needed, &json::Value::isArray, u"a list"_s); }
QString Reading::text(const json::Value& parent, const char* name, bool needed) { return member(parent, name, needed, &json::Value::isString, u"a text"_s).text(); }

std::optional<qint64> Reading::integer(const json::Value& parent, const char* name, bool needed)
{
    const json::Value value = member(parent, name, needed, &json::Value::isNumber, u"a whole number"_s);
    if (value && !value.integer())
        fail(value, u"`%1` has to be a whole number."_s.arg(QLatin1String(name)));
    return value ? value.integer() : std::nullopt;
}

std::optional<double> Reading::number(const json::Value& parent, const char* name)
{
    const json::Value value = member(parent, name, false, &json::Value::isNumber, u"a number"_s);
    return value ? value.number() : std::nullopt;
}

bool Reading::flag(const json::Value& parent, const char* name) { return member(parent, name, false, &json::Value::isBool, u"true or false"_s).boolean(); }

QStringList Reading::texts(const json::Value& parent, const char* name)
{
    QStringList out;
    for (json::Value v = array(parent, name, false).first(); v; v = v.next()) {
        if (!v.isString())
            fail(v, u"`%1` has to be a list of texts."_s.arg(QLatin1String(name)));
        out.append(v.text());
    }
    return out;
}

std::optional<base::Instant> Reading::time(const json::Value& parent, const char* name)
{
    const json::Value value = member(parent, name, false, &json::Value::isString, u"a time"_s);
    const auto time = value ? base::fromRfc3339(value.text()) : std::nullopt;
    if (value && !time)
        fail(value, u"`%1` has to be a time as in RFC 3339: 2026-11-23T16:04:12Z."_s.arg(QLatin1String(name)));
    return time;
}

void Reading::failName(const json::Value& parent, const char* name, const QStringList& names)
{
    const json::Value at = parent[name];
    fail(at ? at : parent, u"`%1` is \"%2\"; it has to be one of %3."_s.arg(QLatin1String(name), at.text(), names.join(u", "_s)));
}

} // namespace report
