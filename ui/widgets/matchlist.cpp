// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "matchlist.h"

#include "ui/widgets/matchgroup.h"
#include "ui/widgets/matchrow.h"
#include "ui/widgets/panel.h"

#include <QKeyEvent>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

MatchList::MatchList(QWidget* parent) : QScrollArea(parent)
{
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(u"Comparisons"_s);
    setMinimumHeight(theme::px(24)); // it scrolls; the verdict above it does not, and is whole in the lowest window
    auto* content = new ::Panel(theme::Token::Surface);
    m_layout = new QVBoxLayout(content);
    m_layout->setContentsMargins({});
    m_layout->setSpacing(0);
    m_layout->addStretch();
    setWidget(content);
}

void MatchList::setGroups(const QList<MatchGroup>& groups, const QString& key)
{
    const QScopedValueRollback filling(m_filling, true);
    m_placeRow = nullptr;
    m_place = -1;
    m_stop = nullptr;
    for (const Group& group : m_groups) {
        delete group.header;
        delete group.body;
    }
    m_groups.clear();
    for (const MatchGroup& group : groups)
        addGroup(group, key);
    setTabStop(lines().value(0));
    showFailing();
}

void MatchList::addGroup(const MatchGroup& group, const QString& key)
{
    const QString own = key + u'\n' + group.title;
    Group added {.header = new MatchGroupHeader(group.title, group.summary, widget()), .body = new QWidget(widget())};
    added.header->setFolded(m_byHand.value(own, group.folded));
    auto* lines = new QVBoxLayout(added.body);
    lines->setContentsMargins({});
    lines->setSpacing(0);
    for (const MatchRow& row : group.rows) {
        added.rows.append(new MatchCheckRow(row, m_canApply, added.body));
        lines->addWidget(added.rows.last());
        connectRow(added.rows.last());
    }
    added.body->setVisible(!added.header->isFolded());
    connect(added.header, &QAbstractButton::toggled, this, [this, own, body = added.body](bool unfolded) {
        m_byHand.insert(own, !unfolded);
        body->setVisible(unfolded);
    });
    connect(added.header, &MatchGroupHeader::activated, this, [this, header = added.header] { setTabStop(header); });
    m_layout->insertWidget(m_layout->count() - 1, added.header);
    m_layout->insertWidget(m_layout->count() - 1, added.body);
    m_groups.append(added);
}

void MatchList::connectRow(MatchCheckRow* row)
{
    connect(row, &MatchCheckRow::activated, this, [this, row] {
        setTabStop(row);
        if (!m_filling)
            emit checkChosen(row->row().check.id);
    });
    connect(row, &MatchCheckRow::applyAsked, this, [this, row] { emit applyAsked(row->row().check); });
}

/// The failing comparison is on screen without a click.
void MatchList::showFailing()
{
    verticalScrollBar()->setValue(0);
    for (const Group& group : m_groups)
        for (MatchCheckRow* row : group.rows)
            if (row->row().check.outcome == base::Outcome::Fail && !group.header->isFolded()) {
                // Sizes are known after the layout ran.
                QMetaObject::invokeMethod(row, [this, row] { reveal(row); }, Qt::QueuedConnection);
                return;
            }
}

/// All of a line where it fits; of one that is taller than the view its top, where title and verdict stand.
void MatchList::reveal(QWidget* line)
{
    const int top = line->mapTo(widget(), QPoint()).y();
    if (line->height() <= viewport()->height())
        ensureWidgetVisible(line, 0, 8);
    else
        verticalScrollBar()->setValue(top);
}

void MatchList::setTabStop(QWidget* line)
{
    if (m_stop)
        m_stop->setFocusPolicy(Qt::ClickFocus);
    m_stop = line;
    if (line)
        line->setFocusPolicy(Qt::StrongFocus);
}

QList<MatchCheckRow*> MatchList::rows() const
{
    QList<MatchCheckRow*> all;
    for (const Group& group : m_groups)
        all += group.rows;
    return all;
}

QList<MatchGroupHeader*> MatchList::headers() const
{
    QList<MatchGroupHeader*> all;
    for (const Group& group : m_groups)
        all.append(group.header);
    return all;
}

bool MatchList::isFolded(int group) const { return m_groups.at(group).header->isFolded(); }

QList<QWidget*> MatchList::lines() const
{
    QList<QWidget*> all;
    for (const Group& group : m_groups) {
        all.append(group.header);
        if (!group.header->isFolded())
            for (MatchCheckRow* row : group.rows)
                all.append(row);
    }
    return all;
}

void MatchList::select(const QString& checkId)
{
    bool found = false;
    for (const Group& group : m_groups)
        for (MatchCheckRow* row : group.rows) {
            const bool is = !found && !checkId.isEmpty() && row->row().check.id == checkId;
            found = found || is;
            row->setSelected(is);
            if (!is)
                continue;
            group.header->setFolded(false);
            reveal(row);
        }
}

void MatchList::step(int direction)
{
    const QList<QWidget*> all = lines();
    const qsizetype at = all.indexOf(m_stop);
    const qsizetype next = std::clamp<qsizetype>(at + direction, 0, all.size() - 1);
    if (all.isEmpty() || next == at)
        return;
    all[next]->setFocus(Qt::OtherFocusReason);
    reveal(all[next]);
}

bool MatchList::goToDifference(int direction)
{
    QList<std::pair<MatchCheckRow*, int>> places;
    for (MatchCheckRow* row : rows())
        for (int place = 0; place < row->places(); ++place)
            places.append({row, place});
    if (places.isEmpty())
        return false;
    const qsizetype at = places.indexOf({m_placeRow, m_place});
    const qsizetype next = at < 0 ? (direction > 0 ? 0 : places.size() - 1) : (at + direction + places.size()) % places.size();
    if (m_placeRow)
        m_placeRow->setCurrentPlace(-1);
    std::tie(m_placeRow, m_place) = places[next];
    for (const Group& group : m_groups)
        if (group.rows.contains(m_placeRow))
            group.header->setFolded(false);
    m_placeRow->setUnfolded(true);
    m_placeRow->setCurrentPlace(m_place);
    m_placeRow->setFocus(Qt::OtherFocusReason);
    const QPoint centre = m_placeRow->mapTo(widget(), m_placeRow->placeRect(m_place).center());
    ensureVisible(centre.x(), centre.y(), 24, 60);
    return true;
}

void MatchList::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Up: step(-1); return;
    case Qt::Key_Down: step(1); return;
    case Qt::Key_Home: step(-int(lines().size())); return;
    case Qt::Key_End: step(int(lines().size())); return;
    default: QScrollArea::keyPressEvent(event);
    }
}
