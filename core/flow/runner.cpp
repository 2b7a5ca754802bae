// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "runner.h"

#include "awaited.h"
#include "progress.h"

#include "core/http/redact.h"

#include <utility>

namespace flow {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Why the authorization endpoint is not opened in a browser; nothing when it is.
std::optional<base::Error> browserFault(const QByteArray& url)
{
    const http::UrlParts parts = http::splitUrl(url);
    const QString shown = QString::fromUtf8(url.left(80));
    if (parts.scheme != "https" && !(parts.scheme == "http" && http::isLoopbackHost(parts.host)))
        return base::Error {u"authorize-scheme"_s, u"The authorization endpoint is not https. It is not opened."_s, shown};
    if (parts.authority.contains('@'))
        return base::Error {u"authorize-name"_s, u"The authorization endpoint has a name before its host. It is not opened."_s, QString::fromUtf8(parts.host)};
    // RFC 6749, 3.1. What is added behind a # never reaches the server.
    if (url.contains('#'))
        return base::Error {u"authorize-fragment"_s, u"The authorization endpoint has a fragment (#), which it must not have. It is not opened."_s, shown};
    return std::nullopt;
}

/// What the wait for the browser came to, with every reason for which an answer was not used.
QString unanswered(const Waiting& waiting, std::chrono::seconds limit)
{
    QStringList why = waiting.ignored;
    why.removeDuplicates();
    const QString came = why.isEmpty() ? u"No answer came from the browser within %1."_s.arg(base::duration(limit))
                                       : u"No answer that can be used came from the browser within %1. What came: %2"_s.arg(base::duration(limit), why.join(u' '));
    return came + u" The port is closed. Send the step again."_s;
}

struct Kept
{
    setup::SecretKey key {};
    QByteArray token {};
};

/// A refresh token outlives the run and is as good as a password: where a step of the flow reads the receiver's refresh
/// token from the secret store, the one that arrived belongs there.
std::optional<Kept> keptAs(const Flow& flow, const Step& step, const StepRecord& record)
{
    const auto token = std::ranges::find(record.tokens, TokenUse::Refresh, &Token::use);
    if (record.state != StepState::Accepted || token == record.tokens.end())
        return {};
    for (const Step& reader : flow.steps) {
        for (const Field& field : reader.body) {
            const auto* secret = std::get_if<FromSecret>(&field.value.v);
            if (secret && field.name == "refresh_token" && reader.to == step.to)
                return Kept {secret->key, token->raw};
        }
    }
    return {};
}

/// Whether the secret store took a token. That it did not is no fault of the answer.
base::Check keptCheck(const setup::SecretKey& key, const base::Result<void>& kept)
{
    return {.id = u"kept"_s, .group = u"What this client demands"_s, .title = u"Kept in the secret store"_s, .expected = key.entry(),
        .presented = kept ? u"written"_s : u"not written"_s, .outcome = kept ? base::Outcome::Pass : base::Outcome::Warning,
        .relation = kept ? u"nowhere else"_s : kept.error().text, .source = u"RFC 9700, 4.14"_s};
}

/// The path the flow's redirect URI is registered with.
constexpr auto callbackPath = "/callback";

} // namespace

Runner::Runner(http::Transport& transport, setup::SecretStore& secrets, QObject* parent)
    : QObject(parent)
    , m_transport(&transport)
    , m_secrets(&secrets)
    , m_clock(base::systemNow)
{
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (!m_waiting)
            return;
        m_waiting->elapsed = std::chrono::seconds {m_since.elapsed() / 1000};
        if (m_waiting->elapsed >= m_limit) {
            const Step* step = m_flow.step(m_waiting->stepId);
            if (step)
                failStep(*step, {u"sign-in-timeout"_s, unanswered(*m_waiting, m_limit), step->id});
            return;
        }
        emit changed();
    });
}

Runner::~Runner() = default;

void Runner::setBrowser(Browser browser) { m_browser = std::move(browser); }
void Runner::setPredict(Predict predict) { m_predict = std::move(predict); }
void Runner::setClock(base::Clock clock) { m_clock = clock ? std::move(clock) : base::Clock(base::systemNow); }
void Runner::setSignInLimit(std::chrono::seconds limit) { m_limit = limit; }
void Runner::setSecrets(setup::SecretStore& secrets) { m_secrets = &secrets; }
void Runner::setTransport(http::Transport& transport) { m_transport = &transport; }

