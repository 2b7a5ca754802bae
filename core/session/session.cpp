// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "session.h"

#include "core/catalog/catalog.h"
#include "core/diagnosis/recorded.h"
#include "core/diagnosis/rules.h"

#include <algorithm>
#include <utility>

namespace session {

using namespace Qt::StringLiterals;

Session::Session(http::Transport& transport, setup::SecretStore& secrets, base::Clock clock, QObject* parent)
    : QObject(parent)
    , m_clock(std::move(clock))
    , m_runner(transport, secrets)
{
    m_runner.setClock(m_clock);
    m_runner.setPredict([this](const flow::Step& step, const http::Request& request) {
        return chain::predict(m_played, step, request, m_runner.run(), m_clock());
    });
    connect(&m_runner, &flow::Runner::changed, this, [this] {
        recompute();
        emit runChanged();
        emit waitingChanged();
    });
    connect(&m_runner, &flow::Runner::recorded, this, &Session::recorded);
    connect(&m_runner, &flow::Runner::finished, this, &Session::finished);
}

Session::~Session() = default;

void Session::setClock(base::Clock clock)
{
    m_clock = std::move(clock);
    m_runner.setClock(m_clock);
}

void Session::open(setup::Setup setup, setup::Setup played, setup::Bindings bindings, Against against)
{
    m_recording.reset();
    m_setup = std::move(setup);
    m_played = std::move(played);
    m_bindings = std::move(bindings);
    m_against = against;
    m_has = true;
    m_held = false;
    catalog::Built built = catalog::flows(m_played);
    m_flows = std::move(built.flows);
    m_flowProblems = std::move(built.problems);
    const bool kept = std::ranges::any_of(m_flows, [&](const flow::Flow& f) { return f.id == m_flowId; });
    if (!kept)
        m_flowId = m_flows.isEmpty() ? QString {} : m_flows.front().id;
    startRun();
    emit setupChanged();
    emit flowChanged();
    emit runChanged();
    if (const auto intent = std::exchange(m_intent, {}))
        intent();
}

void Session::show(diagnosis::Recorded recorded, const QString& name)
{
    m_runner.cancel();
    m_intent = {};
    m_recording = std::make_unique<const diagnosis::Recorded>(std::move(recorded));
    m_setup = m_recording->setup;
    m_setup.title = name;
    m_played = m_setup;
    m_bindings = m_recording->bindings;
    m_has = true;
    m_flows = {m_recording->made.flow};
    m_flowProblems = {};
    m_flowId = m_recording->made.flow.id;
    m_chain = m_recording->chain;
    m_findings = m_recording->findings;
    // What failed is what somebody looks for.
    const QList<flow::StepRecord>& records = run().records;
    const auto refused = std::ranges::find_if(records, [](const flow::StepRecord& r) { return r.state == flow::StepState::Refused || r.state == flow::StepState::Failed; });
    m_selection = {.step = records.isEmpty() ? QString() : refused == records.end() ? records.front().stepId : refused->stepId};
    emit setupChanged();
    emit flowChanged();
    emit runChanged();
    emit selectionChanged(m_selection);
}

base::Instant Session::now() const { return m_recording ? m_recording->last : m_clock(); }

void Session::setFlow(const QString& id)
{
    const bool known = std::ranges::any_of(m_flows, [&](const flow::Flow& f) { return f.id == id; });
    if (!known || id == m_flowId)
        return;
    m_flowId = id;
    startRun();
    emit flowChanged();
    emit runChanged();
}

void Session::startRun()
{
    const auto it = std::ranges::find(m_flows, m_flowId, &flow::Flow::id);
    m_selection = {};
    m_runner.start(it == m_flows.end() ? flow::Flow {} : *it, m_setup.id, m_against == Against::Lab ? u"lab"_s : u"live"_s);
    select({.step = m_runner.nextStep()});
}

const flow::Flow& Session::flow() const { return m_recording ? m_recording->made.flow : m_runner.flow(); }
const flow::Run& Session::run() const { return m_recording ? m_recording->made.run : m_runner.run(); }

void Session::recompute()
{
    if (m_recording)
        return;
    m_chain = chain::derive(m_played, flow(), run());
    const diagnosis::Case subject {.setup = m_played, .flow = &flow(), .run = &run(), .chain = &m_chain, .now = m_clock()};
    m_findings = m_has ? diagnosis::lint(subject) : QList<base::Finding> {};
}

const flow::StepRecord* Session::record(const QString& stepId) const { return run().record(stepId); }

std::optional<base::Verdict> Session::predicted(const QString& stepId) const
{
    if (const flow::StepRecord* sent = record(stepId); sent && sent->predicted)
        return sent->predicted;
    const flow::Step* step = m_recording ? nullptr : flow().step(stepId);
    return step ? chain::preview(m_played, *step, m_runner.known(), run(), m_clock()) : std::nullopt;
}

flow::StepState Session::state(const QString& stepId) const
{
    if (const auto& waiting = m_runner.waiting(); waiting && waiting->stepId == stepId)
        return flow::StepState::Waiting;
    if (m_runner.isBusy() && m_runner.currentStep() == stepId)
        return flow::StepState::Sending;
    return run().state(stepId);
}

base::Result<flow::Resolved> Session::previewRequest(const QString& stepId) const
{
    const flow::Step* step = flow().step(stepId);
    if (!step)
        return base::fail(u"no-step"_s, u"There is no such step."_s, stepId);
    flow::Ingredients known = m_runner.known();
    known.now = m_clock();
    return flow::resolve(*step, known);
}

QString Session::nextStep() const { return m_recording ? QString() : m_runner.nextStep(); }
bool Session::isBusy() const { return m_runner.isBusy(); }
const std::optional<flow::Waiting>& Session::waiting() const { return m_runner.waiting(); }

void Session::hold()
{
    m_runner.cancel();
    m_held = true;
    m_intent = {};
}

void Session::whenReleased(std::function<void()> intent)
{
    if (m_recording)
        return;
    if (m_held)
        m_intent = std::move(intent);
    else
        intent();
}

void Session::next()
{
    whenReleased([this] { m_runner.send(); });
}

void Session::sendAgain(const QString& stepId)
{
    whenReleased([this, stepId] { m_runner.send(stepId); });
}

void Session::runAll()
{
    whenReleased([this] { m_runner.sendAll(); });
}

void Session::readKeysAgain()
{
    whenReleased([this] { m_runner.readKeysAgain(); });
}

void Session::cancel() { m_runner.cancel(); }
base::Result<void> Session::pasteCallback(const QByteArray& url) { return m_runner.pasteCallback(url); }
void Session::openBrowserAgain() { m_runner.openBrowserAgain(); }

void Session::reset()
{
    if (m_recording)
        return;
    startRun();
    emit runChanged();
}

void Session::select(const base::Place& place)
{
    if (place == m_selection)
        return;
    m_selection = place;
    emit selectionChanged(place);
}

void Session::annotate(const QString& stepId, const QString& note, const std::optional<base::Verdict>& truth)
{
    m_runner.annotate(stepId, note, truth);
}

} // namespace session
