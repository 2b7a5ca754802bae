// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/theme.h"

#include <QTextBrowser>
#include <QTextCursor>

/// Text for reading, built piece by piece: never parsed as HTML, because pieces may come from outside. All of it can be
/// selected; links are ink, underlined, and say where they lead through anchorClicked(). Tab is never trapped.
class Article : public QTextBrowser
{
    Q_OBJECT
public:
    explicit Article(const QString& name, QWidget* parent = nullptr);

    void begin();                        ///< empties it
    void caption(const QString& text);
    void title(const QString& text, bool fixed = false);
    void heading(const QString& text);
    /// Our own sentences: `code` between backticks takes the fixed font, **text** is set bold. Nothing else is markup.
    void paragraph(const QString& text);
    void plain(const QString& text);     ///< outside data, as it is
    void code(const QString& text);
    void link(const QString& text, const QString& target, const QString& after = {});
    void party(flow::PartyKind kind, const QString& name);
    void end();                          ///< back to the top

private:
    void block(int above, int lineHeight);
    void runs(const QString& text);
    void put(const QString& text, const QFont& font, const QColor& ink);

    QTextCursor m_cursor {};
    bool m_first = true;
};
