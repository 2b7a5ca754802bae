// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "reconstruction.h"

#include "broughtanswers.h"
#include "identity.h"
#include "probes_p.h"

#include "core/http/date.h"
#include "core/http/site.h"

#include <algorithm>

namespace catalog {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto clockTolerance = 5min;

constexpr qsizetype mostListed = 5;
constexpr int mostAlike = 200;

QByteArray withParameters(const QByteArray& uri, const http::Form& form)
{
    return uri + (uri.contains('?') ? '&' : '?') + http::encodeForm(form);
}

/// The state of an authorization request: what its redirect brings is for no other.
QByteArray stateAsked(const QByteArray& url)
{
    const http::Form asked = http::parseForm(http::splitUrl(url).query);
    return asked.has("response_type") ? asked.value("state") : QByteArray();
}

/// Of the tokens that tokensIn() gives.
QStringList slotsOf(const flow::Step& step)
{
    QStringList out;
    for (const flow::Yield& yield : step.yields)
        if (yield.token && yield.header.isEmpty())
            out.append(yield.slot);
    return out;
}

/// The receiver said yes, and what it said is not in the file: what the answer lacks is no fault of it.
void leaveOpen(const flow::Step& step, flow::StepRecord& record)
{
    if (record.state != flow::StepState::Failed || record.observed.decision != base::Decision::Accept)
        return;
    record.state = flow::StepState::Accepted;
    record.error.reset();
    record.missing.clear();
    for (const flow::Yield& yield : step.yields)
        if (yield.required)
            record.missing.append(yield.pointer.section(u'/', -1));
    record.checks.append({.id = u"answer.content"_s, .group = u"What this file holds"_s, .title = u"Content of the answer"_s,
        .outcome = base::Outcome::NotEvaluated, .relation = u"the file does not hold it"_s});
}

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
    if (!entry.problem.isEmpty()) {
        if (++m_brokenCount <= mostListed)
            m_broken.append(u"entry %1 %2"_s.arg(entry.index + 1).arg(entry.problem));
        return hide(exchange, entry.index, {});
    }
    m_untimed += exchange.started == base::Instant {};
    const QList<BroughtAnswer> brought = broughtAnswers(exchange);
    if (answers(entry, brought))
        return keep(entry, false);
    const Seen seen(exchange);
    const int tokens = m_memory.tokens;
    auto step = recognise(seen, m_memory);
    if (!step) {
        if (!brought.isEmpty())
            keep(entry, false); // its sign-in may stand behind it
        return hide(exchange, entry.index, signInOfPage(entry));
    }
    learnKeys(seen);
    const QByteArray same = identity(seen, *step, m_memory);
    const QString known = m_seen.value(same);
    if (const QString before = known.isEmpty() ? beyondCount(seen, *step) : known; !before.isEmpty()) {
        m_memory.tokens = tokens; // the slot was not used
        return hide(exchange, entry.index, before);
    }
    keep(entry, true);
    noteMissing(entry, *step);
    const QByteArray like = likeness(seen, *step);
    step->id = uniqueId(step->id, entry.index);
    m_seen.insert(same, step->id);
    m_alike[like] = {m_alike.value(like).count + 1, step->id, slotsOf(*step)};
    if (!step->interactive)
        return record(std::move(*step), exchange, entry.bodyMissing);
    const http::Form asked = exchange.request.method == "POST" ? seen.form : seen.query;
    m_open.push_back({std::move(*step), exchange, asked.value("state"), asked.value("client_id"), asked.value("redirect_uri"), entry.index, m_out.entries, http::siteOf(exchange.request.url)});
    // Where a session is there already, the redirect is the answer itself.
    answers(entry, brought);
}

/// Of steps that are alike only so many are kept: a file may hold a year of renewals. What more of them bring counts as brought by
/// the last one; a sign-in always waits for its answer. The step that this exchange is like; empty while there is room.
QString Reconstructor::beyondCount(const Seen& seen, const flow::Step& step)
{
    const Alike alike = step.interactive ? Alike() : m_alike.value(likeness(seen, step));
    if (alike.count < mostAlike)
        return {};
    ++m_beyond;
    const QByteArrayList tokens = tokensIn(seen, step);
    for (qsizetype i = 0; i < std::min(tokens.size(), alike.slotsOfLast.size()); ++i)
        if (!tokens[i].isEmpty())
            m_memory.slots_.insert(tokens[i], alike.slotsOfLast[i]);
    return alike.last;
}

