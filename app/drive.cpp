// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "drive.h"

#include <QApplication>
#include <QEvent>
#include <QTimer>
#include <QWidget>

#include <algorithm>

namespace app {

using namespace Qt::StringLiterals;

namespace {

/// One row an option of the window.
struct WindowOption
{
    const char* name;
    void (*take)(Drive&, const QString& value);
    bool hasValue;
};
constexpr WindowOption options[] = {
    {"--flow", [](Drive& d, const QString& v) { d.flow = v; }, true},
    {"--compare", [](Drive& d, const QString& v) { d.compare = v; }, true},
    {"--fault", [](Drive& d, const QString& v) { d.faults.append(v); }, true},
    {"--sign-in", [](Drive& d, const QString& v) { d.signIn = v; }, true},
    {"--screenshots", [](Drive& d, const QString& v) { d.screenshots = v; }, true},
    {"--size", [](Drive& d, const QString& v) { d.size = {v.section(u'x', 0, 0).toInt(), v.section(u'x', 1, 1).toInt()}; }, true},
    {"--settings", [](Drive& d, const QString& v) { d.settings = v; }, true},
    {"--run-all", [](Drive& d, const QString&) { d.runAll = true; }, false},
    {"--quit-when-done", [](Drive& d, const QString&) { d.quitWhenDone = true; }, false},
    {"--quit-after-first-paint", [](Drive& d, const QString&) { d.quitAfterFirstPaint = true; }, false},
};

class FirstPaint : public QObject
{
public:
    FirstPaint(std::function<void()> then, QObject* parent) : QObject(parent), m_then(std::move(then)) { }
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && !m_seen) {
            m_seen = true;
            QTimer::singleShot(0, this, m_then);
        }
        return QObject::eventFilter(watched, event);
    }

private:
    std::function<void()> m_then;
    bool m_seen = false;
};

} // namespace

base::Result<Drive> Drive::parse(const QStringList& arguments)
{
    Drive drive;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString& argument = arguments.at(i);
        const auto option = std::ranges::find_if(options, [&](const WindowOption& o) { return argument == QLatin1String(o.name); });
        if (option != std::end(options)) {
            if (option->hasValue && i + 1 == arguments.size())
                return base::fail(u"usage"_s, u"The option %1 wants a value."_s.arg(argument));
            option->take(drive, option->hasValue ? arguments.at(++i) : QString {});
        } else if (argument.startsWith(u'-')) {
            return base::fail(u"usage"_s, u"There is no option %1. trustwalk --help lists what there is."_s.arg(argument));
        } else if (drive.setup.isEmpty()) {
            drive.setup = argument;
        } else {
            return base::fail(u"usage"_s, u"One setup at a time: %1 is one too many. There is no command %2."_s.arg(argument, drive.setup));
        }
    }
    return drive;
}

void afterFirstPaint(QWidget& window, std::function<void()> then) { window.installEventFilter(new FirstPaint(std::move(then), &window)); }

} // namespace app
