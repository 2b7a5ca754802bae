// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "handlers.h"

#include "output.h"

#include "core/http/transport.h"

#include <QCoreApplication>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

/// Why an answer is no key set. A part of one is none: the key that counts may be in the rest.
QString problemOf(const http::Exchange& exchange)
{
    if (exchange.failure)
        return exchange.failure->text;
    if (!exchange.response)
        return u"The key set could not be fetched."_s;
    if (exchange.response->truncated)
        return u"The key set is longer than what is read, and was cut off."_s;
    if (exchange.response->status != 200)
        return u"The key set could not be fetched: the answer was HTTP %1."_s.arg(exchange.response->status);
    return {};
}

} // namespace

/// Keys from an address are fetched once, by the rules of the transport.
int inspectWithFetchedKeys(const Arguments& arguments)
{
    const QString url = arguments.value("keys");
    http::NetworkTransport transport;
    QObject context;
    transport.send({.method = "GET", .url = url.toUtf8()}, &context, [&](http::Exchange exchange) {
        if (const QString problem = problemOf(exchange); !problem.isEmpty()) {
            complain({u"keys-unreachable"_s, problem, url});
            return QCoreApplication::exit(Surroundings);
        }
        QCoreApplication::exit(inspectWith(arguments, exchange.response->body));
    });
    return QCoreApplication::exec();
}

} // namespace cli
