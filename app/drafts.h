// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/setup/setup.h"

#include <QByteArray>
#include <QString>
#include <QThreadPool>

#include <memory>
#include <optional>

QT_BEGIN_NAMESPACE
class QLockFile;
QT_END_NAMESPACE

namespace app {

/// What is open and stands in no file yet, kept in a folder until it is saved or given up, so that a program that is ended
/// from outside, or that loses its display, loses nothing. A setup holds no secret, and a run is kept redacted. The folder and
/// its files are their owner's.
class Drafts
{
public:
    explicit Drafts(QString folder);
    ~Drafts();

    /// With the name of its file, if it has one, so that a later save knows whether the file changed since. Errors: "draft-unwritable".
    base::Result<void> keepSetup(const setup::Setup& setup);
    /// The setup was saved or given up.
    void drop();
    /// As far as it was walked, in place of what was kept of it before. Written on a worker.
    void keepRun(const QByteArray& run);
    /// The window is closed in order: nobody misses the run.
    void dropRun();

    struct Left
    {
        QString file;
        QByteArray document;
        QString home;      ///< the setup's own file; empty: it stood in none
        QByteArray onDisk; ///< as in setup::Setup
    };
    /// The setup of a program that has ended without saving it. Those of programs that still run are left alone.
    std::optional<Left> left() const;
    /// Out of the way of the next start, for it cannot be read; the file it stays in.
    QString setAside(const Left& left);
    /// What was left is the draft of this program now: the file goes once that one stands.
    void takeOver(const Left& left);
    /// The runs of programs that have ended in the middle: the files they stand in from now on. The newest ones stay.
    QStringList leftRuns();

    /// Says to other windows that this setup file is open here; false when it is open in one of them already.
    bool markOpen(const QString& file);

private:
    base::Result<void> prepare();
    QString path(const QString& suffix) const;

    QString m_folder;
    QThreadPool m_writer {};             ///< one at a time, in their order
    std::unique_ptr<QLockFile> m_lock; ///< says that whoever wrote the draft is still there
    std::unique_ptr<QLockFile> m_mark; ///< of the setup file that is open
};

} // namespace app
