// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>

QT_BEGIN_NAMESPACE
class QLockFile;
QT_END_NAMESPACE

namespace app {

/// What is open and stands in no file yet, kept in a folder until it is saved or given up, so that a program that is ended
/// from outside loses nothing. A setup holds no secret, and a run is kept redacted. The folder and its files are their owner's.
class Drafts
{
public:
    explicit Drafts(QString folder);
    ~Drafts();

    /// Errors: "draft-unwritable".
    base::Result<void> keepSetup(QByteArrayView document);
    /// The file it stands in. The newest ones stay.
    base::Result<QString> keepRun(QByteArrayView run);
    /// The setup was saved or given up.
    void drop();

    struct Left
    {
        QString file;
        QByteArray document;
    };
    /// The setup of a program that has ended without saving it. Those of programs that still run are left alone.
    std::optional<Left> left() const;
    /// What was left is the draft of this program now: the file goes once that one stands.
    void takeOver(const Left& left);

    /// Says to other windows that this setup file is open here; false when it is open in one of them already.
    bool markOpen(const QString& file);

private:
    base::Result<void> prepare();
    QString path(const QString& suffix) const;

    QString m_folder;
    std::unique_ptr<QLockFile> m_lock; ///< says that whoever wrote the draft is still there
    std::unique_ptr<QLockFile> m_mark; ///< of the setup file that is open
};

} // namespace app
