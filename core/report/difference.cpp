// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "difference.h"

#include "core/base/text.h"
#include "core/http/message.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace report {

using namespace Qt::StringLiterals;

namespace {

using Pairs = QList<std::pair<QString, QString>>;

/// Claims, fields and headers that are new each time (RFC 7519 4.1, RFC 6749, entra: uti, aio, rh).
bool isVolatileName(const QString& name)
{
    static constexpr std::array names {"iat"_L1, "nbf"_L1, "exp"_L1, "auth_time"_L1, "uti"_L1, "jti"_L1, "aio"_L1, "rh"_L1, "sid"_L1, "nonce"_L1, "at_hash"_L1,
        "c_hash"_L1, "state"_L1, "code"_L1, "code_challenge"_L1, "code_verifier"_L1, "redirect_uri"_L1, "assertion"_L1, "client_assertion"_L1, "access_token"_L1,
        "id_token"_L1, "refresh_token"_L1, "subject_token"_L1, "actor_token"_L1, "client_secret"_L1, "client_info"_L1, "webidentitytoken"_L1, "session_state"_L1,
        "expires_in"_L1, "expires_on"_L1, "timestamp"_L1, "trace_id"_L1, "correlation_id"_L1, "kid"_L1, "x5t"_L1, "authorization"_L1, "date"_L1, "content-length"_L1,
        "request-id"_L1, "user-agent"_L1, "host"_L1, "set-cookie"_L1, "cookie"_L1, "client-request-id"_L1};
    return std::ranges::any_of(names, [&](QLatin1StringView n) { return name.compare(n, Qt::CaseInsensitive) == 0; }) || name.startsWith(u"x-ms-"_s, Qt::CaseInsensitive)
        || name.startsWith(u"x-amz"_s, Qt::CaseInsensitive);
}

/// A loopback port, a fingerprint or a time inside an otherwise equal text is the run's, not the setup's.
QString steady(QString text)
{
    static const QRegularExpression port(u"(https?://)?(127\\.0\\.0\\.1|localhost|\\[::1\\]):[0-9]+"_s);
    static const QRegularExpression mark(u"\\b[0-9a-f]{8,16}\\b"_s);
    static const QRegularExpression time(u"\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z"_s);
    return text.replace(port, u"(lab)"_s).replace(mark, u"#"_s).replace(time, u"(time)"_s);
}

void compare(const QString& place, const QString& name, const QString& left, const QString& right, QList<Difference>& out)
{
    if (left == right)
        return;
    const bool played = !left.isEmpty() && !right.isEmpty() && steady(left) == steady(right);
    out.append({place, left, right, isVolatileName(name) || played});
}

QString valueIn(const Pairs& pairs, const QString& name)
{
    const auto it = std::ranges::find(pairs, name, &std::pair<QString, QString>::first);
    return it == pairs.end() ? QString() : it->second;
}

void compareAll(const QString& kind, const Pairs& left, const Pairs& right, QList<Difference>& out, const QString& of = {})
{
    for (const auto& [name, value] : left)
        compare(kind + u' ' + name + of, name, value, valueIn(right, name), out);
    for (const auto& [name, value] : right)
        if (std::ranges::find(left, name, &std::pair<QString, QString>::first) == left.end())
            compare(kind + u' ' + name + of, name, {}, value, out);
}

Pairs pairsOf(const http::Form& form)
{
    Pairs out;
    for (const http::Parameter& p : form)
        out.append({QString::fromUtf8(p.name), QString::fromUtf8(p.value)});
    return out;
}

Pairs membersOf(const json::Value& object)
{
    Pairs out;
    for (json::Value v = object.first(); v; v = v.next())
        out.append({v.keyText(), v.display()});
    return out;
}

Pairs bodyOf(const json::Value& message)
{
    const QByteArray body = message["body"].bytes().toByteArray();
    if (body.trimmed().startsWith('{'))
        return membersOf(json::Document::read(body).root());
    return body.contains('=') ? pairsOf(http::parseForm(body)) : Pairs {};
}

Pairs headersOf(const json::Value& message)
{
    Pairs out;
    for (json::Value h = message["headers"].first(); h; h = h.next())
        out.append({h["name"].text().toLower(), h["value"].text()});
    return out;
}

/// Outcome and presented value of each check, of what the receiver really compared where that is known.
Pairs checksOf(const json::Value& step)
{
    Pairs out;
    const json::Value verdict = step["truth"] ? step["truth"] : step["predicted"];
    for (json::Value c = verdict["checks"].first(); c; c = c.next())
        if (c["outcome"].text() != u"notEvaluated")
            out.append({c["id"].text(), c["outcome"].text()});
    return out;
}

json::Value tokenIn(const json::Value& step, const QString& slot)
{
    for (json::Value t = step["tokens"].first(); t; t = t.next())
        if (t["slot"].text() == slot)
            return t;
    return {};
}

void compareTokens(const json::Value& left, const json::Value& right, QList<Difference>& out)
{
    for (json::Value t = left["tokens"].first(); t; t = t.next()) {
        const json::Value other = tokenIn(right, t["slot"].text());
        const QString of = u" of "_s + t["slot"].text();
        if (!other)
            continue; // the step's state says it
        compareAll(u"header"_s, membersOf(t["header"]), membersOf(other["header"]), out, of);
        compareAll(u"claim"_s, membersOf(t["claims"]), membersOf(other["claims"]), out, of);
    }
}

/// In the order in which things happen: what was asked, what the receiver compared, what it answered, what came of it.
QList<Difference> compareSteps(const json::Value& left, const json::Value& right)
{
    QList<Difference> out;
    const json::Value l = left["request"], r = right["request"];
    const auto url = [](const json::Value& v) { return http::splitUrl(v["url"].bytes()); };
    compare(u"request method"_s, u"method"_s, l["method"].text(), r["method"].text(), out);
    const auto address = [&](const json::Value& v) { return QString::fromUtf8(url(v).origin() + url(v).path); };
    compare(u"request address"_s, u"address"_s, address(l), address(r), out);
    compareAll(u"query parameter"_s, pairsOf(http::parseForm(url(l).query)), pairsOf(http::parseForm(url(r).query)), out);
    compareAll(u"request header"_s, headersOf(l), headersOf(r), out);
    compareAll(u"request field"_s, bodyOf(l), bodyOf(r), out);
    compareAll(u"check"_s, checksOf(left), checksOf(right), out);
    compare(u"status"_s, u"status"_s, left["response"]["status"].display(), right["response"]["status"].display(), out);
    compare(u"code"_s, u"code"_s, left["observed"]["code"].text(), right["observed"]["code"].text(), out);
    compareTokens(left, right, out);
    compare(u"state"_s, u"outcome"_s, left["state"].text(), right["state"].text(), out);
    return out;
}

json::Value stepIn(const json::Value& run, const QString& id)
{
    for (json::Value s = run["steps"].first(); s; s = s.next())
        if (s["id"].text() == id)
            return s;
    return {};
}

QString shownValue(const QString& value) { return value.isEmpty() ? u"absent"_s : u'"' + base::elidedMiddle(base::visible(value), 80) + u'"'; }

QString sentence(const StepDifference& step, int number)
{
    const QString where = u"Step %1, %2: "_s.arg(number).arg(step.title);
    if (step.left.isEmpty() || step.right.isEmpty())
        return where + (step.left.isEmpty() ? u"only the right run has it."_s : u"only the left run has it."_s);
    const auto first = std::ranges::find(step.differences, false, &Difference::isVolatile);
    return where + u"%1 is %2 on the left and %3 on the right."_s.arg(first->place, shownValue(first->left), shownValue(first->right));
}

} // namespace

bool StepDifference::differs() const
{
    return left.isEmpty() != right.isEmpty() || std::ranges::any_of(differences, [](const Difference& d) { return !d.isVolatile; });
}

RunDifference difference(const json::Value& left, const json::Value& right)
{
    RunDifference out;
    for (json::Value s = left["steps"].first(); s; s = s.next()) {
        const json::Value other = stepIn(right, s["id"].text());
        StepDifference step {.id = s["id"].text(), .title = s["title"].text(), .left = s["state"].text(), .right = other["state"].text()};
        if (other)
            step.differences = compareSteps(s, other);
        out.steps.append(std::move(step));
    }
    for (json::Value s = right["steps"].first(); s; s = s.next())
        if (!stepIn(left, s["id"].text()))
            out.steps.append({.id = s["id"].text(), .title = s["title"].text(), .right = s["state"].text()});
    for (qsizetype i = 0; i < out.steps.size() && out.first.isEmpty(); ++i)
        if (out.steps[i].differs())
            out.first = sentence(out.steps[i], int(i) + 1);
    return out;
}

} // namespace report
