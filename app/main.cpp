// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "app/cli/cli.h"
#include "app/cli/output.h"
#include "app/handover.h"
#include "app/hardening.h"
#include "app/module.h"

#include <QCoreApplication>

namespace {

QStringList argumentsOf(int argc, char** argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return arguments;
}

} // namespace

int main(int argc, char** argv)
{
    app::harden();
    QCoreApplication::setApplicationName(QStringLiteral("Trustwalk"));
    QCoreApplication::setOrganizationName(QStringLiteral("Trustwalk"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TRUSTWALK_VERSION));
    const QStringList arguments = argumentsOf(argc, argv);
    if (cli::isCommandLine(arguments)) {
        app::rememberCall(argc, argv);
        const QCoreApplication core(argc, argv);
        return cli::run(arguments);
    }
    const auto code = app::runModule(QStringLiteral("trustwalk-window"), argc, argv, arguments);
    return code ? *code : cli::fail(code.error());
}
