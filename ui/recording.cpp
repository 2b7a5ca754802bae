// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "recording.h"

#include <QGuiApplication>
#include <QIODevice>
#include <QPointer>
#include <QThreadPool>

using namespace Qt::StringLiterals;

RecordingReader::~RecordingReader() { cancel(); }

void RecordingReader::cancel()
{
    if (m_stop)
        m_stop->store(true);
}

void RecordingReader::read(std::unique_ptr<QIODevice> from, const QString& name, std::shared_ptr<const setup::Setup> setup)
{
    cancel();
    m_stop = std::make_shared<std::atomic_bool>(false);
    QPointer<RecordingReader> reader(this);
    const auto toWindow = [reader](auto tell) { QMetaObject::invokeMethod(qGuiApp, [reader, tell = std::move(tell)] { if (reader) tell(*reader); }); };
    std::shared_ptr<QIODevice> device(std::move(from));
    QThreadPool::globalInstance()->start([device, name, setup, stop = m_stop, toWindow] {
        const qint64 total = device->size();
        int last = -1;
        const auto progress = [&](qint64 read) {
            const int percent = total > 0 ? int(read * 100 / total) : -1;
            if (percent != last)
                toWindow([name, percent = last = percent, stop](RecordingReader& to) { if (!*stop) emit to.progressed(name, percent); });
            return !*stop;
        };
        auto recorded = diagnosis::openArchive(*device, setup.get(), progress);
        toWindow([name, stop, made = std::make_shared<base::Result<diagnosis::Recorded>>(std::move(recorded))](RecordingReader& to) {
            if (*stop)
                emit to.ended(name, {});
            else if (!*made)
                emit to.ended(name, made->error());
            else
                emit to.finished(name, std::make_shared<diagnosis::Recorded>(std::move(**made)));
        });
    });
}
