// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "audiencespage.h"

#include "core/session/session.h"
#include "ui/models/audiencesmodel.h"
#include "ui/pages/audiencesledger.h"
#include "ui/pages/shownstep.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/label.h"
#include "ui/widgets/lifetimechart.h"
#include "ui/widgets/panel.h"

#include <QPointer>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using session::Session;
using theme::px;
using theme::Token;

struct AudiencesPage::Parts
{
    Parts(Session& session, AudiencesPage& page);
    void createLifetimes(QVBoxLayout* lines, QWidget* parent);
    void refresh();
    void follow(const base::Place& place);

    Session& session;
    QStackedLayout* stack;
    EmptyState* empty;
    AudiencesModel* model;
    AudiencesLedger* ledger = nullptr;
    QWidget* lifetimes = nullptr;
    LifetimeChart* chart = nullptr;
    Glyph* useGlyph = nullptr;
    Label* useText = nullptr;
    QPointer<QPushButton> corner {};
    bool filling = false;
};

AudiencesPage::Parts::Parts(Session& s, AudiencesPage& page)
    : session(s), stack(new QStackedLayout(&page)), empty(new EmptyState(&page)), model(new AudiencesModel(&page))
{
    auto* scroll = new QScrollArea(&page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* content = new Panel(Token::Surface, {}, scroll);
    auto* lines = new QVBoxLayout(content);
    lines->setContentsMargins({});
    lines->setSpacing(0);
    ledger = new AudiencesLedger(model, content);
    lines->addWidget(ledger);
    createLifetimes(lines, content);
    lines->addStretch();
    scroll->setWidget(content);
    stack->addWidget(empty);
    stack->addWidget(scroll);
}

void AudiencesPage::Parts::createLifetimes(QVBoxLayout* lines, QWidget* parent)
{
    lifetimes = new QWidget(parent);
    auto* inside = new QVBoxLayout(lifetimes);
    inside->setContentsMargins(px(16), px(12), px(16), px(12));
    inside->setSpacing(px(12));
    auto* head = new QHBoxLayout;
    head->setSpacing(px(8));
    auto* title = new Label(theme::Type::Body, Token::Text, lifetimes);
    title->setWeight(600);
    title->setText(u"Lifetimes"_s);
    auto* hint = new Label(theme::Type::Body, Token::Text2, lifetimes);
    hint->setElide(Qt::ElideRight);
    hint->setText(u"each bar from nbf to exp, tick where the token was presented"_s);
    useGlyph = new Glyph(14, lifetimes);
    useText = new Label(theme::Type::Body, Token::Text2, lifetimes);
    useText->setElide(Qt::ElideRight);
    head->addWidget(title);
    head->addWidget(hint, 1);
    head->addWidget(useGlyph);
    head->addWidget(useText);
    chart = new LifetimeChart(lifetimes);
    inside->addLayout(head);
    inside->addWidget(chart);
    lines->addWidget(lifetimes);
}

void AudiencesPage::Parts::refresh()
{
    const QList<AudienceRow> rows = session.hasSetup() ? audienceRows(session.chain(), session.flow(), session.setup()) : QList<AudienceRow> {};
    if (rows != model->rows()) {
        const QScopedValueRollback guard(filling, true);
        model->setRows(rows);
        ledger->fitRows();
    }
    chart->setRows(session.chain().audiences, session.now());
    lifetimes->setVisible(std::ranges::any_of(session.chain().audiences, [](const chain::Audience& a) { return a.expires.has_value(); }));
    const SingleUse use = singleUse(session.flow(), session.run());
    useText->setText(use.text());
    useText->setVisible(use.assertions > 0);
    useGlyph->setVisible(use.assertions > 0);
    useGlyph->setDraw([again = !use.twice.isEmpty()](QPainter& painter, const QRectF& rect) {
        theme::paintOutcome(painter, rect, again ? base::Outcome::Warning : base::Outcome::Pass);
    });
    if (corner)
        corner->setEnabled(!rows.isEmpty());
    empty->show(u"No tokens in this walk"_s, u"None of its steps issues a token that names an audience."_s);
    stack->setCurrentIndex(rows.isEmpty() ? 0 : 1);
    follow(session.selection());
}

/// The row of the selected token, else of the step that issues one.
void AudiencesPage::Parts::follow(const base::Place& place)
{
    const QScopedValueRollback guard(filling, true);
    const QString slot = place.part.startsWith(u"token:") ? place.part.sliced(6) : place.part == u"audiences" ? place.claim : QString();
    int row = model->rowOf(slot);
    const QString step = shownStep(session);
    for (int i = 0; row < 0 && i < model->rows().size(); ++i)
        if (model->rows()[i].audience.step == step)
            row = i;
    ledger->selectLine(row);
}

AudiencesPage::AudiencesPage(Session& session, QWidget* parent) : QWidget(parent), m(std::make_unique<Parts>(session, *this))
{
    connect(&session, &Session::setupChanged, this, [this] { m->refresh(); });
    connect(&session, &Session::flowChanged, this, [this] { m->refresh(); });
    connect(&session, &Session::runChanged, this, [this] { m->refresh(); });
    connect(&session, &Session::selectionChanged, this, [this](const base::Place& place) { m->follow(place); });
    const auto choose = [this](int row) {
        if (m->filling || row < 0)
            return;
        const chain::Audience& audience = m->model->rows().at(row).audience;
        m->session.select({.step = audience.step, .part = u"audiences"_s, .claim = audience.slot});
    };
    connect(m->ledger, &AudiencesLedger::lineChosen, this, choose);
    connect(m->chart, &LifetimeChart::rowClicked, this, [this, choose](const QString& slot) { choose(m->model->rowOf(slot)); });
    setFocusProxy(m->ledger);
    m->refresh();
}

AudiencesPage::~AudiencesPage() = default;

QWidget* AudiencesPage::cornerWidget()
{
    if (!m->corner) {
        m->corner = controls::button(u"Copy table"_s, u"copy"_s, controls::Kind::Bar, this);
        m->corner->setEnabled(!m->model->rows().isEmpty());
        connect(m->corner, &QPushButton::clicked, this, [this] { controls::copyText(audiencesText(*m->model)); });
    }
    return m->corner;
}
