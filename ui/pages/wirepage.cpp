// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "wirepage.h"

#include "core/http/curl.h"
#include "core/http/redact.h"
#include "ui/models/placetext.h"
#include "ui/models/steprow.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/timebar.h"
#include "wireside.h"

#include <QMenu>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;
using theme::Type;

namespace {

constexpr int sideBySide = 700; // at u = 4
constexpr int leastHeight = 170; // of a half, one above the other

/// The real host behind an address of the lab; empty when there is none.
QString playedHost(const session::Session& session, const QByteArray& url)
{
    const QString bound = QString::fromUtf8(url);
    const QString real = setup::unbound(bound, session.bindings());
    return real == bound ? QString() : QString::fromUtf8(http::splitUrl(real.toUtf8()).host);
}

} // namespace

WirePage::WirePage(session::Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_halves(new QSplitter(this)), m_request(new WireSide(u"Request"_s, this)), m_response(new WireSide(u"Response"_s, this)), m_times(new TimeBar(this))
{
    m_halves->addWidget(m_request);
    m_halves->addWidget(m_response);
    m_halves->setChildrenCollapsible(false);
    m_halves->setHandleWidth(1);
    m_halves->setSizes({500, 500});

    m_noteBox = new Panel(Token::Sunken, Qt::TopEdge, this);
    auto* note = new QVBoxLayout(m_noteBox);
    note->setContentsMargins(px(16), px(8), px(16), px(8));
    note->setSpacing(px(2));
    auto* heading = new Label(Type::Body, Token::Text, m_noteBox);
    heading->setWeight(600);
    heading->setText(u"Not on the wire: authentication history"_s);
    m_note = new Label(Type::Body, Token::Text, m_noteBox);
    m_note->setWordWrap(true);
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse);
    note->addWidget(heading);
    note->addWidget(m_note);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(m_halves);
    layout->addWidget(area, 1);
    layout->addWidget(m_noteBox);
    layout->addWidget(m_times);
    createCorner();
    setFocusProxy(m_request);

    connect(&session, &session::Session::selectionChanged, this, &WirePage::refresh);
    connect(&session, &session::Session::runChanged, this, &WirePage::refresh);
    connect(m_request, &WireSide::nameSelected, this, [this](const QString& name) { m_session.select({.step = m_session.selection().step, .part = u"request"_s, .claim = name}); });
    connect(m_response, &WireSide::nameSelected, this, [this](const QString& name) { m_session.select({.step = m_session.selection().step, .part = u"response"_s, .claim = name}); });
    refresh();
}

void WirePage::createCorner()
{
    m_corner = new QWidget(this);
    auto* layout = new QHBoxLayout(m_corner);
    layout->setContentsMargins(0, 0, px(8), 0);
    layout->setSpacing(px(4));
    m_raw = controls::button(u"Raw"_s, {}, controls::Kind::Bar, m_corner);
    m_raw->setCheckable(true);
    m_raw->setToolTip(u"The messages as they stood on the wire"_s);
    auto* copy = controls::button(u"Copy as"_s, u"copy"_s, controls::Kind::Bar, m_corner);
    auto* menu = new QMenu(copy);
    menu->addAction(u"&curl, secrets as $NAME"_s, this, [this] { controls::copyText(copied(true)); });
    menu->addAction(u"&HTTP request"_s, this, [this] { controls::copyText(copied(false)); });
    menu->addAction(u"HTTP &response"_s, this, [this] {
        if (m_exchange.response)
            (m_redaction ? controls::copyText : controls::copySecret)(rawText(*m_exchange.response));
    });
    copy->setMenu(menu);
    layout->addWidget(m_raw);
    layout->addWidget(copy);
    connect(m_raw, &QPushButton::toggled, this, [this](bool raw) {
        m_request->setRaw(raw);
        m_response->setRaw(raw);
    });
}

QWidget* WirePage::cornerWidget()
{
    return m_corner;
}

void WirePage::setRedaction(bool on)
{
    if (on == m_redaction)
        return;
    m_redaction = on;
    m_request->setRedaction(on);
    m_response->setRedaction(on);
    refresh();
}

// Copies stay redacted whatever the page shows: a clipboard travels.
QString WirePage::copied(bool asCurl) const
{
    return asCurl ? http::toCurl(m_asked) : http::toHttpText(m_asked);
}

http::Exchange WirePage::shown(const http::Exchange& exchange) const
{
    return m_redaction ? http::redacted(exchange, false) : exchange;
}

