// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "handlers.h"

#include "output.h"

#include "app/termination.h"
#include "app/walker.h"
#include "core/report/html.h"
#include "core/report/runjson.h"
#include "core/report/text.h"
#include "core/setup/file.h"

#include <QCoreApplication>
#include <QTimer>

namespace cli {

using namespace Qt::StringLiterals;
using session::Against;

namespace {

base::Result<lab::Options> labOptions(const Arguments& arguments)
{
    lab::Options options {.seed = arguments.value("seed").toUtf8(), .listsIssuers = false};
    const auto now = arguments.time("now");
    if (!now)
        return tl::unexpected(now.error());
    if (*now) {
        // The lab's clock starts at that moment and goes on from there.
        const auto shift = **now - base::systemNow();
        options.clock = [shift] { return base::systemNow() + shift; };
    }
    return options;
}

base::Result<QList<QSslCertificate>> authorities(const QStringList& files)
{
    QList<QSslCertificate> all;
    for (const QString& file : files) {
        const auto pem = readInput(file);
        if (!pem)
            return tl::unexpected(pem.error());
        const QList<QSslCertificate> read = QSslCertificate::fromData(*pem);
        if (read.isEmpty())
            return base::fail(u"ca-unreadable"_s, u"%1 holds no PEM certificate."_s.arg(file));
        all += read;
    }
    return all;
}

/// Nobody else can sign in by himself, and waiting for a browser is not what was asked for.
base::Result<void> knowsUser(const setup::Setup& setup, const Arguments& arguments)
{
    QStringList names;
    for (const setup::User& user : setup.users)
        names.append(user.name);
    if (!arguments.has("sign-in") || names.isEmpty() || names.contains(arguments.value("sign-in")))
        return {};
    return base::fail(u"usage"_s, u"The setup has no user %1. It has %2."_s.arg(arguments.value("sign-in"), names.join(u", "_s)));
}

base::Result<void> configure(app::Walker& walker, const setup::Setup& setup, const Arguments& arguments)
{
    const QString against = arguments.value("against");
    if (!against.isEmpty() && against != u"lab" && against != u"live")
        return base::fail(u"usage"_s, u"--against takes lab or live, and got %1."_s.arg(against));
    for (const char* labOnly : {"now", "seed", "fault", "sign-in"})
        if (against == u"live" && arguments.has(labOnly))
            return base::fail(u"usage"_s, u"--%1 is for the lab, not for the live services."_s.arg(QLatin1String(labOnly)));
    auto options = labOptions(arguments);
    if (!options)
        return tl::unexpected(options.error());
    walker.setLabOptions(*options);
    walker.setFaults(arguments.values("fault"));
    if (const auto known = knowsUser(setup, arguments); !known)
        return known;
    walker.setSelfSignIn(arguments.value("sign-in"));
    auto extra = authorities(arguments.values("ca"));
    if (!extra)
        return tl::unexpected(extra.error());
    walker.setExtraAuthorities(*extra);
    const auto wait = arguments.number("wait");
    if (!wait)
        return tl::unexpected(wait.error());
    if (*wait && **wait < 1)
        return base::fail(u"usage"_s, u"--wait takes seconds, 1 or more, and got %1."_s.arg(**wait));
    if (*wait)
        walker.session().runner().setSignInLimit(std::chrono::seconds {**wait});
    return {};
}

/// The exit of a finished run: refused is 1, no answer is 3.
int exitOf(const session::Session& session)
{
    const QString result = report::resultOf(session.flow(), session.run());
    if (result == u"refused")
        return Refused;
    if (result == u"accepted")
        return hasErrors(session.findings()) ? Refused : Accepted;
    for (const flow::StepRecord& record : session.run().records)
        if (record.exchange.failure || (record.error && record.error->code.startsWith(u"keychain")))
            return Surroundings;
    return Refused;
}

int finish(session::Session& session, const Arguments& arguments)
{
    const QByteArray run = report::runJson(session, arguments.has("reveal"));
    const json::Document document = json::Document::read(run);
    if (arguments.json())
        print(run);
    else
        print(report::plainText(document.root()));
    if (arguments.has("report")) {
        const auto written = writeOutput(arguments.value("report"), report::html(document.root()));
        if (!written)
            return fail(written.error());
    }
    return exitOf(session);
}

/// Ends the program, but not before the browser has its last page.
void leave(session::Session& session, int code)
{
    if (!session.runner().isAnsweringBrowser())
        return QCoreApplication::exit(code);
    QTimer::singleShot(50, &session, [&session, code] { leave(session, code); });
}

/// Announces what only a person can do.
void announceWaiting(session::Session& session)
{
    QObject::connect(&session, &session::Session::waitingChanged, &session, [&session, announced = QByteArray {}, ignored = qsizetype(0)]() mutable {
        const auto& waiting = session.waiting();
        if (!waiting)
            return;
        if (waiting->url != announced) {
            announced = waiting->url;
            complain({{}, u"Waiting for your browser. Listening on 127.0.0.1:%1 for one answer."_s.arg(waiting->port), {}});
            if (!waiting->browserProblem.isEmpty())
                complain({{}, waiting->browserProblem + u' ' + QString::fromUtf8(waiting->url), {}});
        }
        for (; ignored < waiting->ignored.size(); ++ignored)
            complain({{}, waiting->ignored.at(ignored), {}});
    });
}

/// The flow to walk; else why there is none, in one line.
base::Result<void> chooseFlow(session::Session& session, const QString& wanted)
{
    session.setFlow(wanted);
    if (!session.flow().steps.isEmpty() && (wanted.isEmpty() || session.flow().id == wanted))
        return {};
    const setup::FlowSpec* spec = session.setup().flow(wanted);
    for (const base::Error& problem : session.flowProblems())
        if (wanted.isEmpty() || (spec && QString(problem.where + u'/').startsWith(spec->pointer + u'/')))
            return tl::unexpected(problem);
    QStringList known;
    for (const flow::Flow& flow : session.flows())
        known.append(flow.id);
    if (known.isEmpty())
        return base::fail(u"usage"_s, u"The setup has no flow to walk."_s);
    return base::fail(u"usage"_s, u"There is no flow %1. The setup has %2."_s.arg(wanted, known.join(u", "_s)));
}

} // namespace

int walkCommand(const Arguments& arguments)
{
    auto setup = setup::load(arguments.at(0));
    if (!setup)
        return fail(setup.error());
    app::Walker walker;
    if (const auto configured = configure(walker, *setup, arguments); !configured)
        return fail(configured.error());
    session::Session& session = walker.session();
    app::onTermination(&walker, [](int signal) { QCoreApplication::exit(128 + signal); }); // as a shell counts it, with all of the lab's files gone
    announceWaiting(session);
    QObject::connect(&walker, &app::Walker::failed, &walker, [](const base::Error& error) { QCoreApplication::exit(fail(error)); });
    QObject::connect(&walker, &app::Walker::signInFailed, &walker, [&session](const QString& why) {
        complain({{}, why, {}});
        session.cancel();
    });
    QObject::connect(&session, &session::Session::finished, &walker, [&] { leave(session, finish(session, arguments)); }, Qt::QueuedConnection);
    QObject::connect(&walker, &app::Walker::opened, &walker, [&] {
        if (const auto chosen = chooseFlow(session, arguments.value("flow")); !chosen)
            return QCoreApplication::exit(fail(chosen.error()));
        for (const base::Error& problem : session.flowProblems())
            complain(problem);
        session.runAll();
    });
    const Against against = arguments.value("against") == u"live" ? Against::Live : Against::Lab;
    QTimer::singleShot(0, &walker, [&] { walker.open(std::move(*setup), against); });
    return QCoreApplication::exec();
}

} // namespace cli
