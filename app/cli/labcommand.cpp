// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "handlers.h"

#include "output.h"

#include "app/termination.h"
#include "core/base/jsonwriter.h"
#include "core/lab/lab.h"
#include "core/setup/file.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTimer>

#include <cstdio>
#include <unistd.h>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

void quitWithStandardInput(QObject* context)
{
    auto* notifier = new QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, context);
    QObject::connect(notifier, &QSocketNotifier::activated, context, [notifier] {
        char buffer[512];
        if (read(STDIN_FILENO, buffer, sizeof buffer) > 0)
            return;
        notifier->setEnabled(false);
        QCoreApplication::exit(Accepted);
    });
}

constexpr int highestPort = 65535;

base::Result<lab::Options> optionsOf(const Arguments& arguments)
{
    lab::Options options {.manifest = arguments.value("manifest"), .seed = arguments.value("seed").toUtf8(), .faults = arguments.values("fault")};
    const auto portBase = arguments.number("port-base");
    if (!portBase)
        return tl::unexpected(portBase.error());
    if (*portBase && (**portBase < 1 || **portBase > highestPort))
        return base::fail(u"usage"_s, u"--port-base wants a port from 1 to %1, and got %2."_s.arg(highestPort).arg(**portBase));
    options.portBase = int(portBase->value_or(0));
    const auto now = arguments.time("now");
    if (!now)
        return tl::unexpected(now.error());
    if (*now)
        options.clock = [shift = **now - base::systemNow()] { return base::systemNow() + shift; };
    return options;
}

} // namespace

int labCommand(const Arguments& arguments)
{
    const auto setup = setup::load(arguments.count() ? arguments.at(0) : setup::sampleIds().front());
    if (!setup)
        return fail(setup.error());
    const auto options = optionsOf(arguments);
    if (!options)
        return fail(options.error());
    lab::Lab lab;
    app::onTermination(&lab, [](int) { QCoreApplication::exit(Accepted); });
    if (arguments.has("quit-with-stdin"))
        quitWithStandardInput(&lab);
    QObject::connect(&lab, &lab::Lab::failed, &lab, [](const base::Error& error) { QCoreApplication::exit(fail(error)); });
    QObject::connect(&lab, &lab::Lab::ready, &lab, [&] { print(u"lab ready %1\n"_s.arg(lab.manifestPath())); });
    QTimer::singleShot(0, &lab, [&] { lab.start(*setup, *options); });
    return QCoreApplication::exec();
}

} // namespace cli
