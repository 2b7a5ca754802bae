// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "handlers.h"

#include "output.h"

#include "core/http/transport.h"

#include <QCoreApplication>

namespace cli {

using namespace Qt::StringLiterals;

/// Keys from an address are fetched once, by the rules of the transport.
int inspectWithFetchedKeys(const Arguments& arguments)
{
    const QString url = arguments.value("keys");
    http::NetworkTransport transport;
    QObject context;
    transport.send({.method = "GET", .url = url.toUtf8()}, &context, [&](http::Exchange exchange) {
        if (!exchange.response || exchange.response->status != 200) {
            complain({u"keys-unreachable"_s, exchange.failure ? exchange.failure->text : u"The key set could not be fetched."_s, url});
            return QCoreApplication::exit(Surroundings);
        }
        QCoreApplication::exit(inspectWith(arguments, exchange.response->body));
    });
    return QCoreApplication::exec();
}

} // namespace cli
