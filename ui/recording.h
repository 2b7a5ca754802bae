// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/diagnosis/recorded.h"

#include <QObject>

#include <memory>
#include <optional>
#include <stop_token>

QT_BEGIN_NAMESPACE
class QIODevice;
QT_END_NAMESPACE

/// Reads a recorded file away from the window's thread, one at a time.
class RecordingReader : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    ~RecordingReader() override;

    /// `from` is open and holds an HTTP archive, or a run or bundle that was saved. `setup` names an archive's objects where
    /// it fits; may be empty. A reading under way is given up.
    void read(std::unique_ptr<QIODevice> from, const QString& name, std::optional<setup::Setup> setup);
    void cancel();

signals:
    void progressed(const QString& name, int percent);
    /// What a long file has shown so far; more comes.
    void begun(const QString& name, const diagnosis::Recorded& recorded);
    void finished(const QString& name, const diagnosis::Recorded& recorded);
    /// Without an error it was cancelled.
    void ended(const QString& name, const base::Error& error);

private:
    std::stop_source m_stop {};
};
