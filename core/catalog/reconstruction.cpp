// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "reconstruction.h"

#include "core/http/date.h"

#include <algorithm>

namespace catalog {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto clockTolerance = 5min;

/// The parameters an authorization answer can come with: query, fragment, or a form that the browser posted.
http::Form answerIn(const http::UrlParts& url)
{
    http::Form form = http::parseForm(url.query);
    for (const http::Parameter& p : http::parseForm(url.fragment))
        form.append(p);
    return form;
}

bool isAnswer(const http::Form& form) { return form.has("code") || form.has("error") || form.has("access_token") || form.has("id_token"); }

QByteArray withParameters(const QByteArray& uri, const http::Form& form)
{
    return uri + (uri.contains('?') ? '&' : '?') + http::encodeForm(form);
}

/// What makes two exchanges the same: who asks whom for what, and how it ended.
QByteArray identity(const Seen& seen, const flow::Step& step)
{
    QByteArray text = step.id.toUtf8() + '\n' + step.from.id.toUtf8() + '\n' + seen.exchange.request.method + ' ' + seen.url.origin() + seen.url.path
        + '\n' + QByteArray::number(seen.status) + '\n' + step.audienceAsked.toUtf8();
    for (const flow::Evidence& evidence : step.presents)
        text += '\n' + evidence.title.toUtf8();
    return text;
}

QString minutes(std::chrono::seconds length) { return base::duration(length); }

} // namespace

Reconstructor::Reconstructor(const setup::Setup* setup)
{
    m_memory.setup = setup;
    m_out.flow.id = u"recorded"_s;
    m_out.flow.title = u"Recorded"_s;
    m_out.flow.recipe = u"recorded"_s;
    m_out.run.setupId = setup ? setup->id : QString();
    m_out.run.flowId = m_out.flow.id;
    m_out.run.against = u"file"_s;
}

void Reconstructor::add(const http::HarEntry& entry)
{
    ++m_out.entries;
    const http::Exchange& exchange = entry.exchange;
    if (answers(entry))
        return;
    const Seen seen(exchange);
    const int tokens = m_memory.tokens;
    auto step = recognise(seen, m_memory);
    if (!step) {
        hide(entry, isPageOfSignIn(entry) ? m_open.back().step.id : QString());
        return;
    }
    learnKeys(seen);
    const QByteArray same = identity(seen, *step);
    if (const QString before = m_seen.value(same); !before.isEmpty()) {
        m_memory.tokens = tokens; // the slot was not used
        return hide(entry, before);
    }
    if (entry.bodyMissing && !step->yields.isEmpty())
        m_out.notes.append(u"%1: the file says that the answer had %2 bytes and does not hold them."_s.arg(step->title).arg(entry.responseSize));
    const QString kind = step->id;
    step->id = uniqueId(kind);
    m_seen.insert(same, step->id);
    if (!step->interactive)
        return record(std::move(*step), exchange, entry.index);
    const http::Form asked = exchange.request.method == "POST" ? seen.form : seen.query;
    m_open.push_back({std::move(*step), exchange, asked.value("state"), asked.value("redirect_uri"), entry.index});
    // Where a session is there already, the redirect is the answer itself.
    if (exchange.response && isAnswer(answerIn(http::splitUrl(exchange.response->headers.value("Location")))))
        answers(entry);
}

/// Whether this exchange brings the answer of an open sign-in: in its redirect, its own address, or its posted form.
bool Reconstructor::answers(const http::HarEntry& entry)
{
    const http::Exchange& exchange = entry.exchange;
    const QByteArray location = exchange.response ? exchange.response->headers.value("Location") : QByteArray();
    const QByteArray own = exchange.request.url;
    // An answer with another state belongs to the one sign-in that waits at this address, if only one does: that it differs is
    // what has to be said of it.
    const auto waitsAlone = [&](const Open& open) { return std::ranges::count(m_open, open.redirectUri, &Open::redirectUri) == 1; };
    for (auto open = m_open.begin(); open != m_open.end(); ++open) {
        const auto belongs = [&](const QByteArray& url, const http::Form& form) {
            return !open->redirectUri.isEmpty() && url.startsWith(open->redirectUri) && isAnswer(form)
                && (open->state.isEmpty() || form.value("state") == open->state || !form.has("state") || waitsAlone(*open));
        };
        QByteArray answer;
        if (const http::Form form = answerIn(http::splitUrl(location)); belongs(location, form))
            answer = withParameters(open->redirectUri, form);
        else if (const http::Form asked = answerIn(http::splitUrl(own)); belongs(own, asked))
            answer = withParameters(open->redirectUri, asked);
        else if (const http::Form posted = Seen(exchange).form; belongs(own, posted))
            answer = withParameters(open->redirectUri, posted);
        if (answer.isEmpty())
            continue;
        const bool itself = open->index == entry.index;
        http::Exchange whole = open->exchange;
        whole.response = http::Response {.status = 302, .reason = "Found", .headers = {{"Location", answer}}};
        flow::Step step = std::move(open->step);
        const qint64 index = open->index;
        const QString id = step.id;
        m_open.erase(open);
        record(std::move(step), whole, index);
        if (!itself)
            hide(entry, id);
        return true;
    }
    return false;
}

