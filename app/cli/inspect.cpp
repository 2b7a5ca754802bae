// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "handlers.h"

#include "output.h"

#include "core/diagnosis/intake.h"
#include "core/http/transport.h"
#include "core/report/inspection.h"
#include "core/setup/file.h"

#include <QCoreApplication>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

base::Result<jose::Expectation> expectationOf(const Arguments& arguments)
{
    jose::Expectation expected {.issuer = arguments.value("issuer"), .now = base::systemNow(), .keySource = u"--keys %1"_s.arg(arguments.value("keys"))};
    if (arguments.has("audience"))
        expected.audiences = {arguments.value("audience")};
    for (const QString& alg : arguments.value("alg").split(u',', Qt::SkipEmptyParts))
        expected.algs.append(alg.trimmed().toUtf8());
    const auto leeway = arguments.number("leeway");
    if (!leeway)
        return tl::unexpected(leeway.error());
    if (*leeway && **leeway < 0)
        return base::fail(u"usage"_s, u"--leeway wants seconds from 0, and got %1."_s.arg(**leeway));
    expected.leeway = std::chrono::seconds {leeway->value_or(0)};
    const auto now = arguments.time("now");
    if (!now)
        return tl::unexpected(now.error());
    if (*now)
        expected.now = **now;
    return expected;
}

base::Result<jose::KeySet> keysFrom(const QByteArray& text, const QString& place)
{
    auto keys = jose::readKeys(text);
    if (!keys)
        return base::fail(keys.error().code, keys.error().text, place);
    return keys;
}

int judge(const QByteArray& text, const diagnosis::IntakeOptions& options, bool asJson)
{
    const diagnosis::Inspection inspection = diagnosis::inspect(text, options);
    print(asJson ? report::inspectionJson(inspection) : report::inspectionText(inspection).toUtf8());
    return hasErrors(inspection.findings) ? Refused : Accepted;
}

/// Keys from an address are fetched once, by the rules of the transport.
int judgeWithFetchedKeys(const QString& url, const QByteArray& text, diagnosis::IntakeOptions options, bool asJson)
{
    http::NetworkTransport transport;
    QObject context;
    transport.send({.method = "GET", .url = url.toUtf8()}, &context, [&](http::Exchange exchange) {
        if (!exchange.response || exchange.response->status != 200) {
            complain({u"keys-unreachable"_s, exchange.failure ? exchange.failure->text : u"The key set could not be fetched."_s, url});
            return QCoreApplication::exit(Surroundings);
        }
        auto keys = keysFrom(exchange.response->body, url);
        if (!keys)
            return QCoreApplication::exit(fail(keys.error()));
        options.keys = std::move(*keys);
        QCoreApplication::exit(judge(text, options, asJson));
    });
    return QCoreApplication::exec();
}

} // namespace

int inspectCommand(const Arguments& arguments)
{
    if (const auto done = inspectArchive(arguments))
        return *done;
    const auto text = readInput(arguments.count() ? arguments.at(0) : u"-"_s);
    if (!text)
        return fail(text.error());
    if (text->trimmed().isEmpty())
        return fail({u"empty"_s, u"%1 holds nothing to look at."_s.arg(arguments.count() ? arguments.at(0) : u"Standard input"_s), {}});
    auto expected = expectationOf(arguments);
    if (!expected)
        return fail(expected.error());
    diagnosis::IntakeOptions options {.hasKeys = arguments.has("keys"), .expected = *expected};
    std::optional<setup::Setup> setup;
    if (arguments.has("setup")) {
        auto loaded = setup::load(arguments.value("setup"));
        if (!loaded)
            return fail(loaded.error());
        setup = std::move(*loaded);
        options.setup = &*setup;
    }
    const QString keys = arguments.value("keys");
    if (keys.startsWith(u"http://") || keys.startsWith(u"https://"))
        return judgeWithFetchedKeys(keys, *text, std::move(options), arguments.json());
    if (!keys.isEmpty()) {
        const auto file = readInput(keys);
        if (!file)
            return fail(file.error());
        auto read = keysFrom(*file, keys);
        if (!read)
            return fail(read.error());
        options.keys = std::move(*read);
    }
    return judge(*text, options, arguments.json());
}

} // namespace cli