void Runner::start(Flow flow, const QString& setupId, const QString& against)
{
    stopWaiting();
    m_context.reset();
    m_read.clear();
    m_flow = std::move(flow);
    m_run = Run {.setupId = setupId, .flowId = m_flow.id, .against = against};
    m_known = freshIngredients();
    // A preview shows the registered redirect URI; the port comes with the listener.
    m_known.redirectUri = QByteArray("http://127.0.0.1") + callbackPath;
    m_busy = m_all = false;
    m_current.clear();
    emit changed();
}

void Runner::annotate(const QString& stepId, const QString& note, const std::optional<base::Verdict>& truth)
{
    for (auto record = m_run.records.rbegin(); record != m_run.records.rend(); ++record) {
        if (record->stepId != stepId)
            continue;
        record->note = note;
        record->truth = truth;
        emit changed();
        return;
    }
}

QString Runner::nextStep() const
{
    for (const Step& step : m_flow.steps)
        if (!isSettled(m_flow, m_run, step))
            return step.id;
    return {};
}

void Runner::skip(const Step& step)
{
    m_busy = true;
    StepRecord record {.stepId = step.id, .state = StepState::Skipped};
    record.exchange.started = m_clock();
    append(std::move(record));
}

void Runner::send(const QString& stepId)
{
    const Step* step = m_flow.step(stepId.isEmpty() ? nextStep() : stepId);
    if (m_busy || !step) {
        if (!m_busy)
            emit finished();
        return;
    }
    if (const auto& after = step->onlyAfter; after && stepId.isEmpty()) {
        const StepRecord* before = m_run.record(after->stepId);
        if (!before || !isAwaited(*step, *before))
            return skip(*step);
    }
    m_busy = true;
    m_current = step->id;
    m_context = std::make_unique<QObject>();
    emit changed();
    readSecrets(*step, secretsOf(*step));
}

void Runner::sendAll()
{
    if (m_busy)
        return;
    m_all = true;
    send();
}

void Runner::cancel()
{
    if (!m_busy)
        return;
    m_all = false;
    const Step* step = m_flow.step(m_current);
    if (step)
        failStep(*step, {u"cancelled"_s, step->interactive ? u"Sign-in cancelled. Nothing was sent."_s : u"Cancelled. The answer, if one comes, is not used."_s, step->id});
}

void Runner::readSecrets(const Step& step, QList<setup::SecretKey> open)
{
    if (open.isEmpty())
        return perform(step);
    const setup::SecretKey key = open.takeFirst();
    m_secrets->read(key, m_context.get(), [this, step, open, key](base::Result<base::Secret> secret) {
        if (!secret)
            return failStep(step, secret.error());
        m_read.insert_or_assign(key, std::move(*secret));
        readSecrets(step, open);
    });
}

void Runner::perform(const Step& step) { step.interactive ? performInteractive(step) : performRequest(step); }

void Runner::performInteractive(const Step& step)
{
    // New state, nonce and verifier for every attempt: each is good once.
    const Ingredients fresh = freshIngredients();
    m_known.state = fresh.state;
    m_known.nonce = fresh.nonce;
    m_known.verifier = fresh.verifier;
    m_listener = std::make_unique<RedirectListener>();
    if (const auto port = m_listener->open(callbackPath, m_known.state); !port)
        return failStep(step, port.error());
    m_known.redirectUri = m_listener->redirectUri();
    m_known.now = m_clock();
    m_known.secrets = &m_read;
    auto resolved = resolve(step, m_known);
    m_known.secrets = nullptr;
    if (!resolved)
        return failStep(step, resolved.error());
    if (const auto fault = browserFault(resolved->request.url))
        return failStep(step, *fault);
    m_predicted = m_predict ? m_predict(step, resolved->request) : std::nullopt;
    m_asked = std::move(*resolved);
    connect(m_listener.get(), &RedirectListener::answered, this, &Runner::answered);
    connect(m_listener.get(), &RedirectListener::ignored, this, [this](const QString& why) {
        if (m_waiting)
            m_waiting->ignored.append(why);
        emit changed();
    });
    m_waiting = Waiting {.stepId = step.id, .port = m_listener->port(), .url = m_asked->request.url, .origins = m_asked->origins, .since = m_clock(), .limit = m_limit};
    m_since.start();
    m_tick.start();
    emit changed();
    openBrowserAgain();
}

void Runner::openBrowserAgain()
{
    if (!m_waiting)
        return;
    const base::Result<void> opened = m_browser ? m_browser(m_waiting->url)
                                                : base::fail(u"no-browser"_s, u"There is no browser here. Copy the address and open it yourself."_s);
    if (m_waiting)
        m_waiting->browserProblem = opened ? QString {} : opened.error().text;
    emit changed();
}

base::Result<void> Runner::pasteCallback(const QByteArray& url)
{
    if (!m_listener)
        return base::fail(u"not-waiting"_s, u"No sign-in is waiting. Send the step first."_s);
    return m_listener->paste(url);
}

