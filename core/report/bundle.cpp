// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "bundle.h"

#include "pseudonyms_p.h"
#include "redactedrun.h"

#include "core/base/clock.h"
#include "core/base/jsonwriter.h"

namespace report {

using namespace Qt::StringLiterals;

namespace {

bool hasTokens(const json::Value& run)
{
    for (json::Value step = run["steps"].first(); step; step = step.next())
        for (json::Value token = step["tokens"].first(); token; token = token.next())
            if (token["header"].isObject())
                return true;
    return false;
}

void writeCounts(json::Writer& out, const json::Value& run, qsizetype left)
{
    out.beginObject("counts");
    if (const json::Value archive = run["counts"])
        out.number("exchangesIn", archive["entries"].integer().value_or(0)).number("exchangesRecognised", archive["recognised"].integer().value_or(0)).number("exchangesHidden", archive["hidden"].integer().value_or(0));
    out.number("stepsIn", qint64(run["steps"].size())).number("stepsOut", qint64(left)).number("findings", qint64(run["findings"].size())).endObject();
}

/// What was taken out, and only that: a run that was revealed on purpose still has its secrets.
void writeReceipt(json::Writer& out, const json::Value& run, const QByteArray& text, const Pseudonyms& pseudonyms)
{
    const bool whole = redactedRun(run) != json::formatted(run, -1);
    const qsizetype hidden = text.count("[hidden, ");
    QStringList removed, kept {u"claims, identifiers of tenants and applications, verdicts with what was compared, fingerprints of tokens"_s};
    if (whole)
        kept.append(u"whole tokens, secrets and codes, as the run was revealed"_s);
    if (!whole && hasTokens(run))
        removed.append(u"signatures of tokens"_s);
    if (!whole && hidden > 0)
        removed.append(u"secrets, codes, verifiers and tokens in requests and answers"_s);
    if (pseudonyms.people() > 0)
        removed.append(u"names and addresses of people"_s);
    out.beginObject("receipt")
        .number("hiddenValues", qint64(hidden))
        .number("peoplePseudonyms", qint64(pseudonyms.people()))
        .number("placesReplaced", qint64(pseudonyms.replaced()))
        .texts("removed", removed)
        .texts("kept", kept)
        .endObject();
}

} // namespace

QByteArray bundle(const json::Value& run, base::Instant made)
{
    Pseudonyms pseudonyms(run);
    const QByteArray text = pseudonyms.applied();
    json::Writer out;
    out.beginObject().text("schema", u"bundle"_s).number("version", 1).text("made", base::toRfc3339(made));
    writeCounts(out, run, json::Document::read(text).root()["steps"].size());
    writeReceipt(out, run, text, pseudonyms);
    out.raw("run", text);
    return out.endObject().done();
}

base::Result<json::Value> runIn(const json::Value& document)
{
    const json::Value run = document["schema"].text() == u"bundle" || document["schema"].text() == u"inspection" ? document["run"] : document;
    if (run["schema"].text() == u"run" && run["version"].integer() == 1)
        return run;
    return base::fail(u"not-a-run"_s, u"This is not a run that this program knows: `schema` has to be run, `version` 1. Write one with walk --json, or inspect --json of an archive."_s, u"/schema"_s);
}

} // namespace report
