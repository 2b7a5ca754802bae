// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "errorcatalogue.h"

#include "core/base/json.h"
#include "core/base/jsontexts.h"

#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

// The macro does not work inside a namespace.
static void linkErrors() { Q_INIT_RESOURCE(diagnosis); }

namespace diagnosis {

namespace {

/// A member of the entry, else what `from` has there.
QString textOf(const json::Value& value, const char* member, const QString& from)
{
    return value[member] ? value[member].text() : from;
}

/// What a variant does not say itself it has from the entry it belongs to.
ErrorEntry entryOf(const json::Value& value, const ErrorEntry& from)
{
    ErrorEntry entry {.code = textOf(value, "code", from.code),
        .vendor = textOf(value, "vendor", from.vendor),
        .error = textOf(value, "error", from.error),
        .meaning = value["meaning"].text(),
        .causes = json::textsIn(value["causes"]),
        .fix = textOf(value, "fix", from.fix),
        .source = textOf(value, "source", from.source),
        .certainty = textOf(value, "certainty", from.certainty),
        .rule = textOf(value, "rule", from.rule),
        .ask = value["ask"] ? json::textsIn(value["ask"]) : from.ask,
        .words = value["words"].text(),
        .loose = value["loose"].boolean()};
    for (json::Value each = value["evidence"].first(); each; each = each.next())
        entry.evidence.append({each["words"].text(), each["first"].text(), json::textsIn(each["without"])});
    for (json::Value each = value["variants"].first(); each; each = each.next())
        entry.variants.append(entryOf(each, entry));
    return entry;
}

struct Catalogue
{
    int version = 0;
    QList<ErrorEntry> entries {};
};

Catalogue readCatalogue()
{
    linkErrors();
    QFile file(u":/diagnosis/errors.json"_s);
    Catalogue out;
    if (!file.open(QIODevice::ReadOnly))
        return out;
    const json::Document document = json::Document::read(file.readAll());
    out.version = int(document.root()["version"].integer().value_or(0));
    for (json::Value each = document.root()["errors"].first(); each; each = each.next())
        out.entries.append(entryOf(each, {}));
    return out;
}

const Catalogue& catalogue()
{
    // Read once, never changed.
    static const Catalogue all = readCatalogue();
    return all;
}

QRegularExpression compiled(const QString& words)
{
    return QRegularExpression(words, QRegularExpression::CaseInsensitiveOption);
}

/// The alternatives of a regular expression, as far as they stand at its top.
QStringList alternatives(const QString& pattern)
{
    QStringList out {QString()};
    int depth = 0;
    bool escaped = false;
    for (const QChar c : pattern) {
        depth += escaped ? 0 : (c == u'(') - (c == u')');
        if (c == u'|' && depth == 0 && !escaped)
            out.append(QString());
        else
            out.last() += c;
        escaped = c == u'\\' && !escaped;
    }
    return out;
}

/// The longest run of plain characters that has to be there: searching for it is much cheaper than matching.
QString plainRun(const QString& pattern)
{
    static const QRegularExpression parts(
        u"\\([^()]*(?:\\([^()]*\\)[^()]*)*\\)[?*+]?|\\[[^\\]]*\\][?*+]?(?:\\{[^}]*\\})?|\\\\.[?*+]?|.[?*+]|[.^$?*+{}]"_s);
    QString longest;
    for (const QString& run : pattern.split(parts))
        longest = run.size() > longest.size() ? run : longest;
    return longest.toLower();
}

QStringList anchorsOf(const QString& pattern)
{
    QStringList out;
    for (const QString& alternative : alternatives(pattern)) {
        out.append(plainRun(alternative));
        if (out.last().size() < 4)
            return {};
    }
    return out;
}

QList<WordedError> readWorded()
{
    QList<WordedError> out;
    for (const ErrorEntry& entry : errorEntries()) {
        for (const ErrorEntry& variant : entry.variants)
            if (!variant.words.isEmpty() && !variant.loose)
                out.append({&variant, compiled(variant.words), anchorsOf(variant.words)});
        if (!entry.words.isEmpty())
            out.append({&entry, compiled(entry.words), anchorsOf(entry.words)});
    }
    return out;
}

bool isNumber(QStringView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

} // namespace

const QList<ErrorEntry>& errorEntries() { return catalogue().entries; }
int errorCatalogueVersion() { return catalogue().version; }

const QList<WordedError>& wordedErrors()
{
    static const QList<WordedError> all = readWorded();
    return all;
}

const ErrorEntry* errorEntry(QStringView code)
{
    const QString wanted = isNumber(code) ? QString(u"AADSTS"_s + code) : code.toString();
    const auto it = std::ranges::find_if(errorEntries(),
        [&](const ErrorEntry& e) { return e.code.compare(wanted, Qt::CaseInsensitive) == 0; });
    return it == errorEntries().end() ? nullptr : &*it;
}

const ErrorEntry* errorEntry(QStringView code, const QString& said, const QString& vendor)
{
    const ErrorEntry* entry = errorEntry(code);
    if (!entry)
        return nullptr;
    for (const ErrorEntry& variant : entry->variants)
        if (!variant.words.isEmpty() ? compiled(variant.words).match(said).hasMatch() : variant.vendor == vendor)
            return &variant;
    return entry;
}

QStringList causesFor(const ErrorEntry& entry, const QString& said)
{
    QStringList causes = entry.causes;
    for (const ErrorEntry::Evidence& each : entry.evidence) {
        if (!QRegularExpression(each.words, QRegularExpression::CaseInsensitiveOption).match(said).hasMatch())
            continue;
        for (const QString& other : each.without)
            causes.removeIf([&other](const QString& cause) { return cause.startsWith(other); });
        const auto first = std::ranges::find_if(causes, [&each](const QString& cause) { return cause.startsWith(each.first); });
        if (first != causes.end())
            std::rotate(causes.begin(), first, first + 1);
    }
    return causes;
}

} // namespace diagnosis