/// Pages and posts of the host that is asked, between the authorization request and its answer.
bool Reconstructor::isPageOfSignIn(const http::HarEntry& entry) const
{
    return !m_open.empty() && http::splitUrl(entry.exchange.request.url).authority == http::splitUrl(m_open.back().exchange.request.url).authority;
}

void Reconstructor::record(flow::Step step, const http::Exchange& exchange, qint64)
{
    flow::StepRecord record = flow::collect(step, exchange, m_known);
    if (record.exchange.failure && !record.error)
        record.error = base::Error {u"no-answer"_s, record.exchange.failure->text, step.id};
    // A token that nobody in this file issued is still evidence.
    const QByteArray bearer = Seen(exchange).bearer();
    if (!bearer.isEmpty() && m_memory.slotOf(bearer).isEmpty()) {
        flow::Token token {.slot = m_memory.nextToken(), .stepId = step.id, .speaker = step.from, .raw = bearer, .jwt = jose::decode(bearer), .received = exchange.started};
        if (!step.presents.isEmpty() && step.presents.front().slot.isEmpty())
            step.presents.front() = {.slot = token.slot, .kind = flow::Evidence::Kind::Token, .title = token.slot + u", issued elsewhere"_s};
        record.tokens.append(std::move(token));
    }
    learn(record);
    note(record);
    m_out.flow.steps.append(std::move(step));
    m_out.run.records.append(std::move(record));
}

void Reconstructor::learn(const flow::StepRecord& record)
{
    for (const flow::Token& token : record.tokens) {
        m_memory.slots_.insert(token.raw, token.slot);
        m_known.tokens.insert(token.slot, token.raw);
    }
    for (auto it = record.values.cbegin(); it != record.values.cend(); ++it)
        m_known.values.insert(it.key(), it.value());
}

/// Keys are filed under the issuer whose metadata named them; a tenant's address says it by itself.
void Reconstructor::learnKeys(const Seen& seen)
{
    if (!seen.exchange.response || seen.status != 200)
        return;
    const QByteArray url = seen.url.origin() + seen.url.path;
    const json::Document body = json::Document::read(seen.exchange.response->body);
    if (const json::Value keys = body.root()["jwks_uri"]; keys.isString()) {
        m_keysOf.insert(keys.bytes().toByteArray(), body.root()["issuer"].text());
        return;
    }
    const QString issuer = m_keysOf.value(url);
    auto read = issuer.isEmpty() || !body.root()["keys"].isArray() ? base::Result<jose::KeySet>(tl::unexpected(base::Error {})) : jose::readKeys(seen.exchange.response->body);
    if (read)
        m_out.run.keys.insert(issuer, {.keys = std::move(*read), .url = QString::fromUtf8(url), .fetched = seen.exchange.started});
}

/// A server's own date against this file's clock, which is what lifetimes are read with.
void Reconstructor::note(const flow::StepRecord& record)
{
    if (!record.exchange.response)
        return;
    const auto date = http::dateOf(*record.exchange.response);
    if (!date)
        return;
    const auto apart = std::chrono::duration_cast<std::chrono::seconds>(*date - record.exchange.started);
    if (apart > clockTolerance || apart < -clockTolerance)
        m_out.notes.append(u"The clock of %1 is %2 %3 the one that wrote this file."_s
                               .arg(QString::fromUtf8(http::splitUrl(record.exchange.request.url).authority), minutes(apart < 0s ? -apart : apart), apart < 0s ? u"behind"_s : u"ahead of"_s));
}

void Reconstructor::hide(const http::HarEntry& entry, const QString& step)
{
    ++(step.isEmpty() ? m_out.hidden : m_out.repeats);
    const http::UrlParts url = http::splitUrl(entry.exchange.request.url);
    m_out.others.append({.index = entry.index, .method = entry.exchange.request.method, .url = QByteArray(url.origin() + url.path).left(300),
        .status = entry.exchange.response ? entry.exchange.response->status : 0, .started = entry.exchange.started, .step = step});
}

QString Reconstructor::uniqueId(const QString& id)
{
    const int count = ++m_ids[id];
    return count == 1 ? id : id + u'-' + QString::number(count);
}

Reconstruction Reconstructor::finish()
{
    for (Open& open : m_open) {
        const bool page = open.exchange.response && open.exchange.response->status < 400;
        if (page) {
            m_out.notes.append(u"%1: the answer of the sign-in is not in the file."_s.arg(open.step.title));
            open.exchange.failure = http::Failure {http::Failure::Kind::Other, u"The answer of the sign-in is not in the file."_s};
            open.exchange.response.reset();
        }
        record(std::move(open.step), open.exchange, open.index);
    }
    m_open.clear();
    m_out.steps = m_out.flow.steps.size();
    m_out.flows = recordedFlows(m_out);
    return std::move(m_out);
}

} // namespace catalog
