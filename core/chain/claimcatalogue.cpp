// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "claimcatalogue.h"

#include "core/base/json.h"

#include <QFile>

using namespace Qt::StringLiterals;

// The macro does not work inside a namespace.
static void linkCatalogue() { Q_INIT_RESOURCE(chain); }

namespace chain {

namespace {

struct Catalogue
{
    QHash<QString, ClaimEntry> header {};
    QHash<QString, ClaimEntry> payload {};
    QHash<QString, QString> facets {};
    QHash<QString, QString> relations {};
};

ClaimEntry entryOf(const json::Value& value)
{
    ClaimEntry entry {.meaning = value["meaning"].text(),
        .aside = value["aside"].text(),
        .detail = value["detail"].text(),
        .source = value["source"].text(),
        .reader = value["reader"].text(),
        .filler = value["filler"].text()};
    for (json::Value each = value["values"].first(); each; each = each.next())
        entry.values.insert(each.keyText(), {each.at(0).text(), each.at(1).text()});
    return entry;
}

QHash<QString, QString> wordsOf(const json::Value& object)
{
    QHash<QString, QString> words;
    for (json::Value each = object.first(); each; each = each.next())
        words.insert(each.keyText(), each.text());
    return words;
}

Catalogue readCatalogue()
{
    linkCatalogue();
    QFile file(u":/chain/claims.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const json::Document document = json::Document::read(file.readAll());
    Catalogue out {
        .facets = wordsOf(document.root()["facets"]), .relations = wordsOf(document.root()["relations"])};
    for (json::Value each = document.root()["claims"].first(); each; each = each.next())
        (each["part"].text() == u"header" ? out.header : out.payload)
            .insert(each["name"].text(), entryOf(each));
    return out;
}

/// Read once, never changed.
const Catalogue& catalogue()
{
    static const Catalogue read = readCatalogue();
    return read;
}

} // namespace

const ClaimEntry* claimEntry(QStringView name, bool inHeader)
{
    const auto& entries = inHeader ? catalogue().header : catalogue().payload;
    const auto it = entries.constFind(name.toString());
    return it == entries.constEnd() ? nullptr : &*it;
}

QString facetMeaning(const QString& number) { return catalogue().facets.value(number); }
QString relationMeaning(const QString& number) { return catalogue().relations.value(number); }

} // namespace chain
