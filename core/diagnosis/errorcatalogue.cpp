// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "errorcatalogue.h"

#include "core/base/json.h"

#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

// The macro does not work inside a namespace.
static void linkErrors() { Q_INIT_RESOURCE(diagnosis); }

namespace diagnosis {

namespace {

ErrorEntry entryOf(const json::Value& value)
{
    ErrorEntry entry {.code = value["code"].text(),
        .vendor = value["vendor"].text(),
        .error = value["error"].text(),
        .meaning = value["meaning"].text(),
        .fix = value["fix"].text(),
        .source = value["source"].text(),
        .certainty = value["certainty"].text(),
        .rule = value["rule"].text()};
    for (json::Value cause = value["causes"].first(); cause; cause = cause.next())
        entry.causes.append(cause.text());
    return entry;
}

QList<ErrorEntry> readEntries()
{
    linkErrors();
    QFile file(u":/diagnosis/errors.json"_s);
    QList<ErrorEntry> entries;
    if (!file.open(QIODevice::ReadOnly))
        return entries;
    const json::Document document = json::Document::read(file.readAll());
    for (json::Value each = document.root()["errors"].first(); each; each = each.next())
        entries.append(entryOf(each));
    return entries;
}

bool isNumber(QStringView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

} // namespace

const QList<ErrorEntry>& errorEntries()
{
    // Read once, never changed.
    static const QList<ErrorEntry> entries = readEntries();
    return entries;
}

const ErrorEntry* errorEntry(QStringView code)
{
    const QString wanted = isNumber(code) ? QString(u"AADSTS"_s + code) : code.toString();
    const auto it = std::ranges::find_if(errorEntries(),
        [&](const ErrorEntry& e) { return e.code.compare(wanted, Qt::CaseInsensitive) == 0; });
    return it == errorEntries().end() ? nullptr : &*it;
}

} // namespace diagnosis
