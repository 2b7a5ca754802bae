// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "difference.h"

#include "core/base/text.h"
#include "core/http/message.h"
#include "core/setup/binding.h"

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

/// What stands for a person in a bundle says nothing about who it is.
bool isPseudonym(const QString& text)
{
    static const QRegularExpression person(u"^person(-\\d+)?(@redacted\\.example)?$"_s);
    return person.match(text).hasMatch();
}

/// What is compared, by its kind, name and owner: "claim aud of T1".
struct What
{
    QString kind {};
    QString name {};
    QString of {};
    base::Place at {};

    QString place() const
    {
        const QString text = kind.isEmpty() || name.isEmpty() ? QString(kind + name) : QString(kind + u' ' + name);
        return of.isEmpty() ? text : QString(text + u" of "_s + of);
    }
};

void keepSame(StepDifference& out, const What& what)
{
    if (what.name.isEmpty())
        return;
    const auto known = std::ranges::find_if(out.same, [&](const Same& s) { return s.kind == what.kind && s.of == what.of; });
    if (known == out.same.end())
        out.same.append({what.kind, what.of, {what.name}});
    else
        known->names.append(what.name);
}

void compare(const What& what, const QString& left, const QString& right, StepDifference& out)
{
    if (left == right)
        return left.isEmpty() ? void() : keepSame(out, what);
    const bool hidden = isPseudonym(left) || isPseudonym(right);
    const bool played = !left.isEmpty() && !right.isEmpty() && steady(left) == steady(right);
    // A check is what it came to: that of the nonce passes or it does not, whatever the nonce was.
    const bool moves = what.kind != u"check" && isVolatileName(what.name);
    out.differences.append({what.place(), left, right, moves || played || hidden, what.name, what.at});
}

QString valueIn(const Pairs& pairs, const QString& name)
{
    const auto it = std::ranges::find(pairs, name, &std::pair<QString, QString>::first);
    return it == pairs.end() ? QString() : it->second;
}

