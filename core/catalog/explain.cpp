// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "explain.h"

#include "core/base/json.h"

#include <QFile>
#include <QHash>

static void initExplanations() { Q_INIT_RESOURCE(explanations); }

namespace catalog {

using namespace Qt::StringLiterals;

namespace {

/// The catalogue is data: read once, never changed.
const json::Document& catalogue()
{
    static const json::Document document = [] {
        initExplanations();
        QFile file(u":/catalog/explanations.json"_s);
        return file.open(QIODevice::ReadOnly) ? json::Document::read(file.readAll()) : json::Document {};
    }();
    return document;
}

const QHash<QString, Term>& terms()
{
    static const QHash<QString, Term> table = [] {
        QHash<QString, Term> read;
        for (json::Value v = catalogue().root()["terms"].first(); v; v = v.next())
            read.insert(v.keyText(), {v.keyText(), v["source"].text(), v["text"].text()});
        return read;
    }();
    return table;
}

Explanation explanationOf(const json::Value& entry, const QString& title)
{
    Explanation explanation {.title = title, .whatHappens = entry["what"].text(), .whoDecides = entry["who"].text(), .next = entry["next"].text()};
    for (json::Value name = entry["terms"].first(); name; name = name.next())
        if (const Term* found = term(name.text()))
            explanation.terms.append(*found);
    return explanation;
}

} // namespace

const Term* term(QStringView name)
{
    const auto it = terms().constFind(name.toString());
    return it == terms().constEnd() ? nullptr : &*it;
}

Explanation explain(const flow::Step& step)
{
    return explanationOf(catalogue().root()["steps"][step.explain.toUtf8()], step.title);
}

Explanation explainDifference(QStringView kind, QStringView name)
{
    const json::Value entries = catalogue().root()["differences"];
    const json::Value own = entries[QByteArray(kind.toUtf8() + ' ' + name.toUtf8())];
    return explanationOf(own ? own : entries[kind.toUtf8()], {});
}

} // namespace catalog
