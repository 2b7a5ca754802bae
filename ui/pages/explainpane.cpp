// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "explainpane.h"

#include "ui/widgets/article.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/label.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QStyleOption>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;

namespace {

const auto termPrefix = u"term:"_s;
const auto backTarget = u"back:"_s;
const auto allTarget = u"terms:"_s;

} // namespace

void write(Article& article, const Explained& content)
{
    if (!content.caption.isEmpty())
        article.caption(content.caption);
    article.title(content.title, content.fixedTitle);
    for (const Explained::Section& section : content.sections) {
        if (!section.heading.isEmpty())
            article.heading(section.heading);
        switch (section.kind) {
        case Explained::Section::Kind::Own: article.paragraph(section.text); break;
        case Explained::Section::Kind::Outside: article.plain(section.text); break;
        case Explained::Section::Kind::Code: article.code(section.text); break;
        case Explained::Section::Kind::Party: article.party(section.party, section.text); break;
        }
    }
}

ExplainPane::ExplainPane(session::Session& session, QWidget* parent)
    : Panel(Token::Raised, {}, parent), m_session(session), m_article(new Article(u"Explain"_s, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(createHint());
    auto* body = new QVBoxLayout;
    body->setContentsMargins(px(16), px(14), px(14), px(12));
    body->addWidget(m_article, 1);
    body->addWidget(createButtons());
    layout->addLayout(body, 1);
    setFocusProxy(m_article);
    m_article->installEventFilter(this);

    connect(m_article, &QTextBrowser::anchorClicked, this, &ExplainPane::followLink);
    connect(&session, &session::Session::selectionChanged, this, [this] {
        m_aside = false;
        refresh();
    });
    connect(&session, &session::Session::setupChanged, this, &ExplainPane::refresh);
    connect(&session, &session::Session::runChanged, this, &ExplainPane::refresh);
    connect(&theme::watcher(), &theme::Watcher::changed, this, &ExplainPane::write);
    m_content.caption = u"-"_s; // anything but what comes
    refresh();
}

QWidget* ExplainPane::createHint()
{
    auto* hint = new Panel(Token::Accent, {}, this);
    auto* text = new Label(theme::Type::Body, Token::OnAccent, hint);
    text->setText(u"This is a sample with its own lab. Press Next."_s);
    text->setWordWrap(true);
    auto* layout = new QHBoxLayout(hint);
    layout->setContentsMargins(px(16), px(8), px(16), px(8));
    layout->addWidget(text);
    m_hint = hint;
    return hint;
}

QWidget* ExplainPane::createButtons()
{
    m_buttons = new QWidget(this);
    auto* layout = new QHBoxLayout(m_buttons);
    layout->setContentsMargins(0, px(8), 0, 0);
    layout->setSpacing(px(8));
    m_value = controls::button(u"Value"_s, u"copy"_s, controls::Kind::Small, m_buttons);
    m_value->setAccessibleName(u"Copy value"_s);
    m_json = controls::button(u"JSON"_s, u"copy"_s, controls::Kind::Small, m_buttons);
    m_json->setAccessibleName(u"Copy JSON"_s);
    layout->addWidget(m_value);
    layout->addWidget(m_json);
    layout->addStretch();
    connect(m_value, &QPushButton::clicked, this, [this] { controls::copyText(m_content.value); });
    connect(m_json, &QPushButton::clicked, this, [this] { controls::copyText(m_content.json); });
    return m_buttons;
}

QSize ExplainPane::sizeHint() const
{
    return {px(300), px(300)};
}

// The text has no frame of its own: the pane shows that it has the focus.
void ExplainPane::paintEvent(QPaintEvent* event)
{
    Panel::paintEvent(event);
    if (!m_article->hasFocus() || !window()->testAttribute(Qt::WA_KeyboardFocusChange))
        return;
    QPainter painter(this);
    QStyleOptionFocusRect ring;
    ring.rect = rect();
    style()->drawPrimitive(QStyle::PE_FrameFocusRect, &ring, &painter, this);
}

bool ExplainPane::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    return Panel::eventFilter(watched, event);
}

void ExplainPane::showHint()
{
    const bool sample = m_session.hasSetup() && !m_session.recording() && m_session.setup().file.isEmpty() && m_session.against() == session::Against::Lab;
    m_hint->setVisible(sample && m_session.run().records.isEmpty() && !m_session.isBusy());
}

void ExplainPane::refresh()
{
    showHint();
    if (m_aside)
        return;
    Explained content = explained(m_session, m_session.selection());
    if (content == m_content)
        return;
    m_content = std::move(content);
    write();
}

void ExplainPane::write()
{
    m_article->begin();
    if (m_aside)
        m_article->link(u"Back to the step"_s, backTarget);
    ::write(*m_article, m_content);
    if (!m_content.terms.isEmpty() && !m_aside)
        m_article->heading(u"Terms"_s);
    for (const Explained::Term& term : m_content.terms)
        m_article->link(term.name, QString(termPrefix + term.name), term.source);
    if (m_aside && m_content.caption == "Glossary"_L1 && m_content.terms.isEmpty())
        m_article->link(u"All terms of this walk"_s, allTarget);
    m_article->end();
    m_buttons->setVisible(!m_content.value.isEmpty());
    m_json->setVisible(!m_content.json.isEmpty());
}

QString ExplainPane::termAtHand() const
{
    return m_content.terms.isEmpty() ? QString() : m_content.terms.first().name;
}

void ExplainPane::showGlossary(const QString& term)
{
    showPage(glossary(m_session, term));
}

void ExplainPane::showPage(const Explained& page)
{
    m_aside = true;
    m_content = page;
    write();
}

void ExplainPane::followLink(const QUrl& link)
{
    const QString target = link.toString(QUrl::PrettyDecoded);
    if (target.startsWith(termPrefix))
        return showGlossary(target.mid(termPrefix.size()));
    if (target == allTarget)
        return showGlossary();
    m_aside = false;
    m_content = explained(m_session, m_session.selection());
    write();
}
