// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "file.h"

#include "core/setup/atomicfile.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

constexpr qint64 largest = 16 * 1024 * 1024;

QByteArray digest(const QByteArray& text)
{
    return QCryptographicHash::hash(text, QCryptographicHash::Sha256);
}

tl::unexpected<base::Error> unreadable(const QString& file, const QString& why)
{
    return base::fail(u"setup-unreadable"_s,
        u"%1 could not be read: %2. Nothing was loaded."_s.arg(QFileInfo(file).fileName(), why), file);
}

base::Result<QByteArray> contents(const QString& path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return unreadable(path, u"there is no such file"_s);
    // Devices and pipes could keep the program waiting for ever.
    if (!info.isFile())
        return unreadable(path, info.isDir() ? u"it is a folder"_s : u"it is not a plain file"_s);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(path, file.errorString());
    QByteArray text = file.read(largest + 1);
    if (file.error() != QFileDevice::NoError)
        return unreadable(path, file.errorString());
    if (text.size() > largest)
        return unreadable(path, u"it is larger than 16 MiB"_s);
    return text;
}

base::Result<Setup> loadFile(const QString& path)
{
    auto text = contents(path);
    if (!text)
        return tl::unexpected(text.error());
    const QByteArray onDisk = digest(*text);
    auto setup = parseSetup(std::move(*text), path);
    if (!setup)
        return base::fail(setup.error().code, setup.error().text, path + u": "_s + setup.error().where);
    setup->onDisk = onDisk;
    return setup;
}

bool belongsTo(const Setup& setup, const QFileInfo& file)
{
    return !setup.onDisk.isEmpty() && file == QFileInfo(setup.file);
}

/// Whether what stands in the file now is what this setup was loaded from or saved to.
bool isUnchanged(const Setup& setup, const QString& file)
{
    QFile current(file);
    return current.open(QIODevice::ReadOnly) && digest(current.readAll()) == setup.onDisk;
}

base::Result<void> mayReplace(const Setup& setup, const QString& file, bool overwrite)
{
    const QFileInfo info(file);
    if (!info.exists())
        return {};
    if (!info.isFile())
        return base::fail(u"setup-unwritable"_s,
            u"%1 could not be saved: it is not a plain file. Choose another name."_s.arg(info.fileName()),
            file);
    if (overwrite || (belongsTo(setup, info) && isUnchanged(setup, file)))
        return {};
    const QString why
        = belongsTo(setup, info) ? u"was changed by another program"_s : u"stands there already"_s;
    return base::fail(u"setup-changed"_s,
        u"%1 %2. Nothing was saved. Overwrite it, or save under another name."_s.arg(info.fileName(), why),
        file);
}

} // namespace

base::Result<Setup> load(const QString& fileOrSample)
{
    constexpr auto prefix = "sample:"_L1;
    if (fileOrSample.startsWith(prefix))
        return sample(fileOrSample.sliced(prefix.size()));
    return sampleIds().contains(fileOrSample) ? sample(fileOrSample) : loadFile(fileOrSample);
}

base::Result<void> save(Setup& setup, const QString& file, bool overwrite)
{
    if (auto allowed = mayReplace(setup, file, overwrite); !allowed)
        return allowed;
    const QByteArray& text = setup.document.source();
    if (auto written = writeAtomically(file, text, u"setup-unwritable"_s); !written)
        return written;
    setup.file = file;
    setup.onDisk = digest(text);
    return {};
}

} // namespace setup
