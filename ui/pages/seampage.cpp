// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "seampage.h"

#include "ui/theme.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/label.h"
#include "ui/widgets/pagehead.h"
#include "ui/widgets/segmented.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QTextBlock>

#include <array>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;
using theme::Type;

namespace {

struct FormRow
{
    setup::SettingsForm form;
    const char16_t* text;
    const char16_t* suffix;
};
constexpr std::array forms {FormRow {setup::SettingsForm::Env, u".env", u"env"}, FormRow {setup::SettingsForm::AppSettings, u"appsettings", u"appsettings.json"},
    FormRow {setup::SettingsForm::Compose, u"compose", u"compose.yaml"}};

} // namespace

SeamPage::SeamPage(QWidget* parent)
    : QWidget(parent), m_head(new PageHead(u"Sidecar settings"_s, this))
{
    fillHead();
    auto* body = new QHBoxLayout;
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(0);
    body->addWidget(makeSide(u"Secret-based"_s, false), 1);
    body->addWidget(makeSide(u"Federated"_s, true), 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addLayout(body, 1);
    connect(&theme::watcher(), &theme::Watcher::changed, this, &SeamPage::refresh);
}

void SeamPage::fillHead()
{
    m_forms = new Segmented(u"Form of the settings"_s, m_head);
    for (const FormRow& row : forms)
        m_forms->add(QString::fromUtf16(row.text));
    connect(m_forms, &Segmented::chosen, this, [this](int index) {
        m_form = forms[std::size_t(index)].form;
        refresh();
    });
    m_head->add(m_forms);
    connect(m_head, &PageHead::closed, this, &SeamPage::closed);
}

QWidget* SeamPage::makeSide(const QString& title, bool federated)
{
    auto* side = new Panel(Token::Surface, federated ? Qt::Edges() : Qt::Edges(Qt::RightEdge), this);
    auto* heading = new Label(Type::Body, Token::Text, side);
    heading->setText(title);
    heading->setWeight(600);
    auto* copy = controls::button(u"Copy"_s, u"copy"_s, controls::Kind::Small, side);
    auto* save = controls::button(u"Save…"_s, u"save"_s, controls::Kind::Small, side);
    copy->setAccessibleName(u"Copy, %1"_s.arg(title));
    save->setAccessibleName(u"Save, %1"_s.arg(title));
    const auto text = [this, federated] { return federated ? m_seam.federatedText : m_seam.secretText; };
    connect(copy, &QPushButton::clicked, this, [text] { controls::copyText(QString::fromUtf8(text())); });
    connect(save, &QPushButton::clicked, this, [this, federated, text] {
        const QString name = u"%1.%2"_s.arg(federated ? u"federated"_s : u"secret"_s, QString::fromUtf16(forms[std::size_t(m_forms->current())].suffix));
        emit saved(name, text());
    });
    auto* view = new QPlainTextEdit(side);
    (federated ? m_federated : m_secret) = view;
    view->setReadOnly(true);
    view->setTabChangesFocus(true);
    view->setFrameShape(QFrame::NoFrame);
    view->setLineWrapMode(QPlainTextEdit::NoWrap);
    view->setAccessibleName(title);
    view->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    controls::followType(view, Type::Fixed);
    auto* bar = new QHBoxLayout;
    bar->setSpacing(px(8));
    bar->addWidget(heading, 1);
    bar->addWidget(copy);
    bar->addWidget(save);
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(px(16), px(12), px(16), px(8));
    layout->setSpacing(px(8));
    layout->addLayout(bar);
    layout->addWidget(view, 1);
    return side;
}

void SeamPage::show(const setup::Setup& setup, const QString& sidecar)
{
    m_setup = setup;
    m_sidecar = sidecar;
    refresh();
    m_secret->setFocus(Qt::OtherFocusReason);
}

QString SeamPage::shownText(bool federated) const { return (federated ? m_federated : m_secret)->toPlainText(); }

void SeamPage::refresh()
{
    const setup::Target* sidecar = m_setup.target(m_sidecar);
    if (!sidecar)
        return;
    const auto seam = seamOf(m_setup, *sidecar, m_form);
    m_seam = seam.value_or(Seam {.summary = seam ? QString() : seam.error().text});
    m_head->setSummary(m_seam.summary);
    m_forms->setCurrent(int(std::ranges::find(forms, m_form, &FormRow::form) - forms.begin()));
    fill(*m_secret, m_seam.secret, u'-');
    fill(*m_federated, m_seam.federated, u'+');
}

/// A sign before what differs, so that the colour does not stand alone; it is neither copied by the button nor saved.
void SeamPage::fill(QPlainTextEdit& view, const QList<SeamLine>& lines, QChar sign)
{
    QStringList text;
    for (const SeamLine& line : lines)
        text.append(u"%1 %2"_s.arg(line.differs ? sign : QChar(u' '), line.text));
    view.setPlainText(text.join(u'\n'));
    QList<QTextEdit::ExtraSelection> marks;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (!lines[i].differs)
            continue;
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(view.document()->findBlockByNumber(int(i)));
        mark.format.setBackground(theme::color(Token::DiffBg));
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks.append(mark);
    }
    view.setExtraSelections(marks);
}

void SeamPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        emit closed();
    else
        QWidget::keyPressEvent(event);
}
