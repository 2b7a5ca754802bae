// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "termination.h"

#include <QSocketNotifier>

#include <csignal>

#include <unistd.h>

namespace app {

namespace {

int signalPipe[2] = {-1, -1};

void onSignal(int signal)
{
    const char byte = char(signal);
    if (write(signalPipe[1], &byte, 1) < 0)
        _exit(1);
}

} // namespace

void onTermination(QObject* context, std::function<void(int signal)> then)
{
    if (pipe(signalPipe) != 0)
        return;
    auto* notifier = new QSocketNotifier(signalPipe[0], QSocketNotifier::Read, context);
    QObject::connect(notifier, &QSocketNotifier::activated, context, [notifier, then = std::move(then)] {
        notifier->setEnabled(false);
        char signal = 0;
        if (read(signalPipe[0], &signal, 1) == 1)
            then(signal);
    });
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        std::signal(signal, onSignal);
}

} // namespace app
