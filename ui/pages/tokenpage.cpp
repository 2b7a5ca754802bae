// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokenpage.h"

#include "core/session/session.h"
#include "ui/models/tokencontent.h"
#include "ui/pages/shownstep.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/tokenpane.h"

#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QStackedLayout>
#include <QTimer>

using namespace Qt::StringLiterals;
using session::Session;
using theme::px;

namespace {

/// "T1" of "token:T1"; empty for other places.
QString slotOf(const base::Place& place) { return place.part.startsWith(u"token:") ? place.part.sliced(6) : QString(); }

/// What the chain's full form takes more than its compact one.
constexpr int chainDifference = 168;

int issuingStep(const Session& session, const flow::Step& step)
{
    for (const flow::Step& each : session.flow().steps)
        for (const flow::Yield& yield : each.yields)
            if (yield.token && (each.id == step.id || session.state(step.id) == flow::StepState::NotReached) && !session.run().token(yield.slot))
                return stepNumber(session, each.id);
    return 0;
}

QString emptySentence(const Session& session, const QString& stepId)
{
    const flow::Step* step = session.flow().step(stepId);
    if (!step)
        return u"There is no setup open."_s;
    const bool yields = std::ranges::any_of(step->yields, &flow::Yield::token);
    const int number = stepNumber(session, stepId);
    if (yields && session.state(stepId) == flow::StepState::Refused)
        return u"Step %1 was refused, so nothing was issued. Match says why."_s.arg(number);
    if (yields)
        return u"Step %1 will issue it."_s.arg(number);
    const int issuing = issuingStep(session, *step);
    return issuing ? u"This step issues none. Step %1 will issue one."_s.arg(issuing) : u"This step issues none and presents none."_s;
}

} // namespace

struct TokenPage::Parts
{
    Parts(Session& session, TokenPage& page);
    void refresh();
    void follow();
    void showEmpty();
    void show(const flow::Token& token);
    void settleWish();
    void fillMenu();
    QString chosenSlot(const QList<TokenChoice>& choices) const;

    Session& session;
    TokenPage& page;
    QStackedLayout* stack;
    EmptyState* empty;
    TokenPane* pane;
    QPointer<QWidget> corner {};
    QPointer<QPushButton> mask {};
    QPointer<QPushButton> copy {};
    QString step {};
    QString slot {};
    QByteArray fingerprint {};
    bool wants = false;
};

TokenPage::Parts::Parts(Session& s, TokenPage& p)
    : session(s), page(p), stack(new QStackedLayout(&p)), empty(new EmptyState(&p)), pane(new TokenPane(&p))
{
    stack->addWidget(empty);
    stack->addWidget(pane);
}

/// The slot the selection names, else the one in view as long as the step offers it, else the first.
QString TokenPage::Parts::chosenSlot(const QList<TokenChoice>& choices) const
{
    const QString selected = slotOf(session.selection());
    if (session.run().token(selected))
        return selected;
    const auto has = [&](const QString& wanted) { return std::ranges::any_of(choices, [&](const TokenChoice& c) { return c.slot == wanted; }); };
    if (has(slot) && session.selection().step == step)
        return slot;
    return choices.isEmpty() ? QString() : choices.first().slot;
}

void TokenPage::Parts::refresh()
{
    const QString id = shownStep(session);
    const flow::Step* current = session.flow().step(id);
    const QList<TokenChoice> choices = current ? tokensOf(*current, session.run()) : QList<TokenChoice> {};
    const QString wanted = chosenSlot(choices);
    const flow::Token* token = wanted.isEmpty() ? nullptr : session.run().token(wanted);
    step = id;
    if (!token) {
        slot.clear();
        fingerprint.clear();
        showEmpty();
    } else {
        pane->setChoices(choices, wanted);
        show(*token);
    }
    if (mask)
        mask->setEnabled(token && !token->isOpaque() && !token->remains);
    if (copy)
        copy->setEnabled(token);
    settleWish();
}

void TokenPage::Parts::follow()
{
    refresh();
    const base::Place& place = session.selection();
    pane->select(slotOf(place) == slot || place.part.isEmpty() ? place.claim : QString());
}

void TokenPage::Parts::showEmpty()
{
    empty->show(u"No token yet"_s, emptySentence(session, step));
    const QString next = session.nextStep();
    const int number = stepNumber(session, next);
    empty->setAction(number ? u"Send step %1"_s.arg(number) : QString(),
                     number ? std::function<void()>([this] { session.next(); }) : std::function<void()>(), !session.isBusy());
    stack->setCurrentWidget(empty);
}

