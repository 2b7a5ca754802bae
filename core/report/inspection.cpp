// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "inspection.h"

#include "shapes.h"

#include "core/base/jsonwriter.h"
#include "core/base/text.h"

namespace report {

using namespace Qt::StringLiterals;
using diagnosis::Item;

namespace {

QString verifiedName(const Item& item)
{
    if (item.verification.outcome == jose::Verified::Verified)
        return u"verified"_s;
    return item.verification.outcome == jose::Verified::Refused ? u"refused"_s : u"notChecked"_s;
}

QByteArray partJson(const json::Document& part) { return part.root() ? json::formatted(part.root(), -1) : QByteArray("null"); }

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
        .text("fingerprint", QString::fromLatin1(jose::fingerprint(item.token->raw)))
        .endObject();
}

void writeError(json::Writer& out, const Item& item)
{
    out.beginObject("error").text("code", item.code).text("vendor", item.vendor);
    out.text("meaning", item.error ? item.error->meaning : QString {});
    out.texts("causes", item.error ? item.error->causes : QStringList {});
    out.text("fix", item.error ? item.error->fix : QString {}).endObject();
}

void writeItem(json::Writer& out, const Item& item)
{
    out.beginObject().text("kind", diagnosis::itemKindName(item.kind)).text("label", item.label);
    if (item.token)
        writeToken(out, item);
    out.beginArray("checks");
    for (const base::Check& check : item.verification.checks)
        write(out, nullptr, check);
    out.endArray();
    if (item.kind == diagnosis::ItemKind::Error)
        writeError(out, item);
    out.beginArray("verdicts").endArray().endObject();
}

QString claimsText(const json::Value& object, const QString& heading)
{
    QString text = u"  %1\n"_s.arg(heading);
    for (json::Value claim = object.first(); claim; claim = claim.next())
        text += u"    %1  %2\n"_s.arg(base::visible(claim.keyText()), -18).arg(base::visible(claim.display()));
    return text;
}

QString itemText(const Item& item)
{
    QString text = u"%1: %2\n"_s.arg(diagnosis::itemKindName(item.kind), base::visible(item.label));
    if (item.token) {
        text += claimsText(item.token->header.root(), u"header"_s) + claimsText(item.token->payload.root(), u"claims"_s);
        for (const QString& problem : item.token->problems)
            text += u"  problem: %1\n"_s.arg(base::visible(problem));
        text += u"  signature and claims: %1\n"_s.arg(verifiedName(item));
        for (const base::Check& check : item.verification.checks)
            if (check.outcome == base::Outcome::Fail)
                text += u"    fails: %1: presented %2, expected %3. %4\n"_s.arg(check.title, base::visible(check.presented), base::visible(check.expected), check.relation);
    }
    if (item.error) {
        text += u"  %1\n"_s.arg(item.code);
        for (const QString& cause : item.error->causes)
            text += u"  cause: %1\n"_s.arg(cause);
        text += u"  fix: %1\n"_s.arg(item.error->fix);
    }
    return text;
}

} // namespace

QByteArray inspectionJson(const QList<Item>& items)
{
    json::Writer out;
    out.beginObject().text("schema", u"inspection"_s).number("version", 1).beginArray("items");
    for (const Item& item : items)
        writeItem(out, item);
    out.endArray();
    write(out, "findings", QList<base::Finding> {});
    return out.endObject().done();
}

QString inspectionText(const QList<Item>& items)
{
    QString text;
    for (const Item& item : items)
        text += itemText(item);
    return text;
}

} // namespace report