void compareAll(What what, const Pairs& left, const Pairs& right, StepDifference& out)
{
    const auto at = [&what](const QString& name) {
        what.name = name;
        what.at.claim = name;
        return what;
    };
    for (const auto& [name, value] : left)
        compare(at(name), value, valueIn(right, name), out);
    for (const auto& [name, value] : right)
        if (std::ranges::find(left, name, &std::pair<QString, QString>::first) == left.end())
            compare(at(name), {}, value, out);
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

/// What a failing check says about itself: its near miss, else its fix.
QString whyIn(const json::Value& step, const QString& id)
{
    const json::Value verdict = step["truth"] ? step["truth"] : step["predicted"];
    for (json::Value c = verdict["checks"].first(); c; c = c.next())
        if (c["id"].text() == id && c["outcome"].text() == u"fail")
            return c["near"] ? c["near"]["text"].text() : c["fix"].text();
    return {};
}

json::Value tokenIn(const json::Value& step, const QString& slot)
{
    for (json::Value t = step["tokens"].first(); t; t = t.next())
        if (t["slot"].text() == slot)
            return t;
    return {};
}

/// One step of one run, every value by its real name.
class Side
{
public:
    Side(const json::Value& step, const setup::Bindings& bindings) : m_step(step), m_bindings(bindings) { }
    const json::Value& step() const { return m_step; }
    json::Value request() const { return m_step["request"]; }
    QString real(const QString& text) const { return setup::unbound(text, m_bindings); }
    Pairs real(Pairs pairs) const
    {
        for (auto& [name, value] : pairs)
            value = real(value);
        return pairs;
    }
    QString address() const
    {
        const http::UrlParts url = http::splitUrl(request()["url"].bytes());
        return real(QString::fromUtf8(url.origin() + url.path));
    }
    Pairs query() const { return real(pairsOf(http::parseForm(http::splitUrl(request()["url"].bytes()).query))); }

private:
    json::Value m_step;
    const setup::Bindings& m_bindings;
};

void compareTokens(const Side& left, const Side& right, StepDifference& out)
{
    for (json::Value t = left.step()["tokens"].first(); t; t = t.next()) {
        const QString slot = t["slot"].text();
        const json::Value other = tokenIn(right.step(), slot);
        if (!other)
            continue; // the step's state says it
        const base::Place at {.step = out.id, .part = u"token:"_s + slot};
        compareAll({.kind = u"header"_s, .of = slot, .at = at}, membersOf(t["header"]), membersOf(other["header"]), out);
        compareAll({.kind = u"claim"_s, .of = slot, .at = at}, left.real(membersOf(t["claims"])), right.real(membersOf(other["claims"])), out);
    }
}

/// In the order in which things happen: what was asked, what the receiver compared, what it answered, what came of it.
void compareSteps(const Side& left, const Side& right, StepDifference& out)
{
    const base::Place request {.step = out.id, .part = u"request"_s}, match {.step = out.id, .part = u"match"_s}, response {.step = out.id, .part = u"response"_s};
    const json::Value l = left.step(), r = right.step();
    // Where one never went out, that is the difference; all it did not say would drown it.
    if (l["request"].isObject() != r["request"].isObject())
        return compare({u"state"_s, {}, {}, match}, l["state"].text(), r["state"].text(), out);
    compare({u"request"_s, u"method"_s, {}, request}, left.request()["method"].text(), right.request()["method"].text(), out);
    compare({u"request"_s, u"address"_s, {}, request}, left.address(), right.address(), out);
    compareAll({.kind = u"query parameter"_s, .at = request}, left.query(), right.query(), out);
    compareAll({.kind = u"request header"_s, .at = request}, left.real(headersOf(left.request())), right.real(headersOf(right.request())), out);
    compareAll({.kind = u"request field"_s, .at = request}, left.real(bodyOf(left.request())), right.real(bodyOf(right.request())), out);
    compareAll({.kind = u"check"_s, .at = match}, checksOf(l), checksOf(r), out);
    for (Difference& d : out.differences)
        if (d.at == base::Place {.step = out.id, .part = u"match"_s, .claim = d.name})
            d.why = whyIn(d.left == u"fail" ? l : r, d.name);
    compare({u"status"_s, {}, {}, response}, l["response"]["status"].display(), r["response"]["status"].display(), out);
    compare({u"code"_s, {}, {}, match}, l["observed"]["code"].text(), r["observed"]["code"].text(), out);
    compareTokens(left, right, out);
    compare({u"state"_s, {}, {}, match}, l["state"].text(), r["state"].text(), out);
}

json::Value stepIn(const json::Value& run, const QString& id)
{
    for (json::Value s = run["steps"].first(); s; s = s.next())
        if (s["id"].text() == id)
            return s;
    return {};
}

QString shownValue(const QString& value) { return value.isEmpty() ? u"absent"_s : u'"' + base::elidedMiddle(base::visible(value), 80) + u'"'; }

/// "passes in A"
QString checkWord(const QString& outcome, const QString& side)
{
    if (outcome == u"pass")
        return u"passes "_s + side;
    if (outcome == u"fail")
        return u"fails "_s + side;
    return (outcome.isEmpty() ? u"is not made "_s : u"gives a warning "_s) + side;
}

QString sentence(const StepDifference& step, int number, const Sides& sides)
{
    const QString where = u"Step %1, %2: "_s.arg(number).arg(step.title);
    if (step.left.isEmpty() || step.right.isEmpty())
        return where + u"only %1 has it."_s.arg(step.left.isEmpty() ? sides.rightRun : sides.leftRun);
    const auto first = std::ranges::find(step.differences, false, &Difference::isVolatile);
    if (first->place.startsWith(u"check "))
        return where + u"%1 %2 and %3."_s.arg(first->place, checkWord(first->left, sides.left), checkWord(first->right, sides.right)) + (first->why.isEmpty() ? QString() : QString(u' ' + first->why));
    return where + u"%1 is %2 %3 and %4 %5."_s.arg(first->place, shownValue(first->left), sides.left, shownValue(first->right), sides.right);
}

setup::Bindings bindingsOf(const json::Value& run)
{
    setup::Bindings out;
    for (json::Value b = run["bindings"].first(); b; b = b.next())
        out.append({b["real"].text(), b["bound"].text()});
    return out;
}

QString principalAt(const json::Value& run, const QString& target)
{
    for (json::Value p = run["auditPrincipals"].first(); p; p = p.next())
        if (p["target"].text() == target)
            return p["principal"].text();
    return {};
}

QList<Overall> overall(const json::Value& left, const json::Value& right)
{
    QList<Overall> out;
    const auto add = [&out](const QString& what, const QString& l, const QString& r) {
        if (!l.isEmpty() || !r.isEmpty())
            out.append({what, l, r, isPseudonym(l) != isPseudonym(r)});
    };
    add(u"Root of trust"_s, left["chain"]["rootText"].text(), right["chain"]["rootText"].text());
    add(u"Walked against"_s, left["against"].text(), right["against"].text());
    add(u"Result"_s, left["result"].text(), right["result"].text());
    QStringList targets;
    for (const json::Value& run : {left, right})
        for (json::Value p = run["auditPrincipals"].first(); p; p = p.next())
            if (!targets.contains(p["target"].text()))
                targets.append(p["target"].text());
    for (const QString& target : std::as_const(targets))
        add(u"Audit log of %1"_s.arg(target), principalAt(left, target), principalAt(right, target));
    return out;
}

} // namespace

bool StepDifference::differs() const
{
    return left.isEmpty() != right.isEmpty() || std::ranges::any_of(differences, [](const Difference& d) { return !d.isVolatile; });
}

RunDifference difference(const json::Value& left, const json::Value& right, const Sides& sides)
{
    const setup::Bindings ofLeft = bindingsOf(left), ofRight = bindingsOf(right);
    RunDifference out {.overall = overall(left, right)};
    for (json::Value s = left["steps"].first(); s; s = s.next()) {
        const json::Value other = stepIn(right, s["id"].text());
        StepDifference step {.id = s["id"].text(), .title = s["title"].text(), .left = s["state"].text(), .right = other["state"].text()};
        if (other)
            compareSteps({s, ofLeft}, {other, ofRight}, step);
        out.steps.append(std::move(step));
    }
    for (json::Value s = right["steps"].first(); s; s = s.next())
        if (!stepIn(left, s["id"].text()))
            out.steps.append({.id = s["id"].text(), .title = s["title"].text(), .right = s["state"].text()});
    for (qsizetype i = 0; i < out.steps.size() && out.first.isEmpty(); ++i)
        if (out.steps[i].differs())
            out.first = sentence(out.steps[i], int(i) + 1, sides);
    return out;
}

} // namespace report