void TokenPage::Parts::show(const flow::Token& token)
{
    const TokenContent content = tokenContent(token, session.played(), session.flow(), session.run(), session.now());
    // The same token keeps what was opened, scrolled and selected in it; only its lifetime goes on.
    if (slot == token.slot && fingerprint == token.fingerprint() && stack->currentWidget() == pane) {
        pane->setFacts(content);
        return;
    }
    slot = token.slot;
    fingerprint = token.fingerprint();
    pane->setContent(content);
    stack->setCurrentWidget(pane);
}

void TokenPage::Parts::settleWish()
{
    if (!page.isVisible())
        return;
    const int available = page.height() - (wants ? px(chainDifference) : 0);
    const bool now = stack->currentWidget() == pane && pane->neededHeight() > available;
    if (now == wants)
        return;
    wants = now;
    emit page.wantsCompactChainChanged(now);
}

void TokenPage::Parts::fillMenu()
{
    QMenu* menu = copy->menu();
    menu->clear();
    const auto add = [&](const QString& text, const QString& what) {
        QAction* action = menu->addAction(text, menu, [what] { controls::copyText(what); });
        action->setEnabled(!what.isEmpty());
    };
    const TokenContent& content = pane->content();
    add(u"&Value of the selected claim"_s, pane->selectedValue());
    add(u"Payload &JSON"_s, QString::fromUtf8(content.payload));
    add(u"Token, signature &hidden"_s, redactedToken(content));
    menu->addSeparator();
    const auto put = [raw = content.raw] { controls::copySecret(QString::fromUtf8(raw)); };
    QAction* whole = content.isRefresh
        ? menu->addAction(u"Copy &whole refresh token…"_s, menu, [this, put] {
            emit page.asked(u"A refresh token is worth as much as a password, for as long as it lives. It stays on the clipboard for ten seconds."_s, u"Copy it"_s, put);
        })
        : menu->addAction(u"Copy &whole token"_s, menu, put);
    whole->setEnabled(content.whole);
    whole->setToolTip(content.whole ? u"Whoever has it can use it until it ends"_s : u"Its secret parts were removed before this file was made"_s);
}

TokenPage::TokenPage(Session& session, QWidget* parent) : QWidget(parent), m(std::make_unique<Parts>(session, *this))
{
    connect(&session, &Session::setupChanged, this, [this] { m->refresh(); });
    connect(&session, &Session::flowChanged, this, [this] { m->refresh(); });
    connect(&session, &Session::runChanged, this, [this] { m->refresh(); });
    connect(&session, &Session::selectionChanged, this, [this] { m->follow(); });
    connect(m->pane, &TokenPane::claimChosen, this, [this](const QString& claim) {
        m->session.select({.step = m->step, .part = u"token:"_s + m->slot, .claim = claim});
    });
    connect(m->pane, &TokenPane::tokenChosen, this, [this](const QString& slot) {
        m->session.select({.step = m->step, .part = u"token:"_s + slot});
    });
    connect(m->pane, &TokenPane::heightChanged, this, [this] { m->settleWish(); });
    setFocusProxy(m->pane);
    m->follow();
}

TokenPage::~TokenPage() = default;

QWidget* TokenPage::cornerWidget()
{
    if (m->corner)
        return m->corner;
    m->corner = new QWidget(this);
    auto* line = new QHBoxLayout(m->corner);
    line->setContentsMargins({});
    line->setSpacing(px(4));
    m->mask = controls::button(u"Signature hidden"_s, u"mask"_s, controls::Kind::Bar, m->corner);
    m->mask->setCheckable(true);
    auto* hides = new QTimer(m->mask);
    hides->setSingleShot(true);
    hides->setInterval(controls::shownFor);
    connect(hides, &QTimer::timeout, this, &TokenPage::hideSignature);
    connect(m->mask, &QPushButton::toggled, this, [this, hides](bool shown) {
        shown ? hides->start() : hides->stop();
        controls::setText(m->mask, shown ? u"Signature shown"_s : u"Signature hidden"_s);
        m->pane->setSignatureShown(shown);
    });
    m->copy = controls::button(u"Copy as"_s, u"copy"_s, controls::Kind::Bar, m->corner);
    m->copy->setMenu(new QMenu(m->copy));
    m->copy->menu()->setToolTipsVisible(true);
    connect(m->copy->menu(), &QMenu::aboutToShow, this, [this] { m->fillMenu(); });
    line->addWidget(m->mask);
    line->addWidget(m->copy);
    m->refresh();
    return m->corner;
}

bool TokenPage::wantsCompactChain() const { return m->wants; }
QString TokenPage::shownSlot() const { return m->slot; }
void TokenPage::openFilter() { m->pane->openFilter(); }
void TokenPage::hideSignature()
{
    if (m->mask)
        m->mask->setChecked(false);
}
void TokenPage::goToHit(int direction) { m->pane->goToHit(direction); }
