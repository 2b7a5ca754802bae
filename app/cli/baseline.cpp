// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "baseline.h"

#include "output.h"

#include "core/base/json.h"
#include "core/base/jsonwriter.h"
#include "core/report/sarif.h"

#include <QHash>
#include <QMessageAuthenticationCode>
#include <QUuid>

namespace cli {

using namespace Qt::StringLiterals;
using diagnosis::FileKind;

namespace {

/// Where the secret stands that a finding is about: its line, a private key to its end, all of a file that is a credential.
QByteArray secretText(const base::Finding& finding, const diagnosis::SourceSet& files)
{
    const auto place = diagnosis::filePlace(finding.place);
    const diagnosis::ReadFile* file = place ? files.named(place->path) : nullptr;
    if (!file || !finding.rule.startsWith("SEC-"_L1))
        return {};
    const QByteArray& text = file->file.text;
    if (file->kind == FileKind::PrivateKey || file->kind == FileKind::ServiceAccount || file->kind == FileKind::AwsCredentials)
        return text;
    if (finding.place.claim.isEmpty()) // about the file; each value in it has a finding of its own
        return {};
    qsizetype start = 0;
    for (int line = 1; line < place->line && start >= 0; ++line)
        start = text.indexOf('\n', start) + 1;
    const qsizetype end = text.indexOf('\n', start);
    const QByteArray line = text.sliced(start, (end < 0 ? text.size() : end) - start);
    const qsizetype close = line.contains("-----BEGIN") ? text.indexOf("-----END", start) : -1;
    return close > start ? text.sliced(start, close - start) : line.trimmed();
}

QString valueOf(const base::Finding& finding, const Checked& of, const QByteArray& key)
{
    const QByteArray text = key.isEmpty() ? QByteArray() : secretText(finding, of.files);
    return text.isEmpty() ? QString() : QString::fromLatin1(QMessageAuthenticationCode::hash(text, key, QCryptographicHash::Sha256).left(2).toHex());
}

} // namespace

QByteArray baselineOf(const QList<base::Finding>& findings, const Checked& of)
{
    const QString key = QUuid::createUuid().toString(QUuid::Id128);
    json::Writer out;
    out.beginObject().text("schema", u"baseline"_s).number("version", 1).text("setup", of.setup.id).text("key", key).beginArray("accepted");
    for (const base::Finding& finding : findings)
        out.beginObject().text("rule", finding.rule).text("fingerprint", report::findingFingerprint(finding, of.setup.document)).textIf("value", valueOf(finding, of, key.toLatin1()))
            .text("title", finding.title).text("pointer", finding.place.pointer).endObject();
    return out.endArray().endObject().done();
}

base::Result<void> removeAccepted(QList<base::Finding>& findings, const QString& file, const Checked& of)
{
    const auto text = readInput(file);
    if (!text)
        return tl::unexpected(text.error());
    const auto document = json::Document::parse(*text);
    if (!document)
        return base::fail(document.error().code, document.error().text, file + u':' + document.error().where);
    const json::Value root = document->root();
    if (root["schema"].text() != u"baseline")
        return base::fail(u"not-a-baseline"_s, u"%1 is not a baseline: `schema` has to be baseline. Write one with --write-baseline."_s.arg(file), u"/schema"_s);
    // One without a key was written before values were told apart.
    const QByteArray key = root["key"].bytes().toByteArray();
    QHash<QString, int> accepted;
    for (json::Value v = root["accepted"].first(); v; v = v.next())
        ++accepted[v["fingerprint"].text() + v["value"].text()];
    findings.removeIf([&](const base::Finding& f) { return accepted[report::findingFingerprint(f, of.setup.document) + valueOf(f, of, key)]-- > 0; });
    return {};
}

} // namespace cli
