// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/strangers_p.h"

#include "core/trust/cel.h"

#include <QMap>
#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using Claims = QMap<QString, QString>;

constexpr qsizetype mostTries = 256;
/// What every token of a tenant for this receiver has alike.
constexpr std::array alike {"tid"_L1, "iss"_L1, "aud"_L1, "ver"_L1};

json::Document documentOf(const Claims& claims)
{
    QByteArrayList members;
    for (auto it = claims.begin(); it != claims.end(); ++it)
        members.append(json::quoted(it.key()) + ':' + json::quoted(it.value()));
    return json::Document::read('{' + members.join(',') + '}');
}

/// What the mapping makes of a token, under "google" and "attribute".
Claims mapped(const json::Value& mapping, const QString& under, const cel::Environment& assertion)
{
    Claims out;
    for (json::Value each = mapping.first(); each; each = each.next())
        if (const QString key = each.keyText(); key.startsWith(QString(under + u'.')))
            if (const cel::Computed made = cel::compute(each.text(), assertion); made.state == cel::Computed::State::Value)
                out.insert(key.sliced(under.size() + 1), json::Document::read(made.json).root().display());
    return out;
}

bool holds(const QString& condition, const json::Value& mapping, const Claims& claims)
{
    const json::Document token = documentOf(claims);
    const auto missing = u"There is no %1."_s;
    cel::Environment environment {.variables = {{u"assertion"_s, token.root(), missing}, {u"claims"_s, token.root(), missing}}, .vocabulary = cel::Vocabulary::Mappings};
    const json::Document google = documentOf(mapped(mapping, u"google"_s, environment)), attribute = documentOf(mapped(mapping, u"attribute"_s, environment));
    environment.variables += {{u"google"_s, google.root(), missing}, {u"attribute"_s, attribute.root(), missing}};
    return cel::evaluate(condition, environment).holds.value_or(false);
}

QStringList captured(const QRegularExpression& expression, const QString& text)
{
    QStringList out;
    for (auto it = expression.globalMatch(text); it.hasNext();)
        if (const QString each = it.next().captured(1); !out.contains(each))
            out.append(each);
    return out;
}

/// Every way to give these claims one of these values, one after the other, until one fits.
bool anyFits(const QString& condition, const json::Value& mapping, Claims claims, const QStringList& names, const QStringList& values)
{
    qsizetype tries = 1;
    for (qsizetype i = 0; i < names.size(); ++i)
        tries *= values.size();
    for (qsizetype n = 0; n < std::min(tries, mostTries); ++n) {
        qsizetype rest = n;
        for (const QString& name : names) {
            claims[name] = values[rest % values.size()];
            rest /= values.size();
        }
        if (holds(condition, mapping, claims))
            return true;
    }
    return false;
}

} // namespace

Strangers strangersLetIn(const QString& condition, const json::Value& mapping)
{
    static const QRegularExpression claim(u"(?:assertion|claims)(?:\\.|\\[['\"])([A-Za-z0-9_]+)"_s), literal(u"['\"]([^'\"]*)['\"]"_s);
    QString text = condition;
    for (json::Value each = mapping.first(); each; each = each.next())
        text += u'\n' + each.text();
    Claims claims;
    QStringList common;
    for (const QString& name : captured(claim, text)) {
        claims.insert(name, u"somebody else's "_s + name);
        if (std::ranges::find(alike, name) != alike.end())
            common.append(name);
    }
    if (holds(condition, mapping, claims))
        return Strangers::All;
    const QStringList values = captured(literal, text);
    return !common.isEmpty() && !values.isEmpty() && anyFits(condition, mapping, claims, common, values) ? Strangers::OfTheTenant : Strangers::None;
}

} // namespace diagnosis
