// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "drafts.h"

#include "core/setup/atomicfile.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>

namespace app {

using namespace Qt::StringLiterals;

namespace {

constexpr auto unwritable = "draft-unwritable"_L1;
constexpr auto setupSuffix = ".setup.json"_L1;
constexpr auto homeSuffix = ".home.json"_L1;
constexpr auto runSuffix = ".run.json"_L1;
constexpr auto lockSuffix = ".lock"_L1;
constexpr qsizetype runsKept = 10;

QString homeOf(const QString& draft) { return draft.chopped(setupSuffix.size()) + homeSuffix; }

/// Empty when whoever wrote the draft still runs.
std::unique_ptr<QLockFile> ownerless(const QString& file, QLatin1StringView suffix)
{
    auto lock = std::make_unique<QLockFile>(file.chopped(suffix.size()) + lockSuffix);
    lock->setStaleLockTime(0);
    return lock->tryLock(0) ? std::move(lock) : nullptr;
}

} // namespace

Drafts::Drafts(QString folder)
    : m_folder(std::move(folder))
{
    m_writer.setMaxThreadCount(1);
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

// The home is written before the setup and goes before one without a file comes: neither ever stands beside a stranger.
base::Result<void> Drafts::keepSetup(const setup::Setup& setup)
{
    if (auto ready = prepare(); !ready)
        return ready;
    const QJsonObject home {{u"file"_s, QFileInfo(setup.file).absoluteFilePath()}, {u"onDisk"_s, QString::fromLatin1(setup.onDisk.toHex())}};
    if (setup.file.isEmpty())
        QFile::remove(path(homeSuffix));
    else if (auto kept = setup::writeAtomically(path(homeSuffix), QJsonDocument(home).toJson(), unwritable); !kept)
        return kept;
    return setup::writeAtomically(path(setupSuffix), setup.document.source(), unwritable);
}

/// Where it cannot be written nothing is said: the run is on the screen, and nobody has asked for a file.
void Drafts::keepRun(const QByteArray& run)
{
    if (!prepare())
        return;
    m_writer.start([file = path(runSuffix), run] { (void)setup::writeAtomically(file, run, unwritable); });
}

void Drafts::dropRun()
{
    m_writer.waitForDone();
    QFile::remove(path(runSuffix));
}

QStringList Drafts::leftRuns()
{
    QStringList taken;
    for (const QFileInfo& run : QDir(m_folder).entryInfoList({u'*' + runSuffix}, QDir::Files, QDir::Time | QDir::Reversed)) {
        const auto lock = ownerless(run.filePath(), runSuffix);
        const QString file = u"%1/run-%2.json"_s.arg(m_folder, run.lastModified().toUTC().toString(u"yyyyMMdd-HHmmss-zzz"_s));
        if (lock && QFile::rename(run.filePath(), file))
            taken.append(file);
    }
    const QFileInfoList all = QDir(m_folder).entryInfoList({u"run-*.json"_s}, QDir::Files, QDir::Time);
    for (qsizetype i = runsKept; i < all.size(); ++i)
        QFile::remove(all[i].filePath());
    return taken;
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

void Drafts::drop()
{
    QFile::remove(path(setupSuffix));
    QFile::remove(path(homeSuffix));
}

std::optional<Drafts::Left> Drafts::left() const
{
    const QFileInfoList drafts = QDir(m_folder).entryInfoList({u'*' + setupSuffix}, QDir::Files, QDir::Time);
    for (const QFileInfo& draft : drafts) {
        const auto lock = ownerless(draft.filePath(), setupSuffix);
        QFile file(draft.filePath());
        if (!lock || !file.open(QIODevice::ReadOnly))
            continue;
        QFile homeFile(homeOf(draft.filePath()));
        const QJsonObject home = homeFile.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(homeFile.readAll()).object() : QJsonObject();
        return Left {draft.filePath(), file.readAll(), home[u"file"].toString(), QByteArray::fromHex(home[u"onDisk"].toString().toLatin1())};
    }
    return std::nullopt;
}

QString Drafts::setAside(const Left& left)
{
    const QString aside = left.file + u".broken"_s;
    return QFile::rename(left.file, aside) ? aside : left.file;
}

void Drafts::takeOver(const Left& left)
{
    const QString own = path(setupSuffix);
    if (left.file == own || !QFile::exists(own))
        return;
    QFile::remove(left.file);
    QFile::remove(homeOf(left.file));
}

} // namespace app
