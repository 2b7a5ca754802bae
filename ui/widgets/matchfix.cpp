// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "matchfix.h"

#include "core/base/text.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/label.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using theme::px;
using theme::Token;

MatchFix::MatchFix(const MatchRow& row, bool canApply, QWidget* parent) : Box(Token::Raised, Token::Line, parent)
{
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(px(10), px(8), px(8), px(8));
    lines->setSpacing(px(6));
    addSentence(row, canApply);
    if (!row.fixJson.isEmpty())
        addCode(row);
}

void MatchFix::addSentence(const MatchRow& row, bool canApply)
{
    auto* line = new QHBoxLayout;
    line->setSpacing(px(8));
    auto* word = new Label(theme::Type::Body, Token::Text, this);
    word->setWeight(600);
    word->setText(u"Fix"_s);
    auto* sentence = new Label(theme::Type::Body, Token::Text, this);
    sentence->setWordWrap(true);
    sentence->setText(base::visible(row.check.fix.isEmpty() ? u"Write this value."_s : row.check.fix));
    // One line stands level with the button beside it, several begin there.
    for (Label* label : {word, sentence})
        label->setMinimumHeight(px(26));
    line->addWidget(word, 0, Qt::AlignTop);
    line->addWidget(sentence, 1, Qt::AlignTop);
    if (canApply && !row.check.fixPointer.isEmpty() && !row.check.fixValue.isEmpty()) {
        auto* apply = controls::button(u"Apply to setup"_s, {}, controls::Kind::Small, this);
        apply->setToolTip(u"Writes the value into the setup; saved only when you save"_s);
        connect(apply, &QPushButton::clicked, this, &MatchFix::applied);
        line->addWidget(apply, 0, Qt::AlignTop);
    }
    static_cast<QVBoxLayout*>(layout())->addLayout(line);
}

void MatchFix::addCode(const MatchRow& row)
{
    auto* line = new QHBoxLayout;
    line->setSpacing(px(8));
    auto* ground = new Panel(Token::Sunken, {}, this);
    auto* inside = new QHBoxLayout(ground);
    inside->setContentsMargins(px(8), px(3), px(8), px(3));
    auto* code = new Label(theme::Type::Fixed, Token::Text, ground);
    code->setElide(Qt::ElideMiddle);
    code->setText(base::visible(row.fixJson));
    inside->addWidget(code);
    line->addWidget(ground, 1);
    const auto addCopy = [&](const QString& text, const QString& what) {
        auto* copy = controls::button(text, u"copy"_s, controls::Kind::Small, this);
        copy->setToolTip(controls::plainToolTip(base::visible(what)));
        connect(copy, &QPushButton::clicked, this, [what] { controls::copyText(what); });
        line->addWidget(copy);
    };
    addCopy(u"Copy JSON"_s, row.fixJson);
    if (!row.fixAz.isEmpty())
        addCopy(u"Copy az"_s, row.fixAz);
    static_cast<QVBoxLayout*>(layout())->addLayout(line);
}