/// Whether this exchange brings the answer of an open sign-in, or an answer again that was there before.
bool Reconstructor::answers(const http::HarEntry& entry, const QList<BroughtAnswer>& brought)
{
    const QByteArray own = brought.isEmpty() ? QByteArray() : stateAsked(entry.exchange.request.url);
    auto waiting = m_open.end();
    const BroughtAnswer* other = nullptr;
    for (const BroughtAnswer& each : brought)
        for (auto open = m_open.end(); open != m_open.begin();) { // the last that was begun first
            --open;
            if (open->redirectUri.isEmpty() || !each.url.startsWith(open->redirectUri) || (!own.isEmpty() && own != open->state))
                continue;
            if (open->state.isEmpty() || !each.form.has("state") || each.form.value("state") == open->state) {
                answered(open, withParameters(open->redirectUri, each.form), entry);
                return true;
            }
            if (!other) {
                waiting = open;
                other = &each;
            }
        }
    for (const BroughtAnswer& each : brought)
        if (const QString step = m_answers.value(http::encodeForm(each.form)); !step.isEmpty()) {
            hide(entry.exchange, entry.index, step);
            return true;
        }
    // An answer with another state belongs to the sign-in that waits at this address, of several to the last: that it differs is
    // what has to be said of it.
    if (other)
        answered(waiting, withParameters(waiting->redirectUri, other->form), entry);
    return other;
}

void Reconstructor::answered(std::vector<Open>::iterator open, const QByteArray& answer, const http::HarEntry& entry)
{
    const Open was = std::move(*open);
    m_open.erase(open);
    http::Exchange whole = was.exchange;
    whole.response = http::Response {.status = 302, .reason = "Found", .headers = {{"Location", answer}}};
    m_answers.insert(answer.sliced(was.redirectUri.size() + 1), was.step.id);
    m_signIns.append({was.step.id, was.client, was.redirectUri, was.site, whole.started, entry.exchange.started, was.place});
    record(was.step, whole, false);
    if (was.index != entry.index)
        hide(entry.exchange, entry.index, was.step.id);
}

/// Pages and posts of the host that is asked, between the authorization request and its answer.
QString Reconstructor::signInOfPage(const http::HarEntry& entry) const
{
    if (m_open.empty())
        return {};
    const QByteArray site = http::siteOf(entry.exchange.request.url);
    const auto open = std::find_if(m_open.rbegin(), m_open.rend(), [&](const Open& o) { return o.site == site; });
    return open == m_open.rend() ? QString() : open->step.id;
}

