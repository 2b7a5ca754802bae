// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "rundocument.h"

#include "output.h"

#include "core/report/archive.h"
#include "core/report/bundle.h"
#include "core/report/redactedrun.h"

#include <QBuffer>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

base::Result<QByteArray> runOfArchive(const QByteArray& text, bool reveal)
{
    QBuffer buffer;
    buffer.setData(text);
    buffer.open(QIODevice::ReadOnly);
    const auto recorded = diagnosis::openArchive(buffer, nullptr);
    if (!recorded)
        return tl::unexpected(recorded.error());
    return report::archiveRunJson(*recorded, reveal);
}

} // namespace

json::Value RunDocument::run() const
{
    const auto found = report::runIn(document.root());
    return found ? *found : json::Value();
}

base::Result<RunDocument> readRun(const QString& argument, bool reveal)
{
    auto text = readInput(argument);
    if (text && http::looksLikeHar(*text))
        text = runOfArchive(*text, reveal);
    if (!text)
        return tl::unexpected(text.error());
    auto document = json::Document::parse(*text);
    if (!document) {
        base::Error error = document.error();
        error.where = argument + u':' + error.where;
        return tl::unexpected(error);
    }
    const auto run = report::runIn(document->root());
    if (!run)
        return base::fail(run.error().code, argument + u": "_s + run.error().text, run.error().where);
    return RunDocument {reveal ? std::move(*document) : json::Document::read(report::redactedRun(*run))};
}

} // namespace cli
