// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "reconstruction.h"

#include "core/http/site.h"

#include <QSet>

#include <algorithm>

namespace catalog {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mostBesides = 10'000;

/// One step in the order of the file: at the time it has, or at that of the one before it.
struct Timed
{
    base::Instant time;
    const http::HarEntry* entry;
};

std::vector<Timed> byTime(const std::vector<http::HarEntry>& entries)
{
    std::vector<Timed> out;
    base::Instant last {};
    for (const http::HarEntry& entry : entries) {
        if (entry.exchange.started != base::Instant {})
            last = entry.exchange.started;
        out.push_back({last, &entry});
    }
    std::ranges::stable_sort(out, {}, &Timed::time);
    return out;
}

} // namespace

/// Keeps what steps are made of. Bytes are shared with the steps; an answer is kept without its page.
void Reconstructor::keep(const http::HarEntry& entry, bool whole)
{
    if (!whole && m_besides++ >= mostBesides)
        return;
    http::HarEntry& kept = m_kept.emplace_back(entry);
    kept.moreTokens.clear();
    if (!whole && kept.exchange.response)
        kept.exchange.response->body.clear();
    const base::Instant started = entry.exchange.started;
    if (started == base::Instant {})
        return;
    m_isInOrder = m_isInOrder && started >= m_latest;
    m_latest = std::max(m_latest, started);
}

/// The same once more, in the order of times. What was a repeat stays one, of the step that its like is now.
Reconstruction Reconstructor::inOrder()
{
    Reconstructor again(m_memory.setup);
    for (const Timed& each : byTime(m_kept))
        again.add(*each.entry);
    again.m_isInOrder = true;
    again.m_untimed = m_untimed;
    again.m_beyond = m_beyond;
    again.m_brokenCount = m_brokenCount;
    again.m_broken = m_broken;
    Reconstruction out = again.finish();
    QHash<qint64, QString> now;
    for (auto it = again.m_indexOf.cbegin(); it != again.m_indexOf.cend(); ++it)
        now.insert(it.value(), it.key());
    for (const HiddenExchange& each : std::as_const(out.others))
        now.insert(each.index, each.step);
    QSet<qint64> kept;
    for (const http::HarEntry& entry : m_kept)
        kept.insert(entry.index);
    for (HiddenExchange& each : m_out.others) {
        if (kept.contains(each.index))
            continue;
        each.step = each.step.isEmpty() ? again.signInAround(each) : now.value(m_indexOf.value(each.step));
        out.others.append(std::move(each));
    }
    std::ranges::sort(out.others, {}, &HiddenExchange::index);
    out.entries = m_out.entries;
    out.notes.prepend(u"The entries are not in the order of their times. The steps are."_s);
    countOthers(out);
    return out;
}

/// A page of a sign-in whose beginning stood behind it in the file.
QString Reconstructor::signInAround(const HiddenExchange& exchange) const
{
    const QByteArray site = http::siteOf(exchange.url);
    const auto around = std::ranges::find_if(m_signIns, [&](const SignIn& s) { return s.site == site && s.from <= exchange.started && exchange.started <= s.until; });
    return around == m_signIns.end() ? QString() : around->step;
}

void Reconstructor::countOthers(Reconstruction& made)
{
    made.steps = made.flow.steps.size();
    made.repeats = std::ranges::count_if(made.others, [](const HiddenExchange& e) { return !e.step.isEmpty(); });
    made.hidden = made.others.size() - made.repeats;
}

} // namespace catalog