void Reconstructor::record(flow::Step step, const http::Exchange& exchange, bool lacksBody)
{
    flow::StepRecord record = flow::collect(step, exchange, m_known);
    if (record.exchange.failure && !record.error)
        record.error = base::Error {u"no-answer"_s, record.exchange.failure->text, step.id};
    if (lacksBody)
        leaveOpen(step, record);
    // A token that nobody in this file issued is still evidence.
    const QByteArray bearer = Seen(exchange).bearer();
    const bool isSecret = !step.presents.isEmpty() && step.presents.front().kind == flow::Evidence::Kind::Secret;
    if (!bearer.isEmpty() && !isSecret && m_memory.slotOf(bearer).isEmpty()) {
        flow::Token token {.slot = m_memory.nextToken(), .stepId = step.id, .speaker = step.from, .raw = bearer, .jwt = jose::decode(bearer), .received = exchange.started};
        if (!step.presents.isEmpty() && step.presents.front().slot.isEmpty())
            step.presents.front() = {.slot = token.slot, .kind = flow::Evidence::Kind::Token, .title = token.slot + u", issued elsewhere"_s};
        m_memory.foreign.insert(token.slot);
        record.tokens.append(std::move(token));
    }
    learn(record);
    noteClock(record);
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
void Reconstructor::noteClock(const flow::StepRecord& record)
{
    if (!record.exchange.response || record.exchange.started == base::Instant {})
        return;
    const auto date = http::dateOf(*record.exchange.response);
    if (!date)
        return;
    const auto apart = std::chrono::duration_cast<std::chrono::seconds>(*date - record.exchange.started);
    if (apart > clockTolerance || apart < -clockTolerance)
        m_out.notes.append(u"The clock of %1 is %2 %3 the one that wrote this file."_s
                               .arg(QString::fromUtf8(http::serverOf(record.exchange.request.url)), base::duration(apart < 0s ? -apart : apart), apart < 0s ? u"behind"_s : u"ahead of"_s));
}

void Reconstructor::noteMissing(const http::HarEntry& entry, const flow::Step& step)
{
    const bool refused = entry.exchange.response && entry.exchange.response->status >= 400;
    if (!entry.bodyMissing || step.interactive || (step.yields.isEmpty() && !refused))
        return;
    m_out.notes.append(entry.responseSize > 0 ? u"%1: the file says that the answer had %2 bytes and does not hold them."_s.arg(step.title).arg(entry.responseSize)
                                              : u"%1: the file does not hold the content of the answer."_s.arg(step.title));
}

void Reconstructor::noteCounted()
{
    if (m_brokenCount > 0)
        m_out.notes.append(u"%1 no exchange, and counted as hidden: %2."_s.arg(m_brokenCount == 1 ? u"1 entry is"_s : u"%1 entries are"_s.arg(m_brokenCount)).arg(m_broken.join(u", "_s) + (m_brokenCount > m_broken.size() ? u", ..."_s : QString())));
    if (m_beyond > 0)
        m_out.notes.append(u"%1 requests are like %2 others before them but for credentials, errors or tokens, and counted as repeats."_s.arg(m_beyond).arg(mostAlike));
    if (m_untimed > 0)
        m_out.notes.append(u"%1 no time that can be read: the place in the file counts, and what depends on the time is not evaluated."_s.arg(m_untimed == 1 ? u"1 exchange has"_s : u"%1 exchanges have"_s.arg(m_untimed)));
}

void Reconstructor::hide(const http::Exchange& exchange, qint64 index, const QString& step)
{
    const http::UrlParts url = http::splitUrl(exchange.request.url);
    const QByteArray address = url.scheme.isEmpty() ? url.path : http::siteOf(url) + url.path;
    m_out.others.append({.index = index, .method = exchange.request.method, .url = address.left(300),
        .status = exchange.response ? exchange.response->status : 0, .started = exchange.started, .step = step});
}

QString Reconstructor::uniqueId(const QString& id, qint64 index)
{
    const int count = ++m_ids[id];
    const QString unique = count == 1 ? id : id + u'-' + QString::number(count);
    m_indexOf.insert(unique, index);
    return unique;
}

/// The sign-in that the same client began after this one, and that was answered: this one was given up for it.
const Reconstructor::SignIn* Reconstructor::successor(const Open& open) const
{
    const auto later = std::ranges::find_if(m_signIns, [&](const SignIn& s) { return s.place > open.place && s.client == open.client && s.redirectUri == open.redirectUri; });
    return later == m_signIns.end() ? nullptr : &*later;
}

void Reconstructor::closeOpen()
{
    int givenUp = 0;
    for (Open& open : m_open) {
        const bool page = open.exchange.response && open.exchange.response->status < 400;
        if (const SignIn* later = page ? successor(open) : nullptr) {
            hide(open.exchange, open.index, later->step);
            ++givenUp;
            continue;
        }
        if (page) {
            m_out.notes.append(u"%1: the answer of the sign-in is not in the file."_s.arg(open.step.title));
            open.exchange.failure = http::Failure {http::Failure::Kind::Other, u"The answer of the sign-in is not in the file."_s};
            open.exchange.response.reset();
        }
        record(std::move(open.step), open.exchange, false);
    }
    m_open.clear();
    if (givenUp > 0)
        m_out.notes.append(u"%1 begun without an answer in the file, before the same client began the one that was answered."_s
                               .arg(givenUp == 1 ? u"1 sign-in was"_s : u"%1 sign-ins were"_s.arg(givenUp)));
}

Reconstruction Reconstructor::finish()
{
    if (!m_isInOrder)
        return inOrder();
    closeOpen();
    noteCounted();
    settleProbes(m_out, m_known);
    countOthers(m_out);
    m_out.flows = recordedFlows(m_out);
    return std::move(m_out);
}

} // namespace catalog
