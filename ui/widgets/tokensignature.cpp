// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokensignature.h"

#include "core/base/text.h"
#include "ui/widgets/glyph.h"
#include "ui/widgets/runtext.h"

#include <QHBoxLayout>

using namespace Qt::StringLiterals;
using theme::px;

namespace {

QColor weak() { return theme::color(theme::Token::Text2); }

} // namespace

TokenSignature::TokenSignature(QWidget* parent)
    : QWidget(parent), m_glyph(new Glyph(16, this)), m_word(new RunText(this)), m_source(new RunText(this))
{
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(px(16), px(8), px(16), px(8));
    line->setSpacing(px(8));
    line->addWidget(m_glyph, 0, Qt::AlignTop);
    auto* text = new QVBoxLayout;
    text->setSpacing(px(2));
    text->addWidget(m_word);
    text->addWidget(m_source);
    text->addStretch();
    line->addLayout(text, 1);
}

void TokenSignature::setFacts(const SignatureFacts& facts)
{
    m_facts = facts;
    m_glyph->setDraw([o = facts.outcome](QPainter& painter, const QRectF& rect) { theme::paintOutcome(painter, rect, o); });
    m_word->setRuns({{facts.word, theme::Type::Body, 600, [o = facts.outcome] { return theme::outcomeColor(o); }},
                     {facts.alg.isEmpty() ? QString() : QString(u"  "_s + facts.alg), theme::Type::Fixed}});
    QList<RunText::Run> source;
    if (!facts.kid.isEmpty() && facts.outcome != base::Outcome::NotEvaluated)
        source += {{u"key "_s, theme::Type::Caption, 400, weak}, {base::elidedMiddle(facts.kid, 9) + u' ', theme::Type::Fixed, 400, weak}};
    source.append({base::visible(facts.text), theme::Type::Caption, 400, weak});
    m_source->setRuns(source);
    setToolTip(facts.kid.isEmpty() ? QString() : QString(u"<qt>kid "_s + facts.kid.toHtmlEscaped() + u"</qt>"));
}