void Runner::answered(const http::Form&, const QByteArray& url)
{
    const Step* step = m_flow.step(m_current);
    if (!step || !m_asked)
        return;
    http::Exchange exchange {.request = m_asked->request, .started = m_waiting ? m_waiting->since : m_clock()};
    exchange.response = http::Response {.status = 302, .reason = "Found", .headers = {{"Location", url}}};
    exchange.timings.finished = double(m_since.elapsed());
    const Resolved asked = std::exchange(m_asked, {}).value();
    m_waiting.reset();
    m_tick.stop();
    // The listener still serves the browser's last page; it closes by itself within a second.
    if (m_listener) {
        m_listener->disconnect(this);
        m_listener->setParent(nullptr);
        RedirectListener* last = m_listener.release();
        last->setParent(this);
        m_last = last;
        QTimer::singleShot(1000, last, &QObject::deleteLater);
    }
    exchanged(*step, asked, m_predicted, std::move(exchange));
}

void Runner::performRequest(const Step& step)
{
    m_known.now = m_clock();
    m_known.secrets = &m_read;
    auto resolved = resolve(step, m_known);
    m_known.secrets = nullptr;
    if (!resolved)
        return failStep(step, resolved.error());
    // The prediction may not know what only the receiver knows; a secret is judged as a placeholder.
    const auto shown = m_read.empty() ? resolved : resolve(step, m_known);
    const auto predicted = m_predict && shown ? m_predict(step, shown->request) : std::nullopt;
    transmit(step, *resolved, predicted, {});
}

/// A busy receiver may be asked again, a few times and when it says so.
void Runner::transmit(const Step& step, const Resolved& asked, const std::optional<base::Verdict>& predicted, const Repeats& before)
{
    m_transport->send(asked.request, m_context.get(), [this, step, asked, predicted, before](http::Exchange exchange) {
        const auto pause = pauseBeforeRepeat(exchange, before, m_clock());
        if (!pause)
            return exchanged(step, asked, predicted, std::move(exchange), before);
        Repeats repeats = before;
        repeats.answers.append(QString::number(exchange.response->status));
        repeats.waited += *pause;
        QTimer::singleShot(*pause, m_context.get(), [this, step, asked, predicted, repeats] { transmit(step, asked, predicted, repeats); });
    });
}

void Runner::exchanged(const Step& step, const Resolved& resolved, const std::optional<base::Verdict>& predicted, http::Exchange exchange, const Repeats& before)
{
    m_read.clear();
    StepRecord record = collect(step, std::move(exchange), m_known);
    if (const auto check = repeatCheck(record.exchange, before, m_clock()))
        record.checks.append(*check);
    record.origins = resolved.origins;
    record.predicted = predicted;
    if (record.exchange.failure && !record.error)
        record.error = base::Error {u"no-answer"_s, record.exchange.failure->text, step.id};
    for (const Token& token : record.tokens)
        m_known.tokens.insert(token.slot, token.raw);
    for (auto it = record.values.cbegin(); it != record.values.cend(); ++it)
        m_known.values.insert(it.key(), it.value());
    // What a later step reads from the secret store is put there as it arrives, before anything else happens.
    const auto kept = keptAs(m_flow, step, record);
    if (!kept)
        return fetchKeys(std::move(record));
    const setup::SecretKey key = kept->key;
    m_secrets->write(key, base::Secret(kept->token), m_context.get(), [this, key, record = std::move(record)](base::Result<void> written) mutable {
        record.checks.append(keptCheck(key, written));
        fetchKeys(std::move(record));
    });
}

void Runner::append(StepRecord record)
{
    const QString id = record.stepId;
    m_run.records.append(std::move(record));
    const Step* step = m_flow.step(id);
    const bool goesOn = step && isSettled(m_flow, m_run, *step);
    m_context.reset();
    m_busy = false;
    m_current.clear();
    emit changed();
    emit recorded(id);
    // A listener of recorded() may have started a new run.
    if (m_all && goesOn && !m_busy && !nextStep().isEmpty())
        return send();
    if (!m_busy)
        done();
}

void Runner::failStep(const Step& step, const base::Error& error, StepState state)
{
    stopWaiting();
    m_read.clear();
    StepRecord record {.stepId = step.id, .state = state, .predicted = m_predicted, .error = error};
    record.exchange.started = m_clock();
    append(std::move(record));
}

void Runner::stopWaiting()
{
    m_tick.stop();
    m_waiting.reset();
    m_asked.reset();
    m_predicted.reset();
    m_listener.reset();
}

void Runner::done()
{
    m_all = false;
    emit finished();
}

} // namespace flow
