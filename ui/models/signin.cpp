// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "signin.h"

#include "core/base/text.h"
#include "core/flow/resolve.h"
#include "core/http/message.h"
#include "steprow.h"
#include "ui/theme.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using flow::StepState;

namespace {

struct Meaning
{
    const char16_t* id;
    const char16_t* name;
    const char16_t* text;
};
constexpr Meaning meanings[] {
    {u"state", u"state", u"equals the one sent"},
    {u"iss", u"iss", u"equals the issuer"},
    {u"nonce", u"nonce", u"is in the id token"},
    {u"aud", u"aud", u"of the id token names this client"},
};

// Random values are told apart by their ends; nobody reads their middle.
QString brief(const QByteArray& value)
{
    const QString text = base::visible(QString::fromUtf8(value));
    return text.size() > 12 ? QString(text.left(4) + u'\u2026' + text.right(3)) : text;
}

const flow::Step* stepOf(const session::Session& session)
{
    if (session.waiting())
        return session.flow().step(session.waiting()->stepId);
    const flow::Step* last = nullptr;
    for (const flow::Step& step : session.flow().steps) {
        if (!step.interactive || !session.record(step.id))
            continue;
        last = &step;
        if (step.id == session.selection().step)
            break;
    }
    return last;
}

SignInCheck checkOf(const flow::Expectation& expected, const flow::Ingredients& known, const flow::StepRecord* record)
{
    // Where several protocols demand the same, the id says whose demand it is: "mcp.iss".
    const QString parameter = expected.id.section(u'.', -1);
    SignInCheck check {.name = parameter, .meaning = expected.title, .source = expected.source};
    for (const Meaning& meaning : meanings)
        if (parameter == QStringView(meaning.id)) {
            check.name = QString::fromUtf16(meaning.name);
            check.meaning = QString::fromUtf16(meaning.text);
        }
    if (const auto value = flow::resolveValue(expected.value, known))
        check.value = parameter == "iss"_L1 ? QString(u'\u2026' + QString::fromUtf8(*value).right(5)) : brief(*value);
    const base::Check* made = nullptr;
    if (record)
        for (const base::Check& c : record->checks)
            if (c.id == expected.id)
                made = &c;
    if (made) {
        check.outcome = made->outcome;
        check.problem = made->outcome == base::Outcome::Fail ? (made->near ? made->near->text : made->fix) : QString();
    }
    return check;
}

// The code itself is judged by whoever redeems it: the step that follows.
SignInCheck pkceCheck(const session::Session& session, const flow::Step& step)
{
    SignInCheck check {.name = u"code"_s, .meaning = u"fits the PKCE verifier"_s, .source = u"RFC 7636"_s, .value = u"S256"_s};
    bool after = false;
    for (const flow::Step& next : session.flow().steps) {
        if (after && session.state(next.id) == StepState::Accepted)
            check.outcome = base::Outcome::Pass;
        if (after)
            break;
        after = next.id == step.id;
    }
    return check;
}

QList<SignInCheck> checksOf(const session::Session& session, const flow::Step& step, const flow::Ingredients& known)
{
    QList<SignInCheck> checks;
    for (const flow::Expectation& expected : step.expects)
        checks.append(checkOf(expected, known, session.record(step.id)));
    checks.append(pkceCheck(session, step));
    for (const flow::Step& later : session.flow().steps)
        for (const flow::Expectation& expected : later.expects)
            if (expected.id == "nonce"_L1)
                checks.append(checkOf(expected, known, session.record(later.id)));
    return checks;
}

QString asideOf(const session::Session& session, const QByteArray& name, const QByteArray& value)
{
    if (name == "client_id") {
        const setup::App* app = session.setup().appByClientId(QString::fromUtf8(value));
        return app ? app->displayName : QString();
    }
    return name == "code_challenge" ? u"verifier hidden"_s : QString();
}

QList<SignInAsked> askedOf(const session::Session& session, const QByteArray& url)
{
    QList<SignInAsked> rows;
    for (const http::Parameter& p : http::parseForm(http::splitUrl(url).query)) {
        const bool random = p.name == "state" || p.name == "nonce" || p.name == "code_challenge";
        rows.append({QString::fromUtf8(p.name), random ? brief(p.value) : base::visible(QString::fromUtf8(p.value)), asideOf(session, p.name, p.value)});
    }
    return rows;
}

void describeWaiting(SignIn& s, const flow::Waiting& waiting)
{
    s.waiting = true;
    s.port = waiting.port;
    s.url = waiting.url;
    s.elapsed = waiting.elapsed;
    s.limit = waiting.limit;
    s.title = u"Waiting for your browser"_s;
    if (!waiting.browserProblem.isEmpty())
        s.problems.append(waiting.browserProblem);
    s.problems += waiting.ignored;
}

void describeRecord(SignIn& s, const flow::StepRecord& record)
{
    s.url = record.exchange.request.url;
    if (record.state == StepState::Accepted) {
        s.title = u"Signed in"_s;
        s.text = u"The browser brought one answer back. The port is closed."_s;
        return;
    }
    const bool cancelled = record.error && record.error->code == "cancelled"_L1;
    s.title = cancelled ? u"Sign-in cancelled"_s : record.state == StepState::Refused ? u"Sign-in refused"_s : u"No answer came"_s;
    if (record.error)
        s.text = record.error->text;
    else if (!record.observed.text.isEmpty())
        s.text = base::visible(record.observed.text.section(u'\n', 0, 0).left(300));
}

} // namespace

bool hasSignIn(const session::Session& session)
{
    return stepOf(session) != nullptr;
}

SignIn signIn(session::Session& session)
{
    SignIn s;
    const flow::Step* step = stepOf(session);
    if (!step)
        return s;
    s.stepId = step->id;
    s.state = session.state(step->id);
    if (session.waiting() && session.waiting()->stepId == step->id)
        describeWaiting(s, *session.waiting());
    else if (const flow::StepRecord* record = session.record(step->id))
        describeRecord(s, *record);
    s.checks = checksOf(session, *step, session.runner().known());
    for (const SignInCheck& check : s.checks)
        if (!check.problem.isEmpty())
            s.problems.append(check.problem);
    s.asked = askedOf(session, s.url);
    return s;
}
