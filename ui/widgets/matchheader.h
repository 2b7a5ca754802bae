// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/models/matchcontent.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QBoxLayout;
QT_END_NAMESPACE

class Glyph;
class RunText;

/// "Predicted: refused", hollow and dashed, or "Observed: refused", filled.
class VerdictChip : public QWidget
{
    Q_OBJECT
public:
    explicit VerdictChip(QWidget* parent = nullptr);
    void setPredicted(base::Decision decision);
    void setObserved(base::Decision decision);
    void setWord(const QString& word); ///< ink outline: says something that is not a verdict
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
    QString text() const { return m_text; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    enum class Look { Predicted, Observed, Word };
    void set(Look look, base::Decision decision, const QString& text);

    Look m_look = Look::Word;
    base::Decision m_decision {};
    QString m_text {};
};

/// The verdict in one sentence, code and status verbatim, what was predicted and what observed.
class MatchHeader : public QWidget
{
    Q_OBJECT
public:
    explicit MatchHeader(QWidget* parent = nullptr);
    void setContent(const MatchContent& content);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void setGlyph();
    void setChips();
    void restyle();

    MatchContent m_content {};
    QBoxLayout* m_layout = nullptr;
    QBoxLayout* m_chips = nullptr;
    Glyph* m_other = nullptr;   ///< what was predicted, where it differs
    Glyph* m_glyph = nullptr;
    RunText* m_unequal = nullptr;
    RunText* m_headline = nullptr;
    RunText* m_detail = nullptr;
    VerdictChip* m_predicted = nullptr;
    VerdictChip* m_observed = nullptr;
    VerdictChip* m_confidence = nullptr;
};
