// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/models/tokencontent.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QBoxLayout;
class QGridLayout;
class QHBoxLayout;
class QLineEdit;
class QScrollArea;
class QVBoxLayout;
QT_END_NAMESPACE

class Glyph;
class Label;
class LifetimeBar;
class Panel;
class RunText;
class Segmented;
class TokenClaims;
class TokenFillers;
class TokenSignature;

/// One token: who it speaks for, who filled it, how long it lives, whether its signature holds, its claims. Values in,
/// places out.
class TokenPane : public QWidget
{
    Q_OBJECT
public:
    explicit TokenPane(QWidget* parent = nullptr);

    void setContent(const TokenContent& content);
    /// What changes with the clock alone.
    void setFacts(const TokenContent& content);
    void setChoices(const QList<TokenChoice>& choices, const QString& current);
    void setSignatureShown(bool shown);
    void select(const QString& claim);
    void openFilter();
    void goToHit(int direction); ///< F3; without a filter one is asked for

    const TokenContent& content() const { return m_content; }
    QString selectedValue() const;
    int neededHeight() const; ///< to show all claims at once
    TokenClaims& claims() const { return *m_claims; }

signals:
    void claimChosen(const QString& claim);
    void tokenChosen(const QString& slot);
    void heightChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void createHeader();
    void createFacts();
    void createFilter();
    void fillOpaque();
    void closeFilter();
    void settle();

    TokenContent m_content {};
    QList<TokenChoice> m_choices {};
    Panel* m_header = nullptr;
    Glyph* m_glyph = nullptr;
    RunText* m_title = nullptr;
    Label* m_fingerprint = nullptr;
    QHBoxLayout* m_titleLine = nullptr;
    Segmented* m_chooser = nullptr;
    TokenFillers* m_fillers = nullptr;
    Panel* m_facts = nullptr;
    QBoxLayout* m_factsLine = nullptr;
    LifetimeBar* m_lifetime = nullptr;
    QWidget* m_lifetimeBox = nullptr;
    TokenSignature* m_signature = nullptr;
    Panel* m_rule = nullptr;
    QLineEdit* m_filter = nullptr;
    TokenClaims* m_claims = nullptr;
    QScrollArea* m_opaqueArea = nullptr;
    Panel* m_opaque = nullptr;
    QGridLayout* m_opaqueLines = nullptr;
};
