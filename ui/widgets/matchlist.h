// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/models/matchcontent.h"

#include <QHash>
#include <QScrollArea>

QT_BEGIN_NAMESPACE
class QVBoxLayout;
QT_END_NAMESPACE

class MatchCheckRow;
class MatchGroupHeader;

/// All comparisons of a verdict, in groups. Up and Down walk through what is unfolded; only one line takes part in the
/// order of Tab.
class MatchList : public QScrollArea
{
    Q_OBJECT
public:
    explicit MatchList(QWidget* parent = nullptr);

    /// `key` names whose groups these are: what was folded by hand there stays so.
    void setGroups(const QList<MatchGroup>& groups, const QString& key);
    void setCanApply(bool can) { m_canApply = can; }
    /// Selects the row of a check; empty: none.
    void select(const QString& checkId);
    /// Goes to the next (1) or previous (-1) differing place, round and round; false when there is none.
    bool goToDifference(int direction);

    QList<MatchCheckRow*> rows() const;        ///< all of them
    QList<MatchGroupHeader*> headers() const;
    bool isFolded(int group) const;

signals:
    void checkChosen(const QString& checkId);
    void applyAsked(const base::Check& check);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Group
    {
        MatchGroupHeader* header = nullptr;
        QWidget* body = nullptr;
        QList<MatchCheckRow*> rows {};
    };
    void addGroup(const MatchGroup& group, const QString& key);
    void connectRow(MatchCheckRow* row);
    void showFailing();
    void reveal(QWidget* line);
    void setTabStop(QWidget* line);
    QList<QWidget*> lines() const;             ///< headers and visible rows, from top to bottom
    void step(int direction);

    QVBoxLayout* m_layout = nullptr;
    QList<Group> m_groups {};
    QHash<QString, bool> m_byHand {};
    QWidget* m_stop = nullptr;
    MatchCheckRow* m_placeRow = nullptr;
    int m_place = -1;
    bool m_canApply = false;
    bool m_filling = false;
};
