// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "validate_p.h"

#include <QSet>

#include <optional>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

struct Noun
{
    QLatin1StringView array;
    QLatin1StringView one;
};
constexpr Noun nouns[] = {
    {"tenants"_L1, "tenant"_L1},
    {"users"_L1, "user"_L1},
    {"apps"_L1, "app"_L1},
    {"credentials"_L1, "credential"_L1},
    {"permissions"_L1, "permission"_L1},
    {"managedIdentities"_L1, "managed identity"_L1},
    {"issuers"_L1, "outside issuer"_L1},
    {"providers"_L1, "provider"_L1},
    {"targets"_L1, "target"_L1},
    {"flows"_L1, "flow"_L1},
    {"tools"_L1, "tool"_L1},
    {"secrets"_L1, "secret"_L1},
    {"roleAssignments"_L1, "role assignment"_L1},
};

QString nounOf(QStringView array)
{
    for (const Noun& noun : nouns) {
        if (noun.array == array)
            return noun.one;
    }
    return array.toString();
}

/// What an object of an array is known by: flows by their id, everything else by its name.
json::Value nameOf(const json::Value& object) { return object["name"] ? object["name"] : object["id"]; }

QStringList namesIn(const json::Document& doc, const QList<QByteArray>& arrays)
{
    QStringList names;
    for (const QByteArray& array : arrays) {
        for (json::Value object = doc.root()[array].first(); object; object = object.next())
            names += nameOf(object).text();
    }
    return names;
}

base::Error unknownName(const json::Document& doc, const Field& row, const json::Value& value)
{
    QStringList kinds;
    for (const QByteArray& array : choices(row))
        kinds += nounOf(QString::fromLatin1(array));
    QStringList known;
    for (const QString& name : namesIn(doc, choices(row)))
        known += shown(name);
    const QString pointer = value.pointer();
    QString text = u"%1 names \"%2\" under \"%3\", and no %4 has that name. "_s.arg(
        described(doc, pointer.left(pointer.lastIndexOf(u'/'))), shown(value.text()), value.keyText(),
        kinds.join(u" or "_s));
    text[0] = text[0].toUpper();
    text += known.isEmpty() ? u"There is none in the setup. Add it."_s
                            : u"Known: %1."_s.arg(known.join(u", "_s));
    return fieldError(text, pointer, value.position().line).value();
}

/// What tells the entries of an array apart: the name, and of a vault's secret its version too.
QString keyOf(const json::Value& object) { return object["version"] ? nameOf(object).text() + u'/' + object["version"].text() : nameOf(object).text(); }

std::optional<base::Error> doubleName(const json::Document& doc, const json::Value& array)
{
    QSet<QString> seen;
    for (json::Value object = array.first(); object; object = object.next()) {
        const json::Value name = nameOf(object);
        if (!name.isString() || !seen.contains(keyOf(object))) {
            seen.insert(keyOf(object));
            continue;
        }
        const QString noun = nounOf(array.keyText());
        const QString where = described(doc, array.pointer());
        return fieldError(
            u"Two entries under \"%1\" in %2 are called \"%3\". Give one %4 another name."_s.arg(
                array.keyText(), where, shown(name.text()), noun),
            name.pointer(), name.position().line)
            .value();
    }
    return {};
}

/// Lists whose entries have a name to be found by.
bool isNamed(const Field& row)
{
    const QByteArray element = QByteArray(row.path) + "/*"_ba;
    return row.kind == FieldKind::Array
        && (field(QByteArray(element + "/name")) || field(QByteArray(element + "/id")));
}

} // namespace

QString described(const json::Document& document, QString pointer)
{
    for (; pointer.contains(u'/'); pointer.truncate(pointer.lastIndexOf(u'/'))) {
        const QStringList parts = pointer.split(u'/');
        bool numbered = false;
        const int index = parts.last().toInt(&numbered);
        if (!numbered)
            continue;
        const json::Value name = nameOf(document.find(pointer));
        if (name.isString())
            return u"the %1 \"%2\""_s.arg(nounOf(parts[parts.size() - 2]), shown(name.text()));
        if (parts.size() == 3)
            return u"the %1 at place %2"_s.arg(nounOf(parts[1]), QString::number(index + 1));
    }
    return u"the setup"_s;
}

base::Result<void> validateNames(const json::Document& document)
{
    std::optional<base::Error> first;
    eachMember(document, [&](const Field& row, const json::Value& value) {
        if (first)
            return;
        if (isNamed(row))
            first = doubleName(document, value);
        else if (row.kind == FieldKind::Name && !namesIn(document, choices(row)).contains(value.text()))
            first = unknownName(document, row, value);
    });
    if (first)
        return tl::unexpected(*first);
    return {};
}

} // namespace setup
