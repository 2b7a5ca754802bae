// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "recording.h"

#include "core/report/savedrun.h"

#include <QGuiApplication>
#include <QIODevice>
#include <QPointer>
#include <QRunnable>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace {

/// An archive is read as it comes; what Trustwalk wrote itself is small and read whole.
base::Result<diagnosis::Recorded> openedFrom(QIODevice& from, const setup::Setup* setup, const std::function<bool(qint64)>& progress,
    const std::function<void(diagnosis::Recorded&&)>& sofar)
{
    constexpr qint64 enoughToTell = 4096;
    return http::looksLikeHar(from.peek(enoughToTell)) ? diagnosis::openArchive(from, setup, progress, sofar) : report::openRun(from.readAll());
}

/// One reading, on a thread of the pool. What it says goes to the window's thread as a value.
class Reading : public QRunnable
{
public:
    Reading(std::unique_ptr<QIODevice> from, QString name, std::optional<setup::Setup> setup, std::stop_token stop, RecordingReader* reader)
        : m_from(std::move(from)), m_name(std::move(name)), m_setup(std::move(setup)), m_stop(std::move(stop)), m_reader(reader)
    {
    }

    void run() override
    {
        const qint64 total = m_from->size();
        int last = -1;
        const auto progress = [&](qint64 read) {
            const int percent = total > 0 ? int(read * 100 / total) : -1;
            if (percent != last)
                tell([name = m_name, percent = last = percent](RecordingReader& to) { emit to.progressed(name, percent); });
            return !m_stop.stop_requested();
        };
        const auto sofar = [&](diagnosis::Recorded&& made) {
            tell([name = m_name, made = std::move(made)](RecordingReader& to) { emit to.begun(name, made); });
        };
        auto recorded = openedFrom(*m_from, m_setup ? &*m_setup : nullptr, progress, sofar);
        if (m_stop.stop_requested())
            return;
        if (!recorded)
            tell([name = m_name, error = recorded.error()](RecordingReader& to) { emit to.ended(name, error); });
        else
            tell([name = m_name, made = std::move(*recorded)](RecordingReader& to) { emit to.finished(name, made); });
    }

private:
    template <typename Tell>
    void tell(Tell what)
    {
        QMetaObject::invokeMethod(qGuiApp, [reader = m_reader, stop = m_stop, what = std::move(what)] {
            if (reader && !stop.stop_requested())
                what(*reader);
        });
    }

    std::unique_ptr<QIODevice> m_from;
    QString m_name;
    std::optional<setup::Setup> m_setup;
    std::stop_token m_stop;
    QPointer<RecordingReader> m_reader;
};

} // namespace

RecordingReader::~RecordingReader() { m_stop.request_stop(); }

void RecordingReader::cancel()
{
    m_stop.request_stop();
    emit ended({}, {});
}

void RecordingReader::read(std::unique_ptr<QIODevice> from, const QString& name, std::optional<setup::Setup> setup)
{
    m_stop.request_stop();
    m_stop = {};
    QThreadPool::globalInstance()->start(new Reading(std::move(from), name, std::move(setup), m_stop.get_token(), this));
}
