// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "inspection.h"

#include "shapes.h"

#include "core/base/jsonwriter.h"
#include "core/trust/principal.h"

namespace report {

using namespace Qt::StringLiterals;
using diagnosis::Inspection;
using diagnosis::Item;

namespace {

QString verifiedName(const Item& item)
{
    if (item.verification.outcome == jose::Verified::Verified)
        return u"verified"_s;
    return item.verification.outcome == jose::Verified::Refused ? u"refused"_s : u"notChecked"_s;
}

void writeToken(json::Writer& out, const Item& item)
{
    out.beginObject("token")
        .raw("header", partJson(item.token->header))
        .raw("claims", item.token->isJwe() ? QByteArray("null") : partJson(item.token->payload))
        .texts("problems", item.token->problems)
        .text("verified", verifiedName(item))
        .text("principal", trust::principalName(item.principal.kind))
        .text("issuedBy", item.token->text("iss"))
        .text("lifetime", item.lifetime)
        .text("fingerprint", QString::fromLatin1(jose::fingerprint(item.token->raw)));
    out.textIf("source", item.vendor).textIf("name", item.principal.title).textIf("actor", item.principal.actor).endObject();
}

void writeError(json::Writer& out, const Item& item)
{
    out.beginObject("error").text("code", item.code).text("vendor", item.vendor);
    out.text("meaning", item.error ? item.error->meaning : u"Not known here."_s);
    out.texts("causes", item.causes).text("fix", item.fix).flag("known", item.error != nullptr);
    out.textIf("said", item.said);
    if (item.error)
        out.textIf("class", item.error->error).text("source", item.error->source).text("certainty", item.error->certainty);
    out.endObject();
}

void writeItem(json::Writer& out, const Item& item)
{
    out.beginObject().text("kind", diagnosis::itemKindName(item.kind)).text("label", item.label);
    out.number("line", item.line);
    if (item.times > 1)
        out.number("times", item.times);
    out.textIf("note", item.note).textIf("vendor", item.vendor);
    if (item.token)
        writeToken(out, item);
    else
        out.textIf("fingerprint", item.fingerprint);
    out.beginArray("checks");
    for (const base::Check& check : item.verification.checks)
        write(out, nullptr, check);
    out.endArray();
    if (item.kind == diagnosis::ItemKind::Error)
        writeError(out, item);
    out.beginArray("verdicts");
    for (const base::Verdict& verdict : item.verdicts)
        write(out, nullptr, verdict);
    out.endArray();
    if (!item.elsewhere.isEmpty()) {
        out.beginArray("elsewhere");
        for (const base::Verdict& verdict : item.elsewhere)
            write(out, nullptr, verdict);
        out.endArray();
    }
    out.texts("wrong", item.wrong).texts("causes", item.causes).textIf("fix", item.fix).texts("ask", item.ask).endObject();
}

} // namespace

QByteArray inspectionJson(const Inspection& inspection)
{
    json::Writer out;
    out.beginObject().text("schema", u"inspection"_s).number("version", 1);
    out.number("catalogue", diagnosis::errorCatalogueVersion()).beginArray("items");
    for (const Item& item : inspection.items)
        writeItem(out, item);
    out.endArray();
    if (!inspection.run.isEmpty())
        out.raw("run", inspection.run);
    out.texts("ask", inspection.ask);
    write(out, "findings", inspection.findings);
    return out.endObject().done();
}

} // namespace report
