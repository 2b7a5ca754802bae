// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "alignment.h"

#include "core/http/message.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <vector>

namespace report {

using namespace Qt::StringLiterals;

namespace {

/// What a step is, whoever ran it and wherever.
struct Nature
{
    QString id {};
    QString title {};
    QString from {};        ///< kind of party
    QString to {};
    bool sent = false;
    QByteArray method {};
    QString path {};
    QByteArray grant {};

    bool sameParties(const Nature& other) const { return from == other.from && to == other.to; }
    bool isLike(const Nature& other) const
    {
        if (!sent || !other.sent)
            return title == other.title && sameParties(other);
        const bool telling = path.size() > 1 || !grant.isEmpty();
        return method == other.method && path == other.path && grant == other.grant && (telling || sameParties(other));
    }
};

/// A path without what names the tenant or an object in it.
QString placeless(const QByteArray& url)
{
    static const QRegularExpression tenant(u"^/[^/]+/(?=oauth2/|v2\\.0/|\\.well-known/)"_s);
    static const QRegularExpression guid(u"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"_s);
    return QString::fromUtf8(http::splitUrl(url).path).replace(tenant, u"/(tenant)/"_s).replace(guid, u"(id)"_s);
}

/// What tells requests to one address apart, and whether its value does or only that it is there (RFC 6749, RFC 8693,
/// entra: fmi_path, requested_token_use; AWS query API; JSON-RPC 2.0).
struct Mark
{
    const char* name;
    bool byValue;
};
constexpr Mark marks[] {{"grant_type", true}, {"requested_token_use", true}, {"requested_token_type", true}, {"fmi_path", false}, {"Action", true}, {"method", true}, {"response_type", true}};

QByteArray grantOf(const json::Value& request)
{
    const QByteArray body = request["body"].bytes().toByteArray();
    const json::Document object = body.trimmed().startsWith('{') ? json::Document::read(body) : json::Document {};
    http::Form form = http::parseForm(http::splitUrl(request["url"].bytes()).query);
    if (!object.root())
        form += http::parseForm(body);
    QByteArray out;
    for (const Mark& mark : marks) {
        const QByteArray value = object.root() ? object.root()[mark.name].text().toUtf8() : form.value(mark.name);
        if (!value.isEmpty())
            out += QByteArray(mark.name) + '=' + (mark.byValue ? value : QByteArray()) + ' ';
    }
    return out;
}

std::vector<Nature> naturesOf(const json::Value& run)
{
    std::vector<Nature> out;
    for (json::Value s = run["steps"].first(); s; s = s.next()) {
        const json::Value request = s["request"];
        Nature nature {.id = s["id"].text(), .title = s["title"].text(), .from = s["parties"]["from"]["kind"].text(), .to = s["parties"]["to"]["kind"].text(), .sent = request.isObject()};
        if (nature.sent) {
            nature.method = request["method"].bytes().toByteArray();
            nature.path = placeless(request["url"].bytes().toByteArray());
            nature.grant = grantOf(request);
        }
        out.push_back(std::move(nature));
    }
    return out;
}

/// How much two steps belong together; 0: not at all.
class Likeness
{
public:
    Likeness(const json::Value& left, const json::Value& right)
        : m_left(naturesOf(left)), m_right(naturesOf(right)), m_derived(left["against"].text() != u"file" && right["against"].text() != u"file") { }
    qsizetype lefts() const { return qsizetype(m_left.size()); }
    qsizetype rights() const { return qsizetype(m_right.size()); }
    bool sameId(qsizetype l, qsizetype r) const { return m_left[l].id == m_right[r].id; }
    bool alike(qsizetype l, qsizetype r) const { return m_left[l].isLike(m_right[r]); }
    int operator()(qsizetype l, qsizetype r) const
    {
        constexpr int idDecides = 1000, idHelps = 1, nature = 2;
        return (sameId(l, r) ? m_derived ? idDecides : idHelps : 0) + (alike(l, r) ? nature : 0);
    }
    /// The step with the same id, where ids decide or the two are alike.
    qsizetype namesake(qsizetype l, const QList<qsizetype>& among) const
    {
        const auto found = std::ranges::find_if(among, [&](qsizetype r) { return sameId(l, r) && (m_derived || alike(l, r)); });
        return found == among.end() ? -1 : *found;
    }

private:
    std::vector<Nature> m_left, m_right;
    bool m_derived;
};

/// Steps of a walk are dozens, of a recording hundreds. Beyond this many comparisons steps keep the partner with their id.
constexpr qsizetype mostCompared = 4'000'000;

/// For each left step its right one, in the same order in both: the pairs that are worth the most together (the recurrence
/// of a longest common subsequence; Cormen et al., Introduction to Algorithms, 14.4).
QList<qsizetype> partnersInOrder(const Likeness& likeness)
{
    const qsizetype rows = likeness.lefts(), columns = likeness.rights();
    QList<qsizetype> partners(rows, -1);
    if (rows == 0 || columns == 0 || rows > mostCompared / columns)
        return partners;
    std::vector<int> best(size_t((rows + 1) * (columns + 1)), 0);
    const auto at = [&](qsizetype l, qsizetype r) -> int& { return best[size_t(l * (columns + 1) + r)]; };
    for (qsizetype l = rows - 1; l >= 0; --l)
        for (qsizetype r = columns - 1; r >= 0; --r) {
            const int together = likeness(l, r);
            at(l, r) = std::max({at(l + 1, r), at(l, r + 1), together ? together + at(l + 1, r + 1) : 0});
        }
    for (qsizetype l = 0, r = 0; l < rows && r < columns;) {
        const int together = likeness(l, r);
        if (together && at(l, r) == together + at(l + 1, r + 1))
            partners[l++] = r++;
        else
            at(l, r) == at(l + 1, r) ? ++l : ++r;
    }
    return partners;
}

} // namespace

Aligned alignedSteps(const json::Value& left, const json::Value& right)
{
    const Likeness likeness(left, right);
    QList<qsizetype> partners = partnersInOrder(likeness);
    const QList<qsizetype> inOrder = partners;
    QList<qsizetype> alone;
    for (qsizetype r = 0; r < likeness.rights(); ++r)
        if (!partners.contains(r))
            alone.append(r);
    // A step that moved to another place is still that step.
    for (qsizetype l = 0; l < partners.size(); ++l)
        if (partners[l] < 0) {
            partners[l] = likeness.namesake(l, alone);
            alone.removeOne(partners[l]);
        }
    Aligned out;
    const auto takeAlone = [&](qsizetype before) {
        while (!alone.isEmpty() && alone.front() < before)
            out.append({-1, alone.takeFirst()});
    };
    for (qsizetype l = 0; l < partners.size(); ++l) {
        if (inOrder[l] >= 0)
            takeAlone(inOrder[l]);
        out.append({l, partners[l]});
    }
    takeAlone(likeness.rights());
    return out;
}

} // namespace report
