// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "handlers.h"

#include "output.h"

#include "core/report/archive.h"
#include "core/setup/file.h"

#include <QBuffer>
#include <QFile>

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 enoughToTell = 4096;

/// One line on a terminal, rewritten as the file is read.
std::function<bool(qint64)> progressOn(qint64 total)
{
    if (!isatty(STDERR_FILENO) || total <= 0)
        return {};
    return [total, last = -1](qint64 read) mutable {
        const int percent = int(read * 100 / total);
        if (percent != last)
            std::fprintf(stderr, "\rreading %d %%", last = percent);
        if (percent >= 100)
            std::fputs("\r\x1b[K", stderr);
        return true;
    };
}

int readArchive(QIODevice& from, const QString& name, const Arguments& arguments)
{
    std::optional<setup::Setup> setup;
    if (arguments.has("setup")) {
        auto loaded = setup::load(arguments.value("setup"));
        if (!loaded)
            return fail(loaded.error());
        setup = std::move(*loaded);
    }
    auto recorded = diagnosis::openArchive(from, setup ? &*setup : nullptr, progressOn(from.size()));
    if (!recorded)
        return fail({recorded.error().code, recorded.error().text, name});
    if (arguments.has("flow")) {
        const QString id = arguments.value("flow");
        if (std::ranges::find(recorded->made.flows, id, &catalog::RecordedFlow::id) == recorded->made.flows.end())
            return fail({u"usage"_s, u"%1 has no flow %2. Its flows are flow-1 to flow-%3."_s.arg(name, id).arg(recorded->made.flows.size()), {}});
        *recorded = diagnosis::onlyFlow(*recorded, id);
    }
    const bool reveal = arguments.has("reveal");
    print(arguments.json() ? report::archiveJson(*recorded, name.section(u'/', -1), reveal) : report::archiveText(*recorded, name.section(u'/', -1)).toUtf8());
    const bool refused = std::ranges::any_of(recorded->made.run.records, [](const flow::StepRecord& r) { return r.state == flow::StepState::Refused; });
    return refused || hasErrors(recorded->findings) ? Refused : Accepted;
}

} // namespace

std::optional<int> inspectArchive(const Arguments& arguments)
{
    const QString name = arguments.count() ? arguments.at(0) : u"-"_s;
    QFile file(name);
    if (name == u"-" || !file.open(QIODevice::ReadOnly) || !http::looksLikeHar(file.peek(enoughToTell)))
        return {};
    return readArchive(file, name, arguments);
}

std::optional<int> inspectArchiveText(const QByteArray& text, const Arguments& arguments)
{
    if (!http::looksLikeHar(text.left(enoughToTell)))
        return {};
    QBuffer buffer;
    buffer.setData(text);
    buffer.open(QIODevice::ReadOnly);
    return readArchive(buffer, arguments.count() && arguments.at(0) != u"-" ? arguments.at(0) : u"standard input"_s, arguments);
}

} // namespace cli
