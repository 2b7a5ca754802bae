// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "explained.h"

#include "explainparts.h"

#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype wordLimit = 120;

qsizetype words(const QString& text)
{
    static const QRegularExpression blanks(u"\\s+"_s);
    return text.split(blanks, Qt::SkipEmptyParts).size();
}

// Over the limit the last sections go first: what happened and who decided is worth more than what comes next.
void shorten(Explained& e)
{
    while (wordCount(e) > wordLimit && e.sections.size() > 1)
        e.sections.removeLast();
}

} // namespace

namespace explain {

void add(Explained& to, const QString& heading, const QString& text, Section::Kind kind)
{
    if (!text.isEmpty())
        to.sections.append({kind, heading, text, {}});
}

std::optional<base::Verdict> verdictOf(const session::Session& session, const QString& stepId)
{
    const flow::StepRecord* record = session.record(stepId);
    if (record && record->truth)
        return record->truth;
    return session.predicted(stepId);
}

} // namespace explain

qsizetype wordCount(const Explained& explained)
{
    qsizetype count = 0;
    for (const Explained::Section& section : explained.sections)
        if (section.kind == Explained::Section::Kind::Own)
            count += words(section.text);
    return count;
}

Explained explained(const session::Session& session, const base::Place& place)
{
    for (const auto kind : {explain::claim, explain::check, explain::audience, explain::party, explain::step, explain::object}) {
        if (auto found = kind(session, place)) {
            shorten(*found);
            return *found;
        }
    }
    Explained nothing {.title = u"No setup"_s};
    explain::add(nothing, {}, u"Open a setup or choose a sample. It brings its own lab and needs no account."_s);
    return nothing;
}

Explained glossary(const session::Session& session, const QString& name)
{
    Explained e {.caption = u"Glossary"_s};
    if (const catalog::Term* term = catalog::term(name)) {
        e.title = term->name;
        explain::add(e, {}, term->text);
        explain::add(e, u"Source"_s, term->source);
        return e;
    }
    e.title = u"Terms on this walk"_s;
    QSet<QString> seen;
    for (const flow::Step& step : session.flow().steps)
        for (const catalog::Term& term : catalog::explain(step).terms)
            if (!seen.contains(term.name)) {
                seen.insert(term.name);
                e.terms.append({term.name, term.source});
            }
    return e;
}
