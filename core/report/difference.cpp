// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "difference.h"

#include "alignment.h"
#include "differentfindings_p.h"
#include "moving_p.h"
#include "pseudonyms_p.h"
#include "recordedfindings.h"

#include "core/base/text.h"
#include "core/http/message.h"
#include "core/setup/binding.h"

#include <QSet>

#include <algorithm>
#include <array>

namespace report {

using namespace Qt::StringLiterals;

namespace {

using Pairs = QList<std::pair<QString, QString>>;

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
    const bool hidden = isPseudonym(left) || isPseudonym(right) || sameButForPseudonyms(left, right);
    const bool played = !left.isEmpty() && !right.isEmpty() && steady(left) == steady(right);
    // A check is what it came to: that of the nonce passes or it does not, whatever the nonce was.
    const bool moves = what.kind != u"check" && isVolatileName(what.name);
    out.differences.append({what.kind, what.place(), left, right, moves || played || hidden, what.name, what.at});
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

/// From which answer or token of an earlier step a field of the request came; empty where it did not.
QString carriedFrom(const json::Value& step, const Difference& d)
{
    static constexpr std::array parts {std::pair {"query parameter", "query"}, std::pair {"request header", "header"}, std::pair {"request field", "body"}};
    const auto part = std::ranges::find_if(parts, [&](const auto& each) { return d.kind == QLatin1String(each.first); });
    for (json::Value o = part == parts.end() ? json::Value() : step["origins"].first(); o; o = o.next())
        if (o["part"].text() == QLatin1String(part->second) && o["name"].text().compare(d.name, Qt::CaseInsensitive) == 0) {
            const QString from = o["from"].text();
            return from == u"setup" || from == u"protocol" || from == u"made here" ? QString() : from;
        }
    return {};
}

/// What both runs took from the same earlier step is as new as what that step gave, wherever it stands from then on.
void muteCarried(StepDifference& out, const json::Value& left, const json::Value& right, QSet<std::pair<QString, QString>>& carried)
{
    for (Difference& d : out.differences) {
        const QString from = carriedFrom(left, d);
        if (!from.isEmpty() && from == carriedFrom(right, d) && !d.left.isEmpty() && !d.right.isEmpty())
            carried.insert({d.left, d.right});
        d.isVolatile = d.isVolatile || carried.contains({d.left, d.right});
    }
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

/// The token in the same slot, else the one that the step gave at the same place: a recording numbers its slots itself.
json::Value tokenBeside(const json::Value& token, const json::Value& step, const json::Value& other)
{
    qsizetype place = 0;
    for (json::Value t = step["tokens"].first(); t && t["slot"].text() != token["slot"].text(); t = t.next())
        ++place;
    for (json::Value t = other["tokens"].first(); t; t = t.next())
        if (t["slot"].text() == token["slot"].text())
            return t;
    for (json::Value t = other["tokens"].first(); t; t = t.next())
        if (place-- == 0)
            return t["use"].text() == token["use"].text() ? t : json::Value();
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
        const json::Value other = tokenBeside(t, left.step(), right.step());
        if (!other)
            continue; // the step's state says it
        out.tokens.append({slot, other["slot"].text()});
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
    // A recording without its setup has no contract to check: that says nothing about the receiver.
    if (const Pairs ofLeft = checksOf(l), ofRight = checksOf(r); !ofLeft.isEmpty() && !ofRight.isEmpty())
        compareAll({.kind = u"check"_s, .at = match}, ofLeft, ofRight, out);
    for (Difference& d : out.differences)
        if (d.at == base::Place {.step = out.id, .part = u"match"_s, .claim = d.name})
            d.why = whyIn(d.left == u"fail" ? l : r, d.name);
    compare({u"status"_s, {}, {}, response}, l["response"]["status"].display(), r["response"]["status"].display(), out);
    compare({u"code"_s, {}, {}, match}, l["observed"]["code"].text(), r["observed"]["code"].text(), out);
    compareTokens(left, right, out);
    compare({u"state"_s, {}, {}, match}, l["state"].text(), r["state"].text(), out);
}

QList<json::Value> stepsOf(const json::Value& run)
{
    QList<json::Value> out;
    for (json::Value s = run["steps"].first(); s; s = s.next())
        out.append(s);
    return out;
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
    const Difference* first = step.first();
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

bool StepDifference::differs() const { return left.isEmpty() != right.isEmpty() || first(); }

/// What a failing check was told decides; that one was made in one run alone says little, what the answer was says more.
static int weight(const Difference& d)
{
    if (d.kind != u"check" || d.left == u"fail" || d.right == u"fail")
        return 0;
    return d.left.isEmpty() || d.right.isEmpty() ? 2 : 1;
}

const Difference* StepDifference::first() const
{
    const Difference* found = nullptr;
    for (const Difference& d : differences)
        if (!d.isVolatile && (!found || weight(d) < weight(*found)))
            found = &d;
    return found;
}

RunDifference difference(const json::Value& left, const json::Value& right, const Sides& sides)
{
    const setup::Bindings ofLeft = bindingsOf(left), ofRight = bindingsOf(right);
    const QList<json::Value> lefts = stepsOf(left), rights = stepsOf(right);
    RunDifference out {.overall = overall(left, right)};
    QSet<std::pair<QString, QString>> carried;
    for (const auto& [l, r] : alignedSteps(left, right)) {
        const json::Value one = l < 0 ? json::Value() : lefts[l], other = r < 0 ? json::Value() : rights[r];
        StepDifference step {.id = (one ? one : other)["id"].text(), .leftId = one["id"].text(), .rightId = other["id"].text(),
            .title = (one ? one : other)["title"].text(), .left = one["state"].text(), .right = other["state"].text()};
        if (one && other) {
            compareSteps({one, ofLeft}, {other, ofRight}, step);
            muteCarried(step, one, other, carried);
        }
        out.steps.append(std::move(step));
    }
    out.findings = differentFindings(out, findingsOf(left), findingsOf(right));
    for (qsizetype i = 0; i < out.steps.size(); ++i) {
        if (!out.steps[i].differs())
            continue;
        out.steps[i].sentence = sentence(out.steps[i], int(i) + 1, sides);
        if (out.first.isEmpty())
            out.first = out.steps[i].sentence;
    }
    return out;
}

} // namespace report