void WirePage::refresh()
{
    const flow::Step* step = m_session.flow().step(m_session.selection().step);
    m_noteBox->hide();
    if (!step) {
        m_times->setTimings({});
        m_request->showEmpty().show(u"No step is selected"_s, u"Choose a step in the rail to see its request."_s);
        m_response->showEmpty().show({}, {});
        return;
    }
    const flow::StepRecord* record = m_session.record(step->id);
    if (record && !record->exchange.request.url.isEmpty())
        showRecord(*record);
    else
        showPreview(*step);
    showSelection(m_session.selection());
}

void WirePage::showRecord(const flow::StepRecord& record)
{
    m_asked = record.exchange.request;
    m_exchange = shown(record.exchange);
    QString aside = u"sent %1 UTC"_s.arg(base::toClock(record.exchange.started));
    if (const QString host = playedHost(m_session, m_asked.url); !host.isEmpty())
        aside += u", the lab plays %1"_s.arg(host);
    m_request->setAside(aside);
    m_request->showMessage(requestRows(m_exchange.request, record.origins), rawText(m_exchange.request));
    m_times->setTimings(m_exchange.timings);
    m_noteBox->setVisible(!record.note.isEmpty());
    m_note->setText(record.note);
    if (m_exchange.response) {
        const bool cut = m_exchange.response->truncated;
        m_response->setAside(cut ? u"cut off: what arrived is shown"_s : QString());
        m_response->showMessage(responseRows(*m_exchange.response), rawText(*m_exchange.response));
        return;
    }
    m_response->setAside({});
    EmptyState& empty = m_response->showEmpty();
    const http::Failure failure = m_exchange.failure.value_or(http::Failure {});
    empty.show(u"No answer: %1"_s.arg(failureWord(failure.kind)), failure.text);
    empty.setAction(u"Copy details"_s, [this, text = failure.text] { controls::copyText(QString(copied(false) + u"\n\n" + text)); });
}

void WirePage::showPreview(const flow::Step& step)
{
    m_times->setTimings({});
    const auto resolved = m_session.previewRequest(step.id);
    const QString host = resolved ? playedHost(m_session, resolved->request.url) : QString();
    m_request->setAside(!resolved ? QString() : host.isEmpty() ? u"as it would be sent"_s : u"as it would be sent, the lab plays %1"_s.arg(host));
    if (!resolved) {
        m_request->showEmpty().show(u"The request cannot be shown yet"_s, resolved.error().text);
    } else {
        m_asked = resolved->request;
        m_exchange = shown({.request = resolved->request});
        m_request->showMessage(requestRows(m_exchange.request, resolved->origins), rawText(m_exchange.request));
    }
    showNoResponse(step);
}

void WirePage::showNoResponse(const flow::Step& step)
{
    const int number = stepNumber(m_session, step.id);
    m_response->setAside({});
    EmptyState& empty = m_response->showEmpty();
    const flow::StepRecord* record = m_session.record(step.id);
    if (record && record->error) {
        empty.show(u"Not sent"_s, record->error->text);
        empty.setAction(u"Send step %1 again"_s.arg(number), [this, id = step.id] { m_session.sendAgain(id); }, !m_session.isBusy());
        return;
    }
    const flow::StepState state = m_session.state(step.id);
    if (state == flow::StepState::Sending || state == flow::StepState::Waiting) {
        empty.show(u"On its way"_s, state == flow::StepState::Waiting ? u"The browser has to answer first."_s : u"No answer yet."_s);
        empty.setAction({}, {});
        return;
    }
    empty.show(u"Not sent yet"_s, u"Step %1 has no answer before it is sent."_s.arg(number));
    const bool next = m_session.nextStep() == step.id;
    empty.setAction(u"Send step %1"_s.arg(number), next ? std::function<void()>([this] { m_session.next(); }) : nullptr, !m_session.isBusy());
}

void WirePage::showSelection(const base::Place& place)
{
    if (place.part == "request"_L1)
        m_request->selectName(place.claim);
    else if (place.part == "response"_L1)
        m_response->selectName(place.claim);
}

void WirePage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    settle();
}

void WirePage::settle()
{
    const auto wanted = width() * 4 / theme::u() >= sideBySide ? Qt::Horizontal : Qt::Vertical;
    if (m_halves->orientation() != wanted)
        m_halves->setOrientation(wanted);
    const int least = wanted == Qt::Vertical ? px(leastHeight) : 0;
    m_request->setMinimumHeight(least);
    m_response->setMinimumHeight(least);
}
