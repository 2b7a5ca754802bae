// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

// Starts a lab over plain http for a load generator. Prints the token URL and a ready form body, one line
// each, then serves until standard input ends.
//
//     lab_serve [--signing RS256|ES256] [--threads N]

#include "core/http/message.h"
#include "core/lab/lab.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTextStream>

#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

/// web-api asks for Graph as itself: secret checked, audit line written, token signed.
QByteArray formBody(const lab::Lab& lab)
{
    const setup::Setup& played = lab.played();
    const setup::App& app = *played.app(u"web-api");
    setup::MemorySecrets store;
    lab.fillSecrets(store);
    QByteArray secret;
    QObject context;
    store.read(setup::secretKey(played, app, *app.credential(setup::CredentialType::Secret)), &context,
        [&secret](base::Result<base::Secret> read) { secret = read->reveal().toByteArray(); });
    QCoreApplication::sendPostedEvents();
    while (secret.isEmpty())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return http::encodeForm({{"grant_type", "client_credentials"}, {"client_id", app.clientId.toUtf8()},
        {"client_secret", secret}, {"scope", "https://graph.microsoft.com/.default"}});
}

void announce(const lab::Lab& lab)
{
    QTextStream out(stdout);
    out << lab.played().home()->tokenEndpoint() << '\n' << QString::fromLatin1(formBody(lab)) << Qt::endl;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{u"signing"_s, u"RS256 or ES256"_s, u"algorithm"_s, u"RS256"_s},
        {u"threads"_s, u"how many"_s, u"count"_s, u"2"_s}});
    parser.process(app);

    lab::Lab lab;
    QObject::connect(&lab, &lab::Lab::failed, &app, [](const base::Error& error) {
        QTextStream(stderr) << error.text << Qt::endl;
        QCoreApplication::exit(3);
    });
    QObject::connect(&lab, &lab::Lab::ready, &app, [&lab] { announce(lab); });
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &app, [] {
        char rest[256];
        if (read(STDIN_FILENO, rest, sizeof rest) <= 0)
            QCoreApplication::quit();
    });
    const auto setup = lab::baseSetup();
    if (!setup)
        return 3;
    lab.start(*setup,
        {.complete = true,
            .plain = true,
            .signing = parser.value(u"signing"_s).toLatin1(),
            .threads = parser.value(u"threads"_s).toInt()});
    return app.exec();
}
