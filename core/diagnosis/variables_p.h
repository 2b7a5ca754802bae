// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/rules.h"
#include "core/diagnosis/sourcefiles.h"

namespace diagnosis {

/// The variables a file gives to programs, by container; empty where its kind gives none.
setup::SidecarReading variablesOf(const ReadFile& file);

/// One line of a text, from 1.
template <typename Visit>
void forLines(const QByteArray& text, Visit visit)
{
    int number = 0;
    for (qsizetype at = 0; at <= text.size();) {
        const qsizetype end = text.indexOf('\n', at) < 0 ? text.size() : text.indexOf('\n', at);
        visit(++number, QByteArrayView(text).sliced(at, end - at));
        at = end + 1;
    }
}

/// Files of these kinds.
template <typename Visit>
void forFiles(const Case& c, std::initializer_list<FileKind> kinds, Visit visit)
{
    if (!c.files)
        return;
    for (const ReadFile& file : c.files->files())
        for (const FileKind kind : kinds)
            if (file.kind == kind)
                visit(file);
}

/// Whoever gets variables, in every file.
template <typename Visit>
void forHolders(const Case& c, Visit visit)
{
    if (!c.files)
        return;
    for (const ReadFile& file : c.files->files())
        for (const setup::SettingsHolder& holder : file.reading.holders)
            visit(file, holder);
}

/// Whether a variable is set, by name; nullptr where it is not.
inline const setup::SettingRead* variable(const setup::SettingsHolder& holder, QStringView name)
{
    for (const setup::SettingRead& setting : holder.settings)
        if (setting.key.compare(name, Qt::CaseInsensitive) == 0)
            return &setting;
    return nullptr;
}

/// Texts that stand for a secret and are none: "changeme", "<your secret>", "${X}".
bool isPlaceholder(const QString& value);
/// What a text looks like by itself (setup::secretShape), when it is not a stand-in: an address whose password is filled in
/// later or is a word of documents, at a host of documents.
QString secretIn(const QString& text);

} // namespace diagnosis
