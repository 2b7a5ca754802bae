// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "sarif.h"

#include "core/base/jsonwriter.h"
#include "core/diagnosis/rules.h"
#include "core/diagnosis/sourcefiles.h"
#include "core/jose/key.h"

#include <QUrl>

namespace report {

using namespace Qt::StringLiterals;

namespace {

QString levelOf(base::Severity severity)
{
    const QString name = base::severityName(severity);
    return name == u"info" ? u"note"_s : name;
}

/// "/apps/3/credentials/0/subject" with names for numbers, which stay when entries are moved.
QString namedPlace(const QString& pointer, const json::Document& setup)
{
    QString named, walked;
    for (const QString& part : pointer.split(u'/', Qt::SkipEmptyParts)) {
        walked += u'/' + part;
        bool isIndex = false;
        part.toInt(&isIndex);
        const json::Value at = setup.find(walked);
        const QString name = at["name"] ? at["name"].text() : at["id"].text();
        named += u'/' + (isIndex && !name.isEmpty() ? name : part);
    }
    return named;
}

void writeRules(json::Writer& out, const QList<base::Finding>& findings)
{
    QStringList done;
    out.beginArray("rules");
    for (const base::Finding& finding : findings) {
        if (done.contains(finding.rule))
            continue;
        done.append(finding.rule);
        const diagnosis::Rule* rule = diagnosis::rule(finding.rule);
        out.beginObject().text("id", finding.rule).text("name", finding.rule);
        out.beginObject("shortDescription").text("text", rule ? diagnosis::generalText(rule->title) : finding.rule).endObject();
        out.beginObject("fullDescription").text("text", rule ? diagnosis::generalText(rule->why) : finding.rule).endObject();
        out.beginObject("help").text("text", rule ? QString(diagnosis::generalText(rule->fix) + u' ' + QString::fromUtf8(rule->source)) : finding.rule).endObject();
        out.beginObject("defaultConfiguration").text("level", levelOf(finding.severity)).endObject().endObject();
    }
    out.endArray();
}

void writeLocation(json::Writer& out, const base::Finding& finding, const json::Document& setup, const QString& setupFile)
{
    const auto elsewhere = diagnosis::filePlace(finding.place);
    const json::Value at = elsewhere ? json::Value() : setup.find(finding.place.pointer);
    const QString file = elsewhere ? elsewhere->path : setupFile;
    const int line = elsewhere ? elsewhere->line : at ? int(at.position().line) : 1;
    out.beginArray("locations").beginObject();
    if (!file.isEmpty()) {
        out.beginObject("physicalLocation");
        out.beginObject("artifactLocation").text("uri", QString::fromUtf8(QUrl::toPercentEncoding(file, "/"))).endObject();
        out.beginObject("region").number("startLine", qint64(std::max(1, line))).endObject().endObject();
    }
    if (!finding.place.pointer.isEmpty() || !finding.place.step.isEmpty())
        out.beginArray("logicalLocations").beginObject()
            .text("fullyQualifiedName", finding.place.pointer.isEmpty() ? finding.place.step : namedPlace(finding.place.pointer, setup)).endObject().endArray();
    out.endObject().endArray();
}

} // namespace

QString findingFingerprint(const base::Finding& finding, const json::Document& setup)
{
    const auto file = diagnosis::filePlace(finding.place);
    const QString place = finding.rule + u'\n' + (file ? file->path : QString()) + namedPlace(finding.place.pointer, setup) + u'\n' + finding.place.step + u'\n' + finding.place.claim;
    return QString::fromLatin1(jose::fingerprint(place.toUtf8()));
}

QByteArray sarif(const QList<base::Finding>& findings, const json::Document& setup, const QString& file)
{
    json::Writer out;
    out.beginObject().text("$schema", u"https://json.schemastore.org/sarif-2.1.0.json"_s).text("version", u"2.1.0"_s).beginArray("runs").beginObject();
    out.beginObject("tool").beginObject("driver").text("name", u"Trustwalk"_s).text("version", QStringLiteral(TRUSTWALK_VERSION));
    writeRules(out, findings);
    out.endObject().endObject().text("columnKind", u"utf16CodeUnits"_s).beginArray("results");
    QHash<QString, int> seen; // of two alike in one file the second is told by its number
    for (const base::Finding& finding : findings) {
        const QString fingerprint = findingFingerprint(finding, setup);
        const int number = ++seen[fingerprint];
        out.beginObject().text("ruleId", finding.rule).text("level", levelOf(finding.severity));
        out.beginObject("message").text("text", QString(finding.title + u". "_s + finding.text + (finding.fix.isEmpty() ? QString() : QString(u" Fix: "_s + finding.fix)))).endObject();
        writeLocation(out, finding, setup, file);
        out.beginObject("partialFingerprints").text("trustwalkFinding/v1", number > 1 ? u"%1:%2"_s.arg(fingerprint).arg(number) : fingerprint).endObject().endObject();
    }
    return out.endArray().endObject().endArray().endObject().done();
}

} // namespace report
