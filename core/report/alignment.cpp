// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "alignment.h"

#include "core/http/message.h"

#include <algorithm>
#include <vector>

namespace report {

using namespace Qt::StringLiterals;

namespace {

using Names = QHash<QString, QString>;

/// What is asked for at an endpoint that takes all kinds of requests.
QString grantIn(const http::Form& form)
{
    QStringList parts;
    for (const char* name : {"grant_type", "requested_token_use", "Action"})
        if (form.has(name))
            parts.append(QString::fromUtf8(form.value(name)));
    if (form.has("fmi_path"))
        parts.append(u"fmi_path"_s);
    return parts.join(u' ');
}

StepKey keyOf(const QString& id, const QByteArray& method, const QByteArray& url, const QByteArray& body)
{
    return {id, QString::fromUtf8(method), QString::fromUtf8(http::splitUrl(url).path), body.contains('=') ? grantIn(http::parseForm(body)) : QString()};
}

int likeness(const StepKey& left, const StepKey& right)
{
    if (left.id == right.id)
        return 3;
    const bool sameRequest = !left.path.isEmpty() && left.method == right.method && left.path == right.path && left.grant == right.grant;
    return sameRequest ? 2 : 0;
}

/// The best sum of likeness from each pair of places to the ends of both.
class Sums
{
public:
    Sums(const QList<StepKey>& left, const QList<StepKey>& right)
        : m_width(size_t(right.size()) + 1), m_sums((size_t(left.size()) + 1) * m_width)
    {
        for (qsizetype i = left.size() - 1; i >= 0; --i)
            for (qsizetype j = right.size() - 1; j >= 0; --j) {
                const int like = likeness(left[i], right[j]);
                const int paired = like > 0 ? like + at(i + 1, j + 1) : 0;
                m_sums[size_t(i) * m_width + size_t(j)] = std::max({paired, at(i + 1, j), at(i, j + 1)});
            }
    }
    int at(qsizetype i, qsizetype j) const { return m_sums[size_t(i) * m_width + size_t(j)]; }

private:
    size_t m_width;
    std::vector<int> m_sums;
};

/// Longer runs are laid side by side by their ids alone: the sums would take the square of their length.
constexpr qsizetype longest = 3000;

QList<std::pair<int, int>> alignedById(const QList<StepKey>& left, const QList<StepKey>& right)
{
    QHash<QString, int> places;
    for (int j = 0; j < right.size(); ++j)
        places.insert(right[j].id, j);
    QList<std::pair<int, int>> out;
    for (int i = 0; i < left.size(); ++i)
        out.append({i, places.contains(left[i].id) ? places.take(left[i].id) : -1});
    for (int j = 0; j < right.size(); ++j)
        if (places.value(right[j].id, -1) == j)
            out.append({-1, j});
    return out;
}

void rename(QString& id, const Names& names) { id = names.value(id, id); }

void rename(chain::Chain& chain, const Names& names)
{
    for (chain::Link& link : chain.links) {
        const QString number = link.id.contains(u'#') ? link.id.sliced(link.id.indexOf(u'#')) : QString();
        link.id = names.value(link.id.chopped(number.size()), link.id.chopped(number.size())) + number;
        rename(link.stepId, names);
        for (QString& step : link.carries)
            rename(step, names);
    }
    for (chain::RootPlate& root : chain.roots)
        rename(root.stepId, names);
    for (chain::Audience& audience : chain.audiences) {
        rename(audience.step, names);
        rename(audience.presentedAt, names);
    }
}

void rename(flow::Run& run, const Names& names)
{
    for (flow::StepRecord& record : run.records) {
        rename(record.stepId, names);
        for (flow::Token& token : record.tokens)
            rename(token.stepId, names);
    }
}

QList<StepKey> keysOf(const diagnosis::Recorded& recorded)
{
    QList<StepKey> keys;
    for (const flow::Step& step : recorded.made.flow.steps) {
        const flow::StepRecord* record = recorded.made.run.record(step.id);
        const http::Request request = record ? record->exchange.request : http::Request {.method = step.method};
        keys.append(keyOf(step.id, request.method, request.url, request.body));
    }
    return keys;
}

Names namesFor(const QList<StepKey>& first, const QList<StepKey>& second)
{
    Names names;
    QSet<QString> used;
    for (const StepKey& key : first)
        used.insert(key.id);
    for (const auto& [left, right] : aligned(first, second))
        if (left >= 0 && right >= 0)
            names.insert(second[right].id, first[left].id);
    for (const StepKey& key : second) {
        if (names.contains(key.id))
            continue;
        QString id = key.id;
        for (int number = 2; used.contains(id); ++number)
            id = u"%1-also-%2"_s.arg(key.id).arg(number);
        names.insert(key.id, id);
        used.insert(id);
    }
    return names;
}

} // namespace

QList<std::pair<int, int>> aligned(const QList<StepKey>& left, const QList<StepKey>& right)
{
    if (std::max(left.size(), right.size()) > longest)
        return alignedById(left, right);
    const Sums sums(left, right);
    QList<std::pair<int, int>> out;
    qsizetype i = 0, j = 0;
    while (i < left.size() || j < right.size()) {
        const int like = i < left.size() && j < right.size() ? likeness(left[i], right[j]) : 0;
        if (like > 0 && sums.at(i, j) == like + sums.at(i + 1, j + 1))
            out.append({int(i++), int(j++)});
        else if (j == right.size() || (i < left.size() && sums.at(i, j) == sums.at(i + 1, j)))
            out.append({int(i++), -1});
        else
            out.append({-1, int(j++)});
    }
    return out;
}

QList<StepKey> stepKeys(const json::Value& run)
{
    QList<StepKey> keys;
    for (json::Value s = run["steps"].first(); s; s = s.next()) {
        const json::Value request = s["request"];
        keys.append(keyOf(s["id"].text(), request["method"].bytes().toByteArray(), request["url"].bytes().toByteArray(), request["body"].bytes().toByteArray()));
    }
    return keys;
}

diagnosis::Recorded calledAs(const diagnosis::Recorded& first, diagnosis::Recorded second)
{
    const Names names = namesFor(keysOf(first), keysOf(second));
    for (flow::Step& step : second.made.flow.steps) {
        rename(step.id, names);
        if (step.onlyAfter)
            rename(step.onlyAfter->stepId, names);
    }
    rename(second.made.run, names);
    rename(second.chain, names);
    for (base::Finding& finding : second.findings)
        rename(finding.place.step, names);
    for (catalog::HiddenExchange& other : second.made.others)
        rename(other.step, names);
    return second;
}

} // namespace report
