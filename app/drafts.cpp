// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "drafts.h"

#include "core/setup/atomicfile.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QLockFile>

namespace app {

using namespace Qt::StringLiterals;

namespace {

constexpr auto unwritable = "draft-unwritable"_L1;
constexpr auto setupSuffix = ".setup.json"_L1;
constexpr auto lockSuffix = ".lock"_L1;
constexpr qsizetype runsKept = 10;

/// Empty when whoever wrote the draft still runs.
std::unique_ptr<QLockFile> ownerless(const QString& file)
{
    auto lock = std::make_unique<QLockFile>(file.chopped(setupSuffix.size()) + lockSuffix);
    lock->setStaleLockTime(0);
    return lock->tryLock(0) ? std::move(lock) : nullptr;
}

} // namespace

Drafts::Drafts(QString folder)
    : m_folder(std::move(folder))
{
}

Drafts::~Drafts() = default;

QString Drafts::path(const QString& suffix) const { return u"%1/%2%3"_s.arg(m_folder).arg(QCoreApplication::applicationPid()).arg(suffix); }

base::Result<void> Drafts::prepare()
{
    constexpr auto owner = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;
    if (!QDir().mkpath(m_folder) || !QFile::setPermissions(m_folder, owner))
        return base::fail(unwritable, u"%1 cannot be made. What is not saved would be lost with this program."_s.arg(m_folder), m_folder);
    if (!m_lock) {
        m_lock = std::make_unique<QLockFile>(path(lockSuffix));
        m_lock->setStaleLockTime(0);
        m_lock->tryLock(0);
    }
    return {};
}

base::Result<void> Drafts::keepSetup(QByteArrayView document)
{
    if (auto ready = prepare(); !ready)
        return ready;
    return setup::writeAtomically(path(setupSuffix), document, unwritable);
}

base::Result<QString> Drafts::keepRun(QByteArrayView run)
{
    if (auto ready = prepare(); !ready)
        return tl::unexpected(ready.error());
    const QFileInfoList before = QDir(m_folder).entryInfoList({u"run-*.json"_s}, QDir::Files, QDir::Time);
    for (qsizetype i = runsKept - 1; i < before.size(); ++i)
        QFile::remove(before[i].filePath());
    const QString file = u"%1/run-%2.json"_s.arg(m_folder, QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss"_s));
    if (auto written = setup::writeAtomically(file, run, unwritable); !written)
        return tl::unexpected(written.error());
    return file;
}

bool Drafts::markOpen(const QString& file)
{
    m_mark.reset();
    if (file.isEmpty() || !prepare())
        return true;
    const QByteArray path = QFileInfo(file).absoluteFilePath().toUtf8();
    const QString name = QString::fromLatin1(QCryptographicHash::hash(path, QCryptographicHash::Sha256).toHex().left(32));
    m_mark = std::make_unique<QLockFile>(u"%1/open-%2%3"_s.arg(m_folder, name, lockSuffix));
    m_mark->setStaleLockTime(0);
    return m_mark->tryLock(0);
}

void Drafts::drop() { QFile::remove(path(setupSuffix)); }

std::optional<Drafts::Left> Drafts::left() const
{
    const QFileInfoList drafts = QDir(m_folder).entryInfoList({u'*' + setupSuffix}, QDir::Files, QDir::Time);
    for (const QFileInfo& draft : drafts) {
        const auto lock = ownerless(draft.filePath());
        QFile file(draft.filePath());
        if (lock && file.open(QIODevice::ReadOnly))
            return Left {draft.filePath(), file.readAll()};
    }
    return std::nullopt;
}

void Drafts::takeOver(const Left& left)
{
    const QString own = path(setupSuffix);
    if (left.file != own && QFile::exists(own))
        QFile::remove(left.file);
}

} // namespace app
