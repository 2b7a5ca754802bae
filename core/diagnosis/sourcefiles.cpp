// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/sourcefiles.h"

#include "core/diagnosis/rules.h"
#include "core/diagnosis/variables_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace diagnosis {

SourceSet::SourceSet(const QList<SourceFile>& files)
{
    for (const SourceFile& file : files) {
        ReadFile read {.file = file, .kind = fileKind(file.path, file.text)};
        read.reading = variablesOf(read);
        read.reading.file = file.path;
        m_files.append(std::move(read));
    }
}

bool SourceSet::mention(QByteArrayView text) const
{
    return std::ranges::any_of(m_files, [text](const ReadFile& f) { return f.file.text.contains(text); });
}

const ReadFile* SourceSet::named(const QString& path) const
{
    const auto it = std::ranges::find_if(m_files, [&](const ReadFile& f) { return f.file.path == path; });
    return it == m_files.end() ? nullptr : &*it;
}

base::Place placeInFile(const QString& path, int line, const QString& claim)
{
    return {.part = u"file:%1:%2"_s.arg(path).arg(line), .claim = claim};
}

std::optional<FilePlace> filePlace(const base::Place& place)
{
    if (!place.part.startsWith(u"file:"_s))
        return {};
    const qsizetype colon = place.part.lastIndexOf(u':');
    bool numbered = false;
    const int line = place.part.mid(colon + 1).toInt(&numbered);
    if (!numbered || colon < 5)
        return {};
    return FilePlace {place.part.sliced(5, colon - 5), line};
}

QList<base::Finding> lintFiles(const SourceSet& files)
{
    const setup::Setup none;
    QList<base::Finding> findings;
    for (const Rule* rule : rules())
        if (rule->check)
            rule->check({.setup = none, .files = &files}, *rule, findings);
    addContractFindings(files, findings);
    return findings;
}

} // namespace diagnosis
