// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "matchpage.h"

#include "core/chain/claims.h"
#include "core/session/session.h"
#include "ui/models/matchcontent.h"
#include "ui/pages/shownstep.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/matchheader.h"
#include "ui/widgets/matchlist.h"
#include "ui/widgets/panel.h"

#include <QPointer>
#include <QPushButton>
#include <QShortcut>
#include <QStackedLayout>

using namespace Qt::StringLiterals;
using session::Session;

namespace {

/// Who filled the claims of what this step presents: the newest token first where several have a claim of that name.
QHash<QString, chain::ClaimRow> claimsOf(const Session& session, const flow::Step& step)
{
    QHash<QString, chain::ClaimRow> claims;
    for (const flow::Evidence& evidence : step.presents) {
        const flow::Token* token = evidence.slot.isEmpty() ? nullptr : session.run().token(evidence.slot);
        if (!token || token->isOpaque())
            continue;
        for (const chain::ClaimRow& row : chain::claimRows(*token, session.played(), session.now()))
            if (row.part == chain::ClaimRow::Part::Payload && !claims.contains(row.name))
                claims.insert(row.name, row);
    }
    return claims;
}

/// "The request needs T1. Step 2 will issue it."
QString missingOf(const Session& session, const flow::Step& step)
{
    const auto preview = session.previewRequest(step.id);
    if (preview)
        return u"Nothing that could be compared is known before the answer comes."_s;
    const QString slot = preview.error().where;
    for (qsizetype i = 0; i < session.flow().steps.size(); ++i)
        for (const flow::Yield& yield : session.flow().steps[i].yields)
            if (yield.slot == slot)
                return u"The request needs %1. Step %2 will issue it."_s.arg(slot).arg(i + 1);
    return preview.error().text;
}

MatchSubject subjectOf(const Session& session, const QString& stepId)
{
    MatchSubject subject {.step = session.flow().step(stepId)};
    if (!subject.step)
        return subject;
    subject.record = session.record(stepId);
    subject.state = session.state(stepId);
    subject.predicted = session.predicted(stepId);
    subject.setup = &session.setup();
    subject.bindings = session.bindings();
    subject.claims = claimsOf(session, *subject.step);
    if (!subject.predicted)
        subject.missing = missingOf(session, *subject.step);
    return subject;
}

} // namespace

struct MatchPage::Parts
{
    Parts(Session& session, MatchPage& page);
    void refresh();
    void follow(const base::Place& place);

    Session& session;
    QStackedLayout* stack;
    EmptyState* empty;
    QWidget* shown;
    MatchHeader* header;
    MatchList* list;
    QPointer<QPushButton> corner {};
    std::function<void(const base::Check&)> apply {};
    MatchContent content {};
    QString step {};
    bool fresh = true;
};

MatchPage::Parts::Parts(Session& s, MatchPage& page)
    : session(s), stack(new QStackedLayout(&page)), empty(new EmptyState(&page)), shown(new Panel(theme::Token::Surface, {}, &page)),
      header(new MatchHeader(shown)), list(new MatchList(shown))
{
    auto* lines = new QVBoxLayout(shown);
    lines->setContentsMargins({});
    lines->setSpacing(0);
    lines->addWidget(header);
    lines->addWidget(list, 1);
    stack->addWidget(empty);
    stack->addWidget(shown);
}

void MatchPage::Parts::refresh()
{
    const QString id = shownStep(session);
    MatchContent now = matchContent(subjectOf(session, id));
    if (!fresh && id == step && now == content)
        return;
    fresh = false;
    step = id;
    content = std::move(now);
    if (corner)
        corner->setEnabled(!content.isEmpty());
    if (content.isEmpty()) {
        empty->show(content.emptyLine, content.emptySentence);
        const QString next = session.nextStep();
        const bool offers = !next.isEmpty() && next != step;
        empty->setAction(offers ? u"Send step %1"_s.arg(stepNumber(session, next)) : QString(),
                         offers ? std::function<void()>([this] { session.next(); }) : std::function<void()>());
        stack->setCurrentWidget(empty);
        return;
    }
    header->setContent(content);
    list->setCanApply(apply && !session.recording()); // a recording is of another setup, or of another day
    list->setGroups(content.groups, step);
    stack->setCurrentWidget(shown);
}

void MatchPage::Parts::follow(const base::Place& place)
{
    refresh();
    list->select(place.part == u"match" ? place.claim : QString());
}

MatchPage::MatchPage(Session& session, QWidget* parent) : QWidget(parent), m(std::make_unique<Parts>(session, *this))
{
    connect(&session, &Session::setupChanged, this, [this] { m->refresh(); });
    connect(&session, &Session::flowChanged, this, [this] { m->refresh(); });
    connect(&session, &Session::runChanged, this, [this] { m->refresh(); });
    connect(&session, &Session::selectionChanged, this, [this](const base::Place& place) { m->follow(place); });
    connect(m->list, &MatchList::checkChosen, this, [this](const QString& id) {
        m->session.select({.step = m->step, .part = u"match"_s, .claim = id});
    });
    connect(m->list, &MatchList::applyAsked, this, [this](const base::Check& check) {
        if (m->apply)
            m->apply(check);
    });
    setFocusProxy(m->list);
    m->follow(session.selection());
}

MatchPage::~MatchPage() = default;

QWidget* MatchPage::cornerWidget()
{
    if (!m->corner) {
        m->corner = controls::button(u"Copy verdict"_s, u"copy"_s, controls::Kind::Bar, this);
        m->corner->setEnabled(!m->content.isEmpty());
        connect(m->corner, &QPushButton::clicked, this, &MatchPage::copyVerdict);
    }
    return m->corner;
}

void MatchPage::setApplyFix(std::function<void(const base::Check&)> apply)
{
    m->apply = std::move(apply);
    m->fresh = true;
    m->refresh();
}

void MatchPage::nextDifference() { m->list->goToDifference(1); }
void MatchPage::previousDifference() { m->list->goToDifference(-1); }
void MatchPage::copyVerdict() { controls::copyText(matchText(m->content)); }
