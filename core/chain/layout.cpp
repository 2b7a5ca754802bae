// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/chain/walk_p.h"

#include <QSet>

#include <algorithm>

namespace chain {

namespace {

/// One pattern of a chain, laid out by itself.
class Layout
{
public:
    Layout(Chain& chain, const QString& group)
    {
        for (ChainParty& party : chain.parties)
            if (party.group == group)
                m_parties.append(&party);
        for (const Link& link : chain.links)
            if (link.group == group)
                m_links.append(&link);
    }

    void run()
    {
        setColumns();
        setRows();
        placeResources();
    }

private:
    ChainParty* find(const QString& id) const
    {
        const auto it = std::ranges::find_if(m_parties, [&](const ChainParty* p) { return p->id == id; });
        return it == m_parties.end() ? nullptr : *it;
    }

    QList<const Link*> into(const QString& id) const
    {
        QList<const Link*> found;
        for (const Link* link : m_links)
            if (link->to == id && !link->askFor)
                found.append(link);
        return found;
    }

    bool isResourceBelow(const ChainParty& party) const
    {
        return std::ranges::any_of(m_links, [&](const Link* l) { return l->askFor && l->to == party.id; });
    }

    /// Left to right along the links; a lane begins right of all that went before.
    void setColumns()
    {
        int start = 0;
        for (const Lane lane : {Lane::People, Lane::Outside, Lane::Entra, Lane::Downstream}) {
            int last = start - 1;
            // Each round settles at least one more party; a circle of links ends by the bound.
            for (qsizetype round = 0; round < m_parties.size(); ++round)
                for (ChainParty* party : m_parties)
                    if (party->lane == lane && !isResourceBelow(*party))
                        last = std::max(last, settle(*party, start));
            start = last + 1;
        }
    }

    int settle(ChainParty& party, int start) const
    {
        int column = start;
        for (const Link* link : into(party.id))
            if (const ChainParty* from = find(link->from); from && from->lane <= party.lane)
                column = std::max(column, from->column + 1);
        party.column = std::min(column, start + int(m_parties.size()));
        return party.column;
    }

    bool comesFromUser(const QString& id, QSet<QString> seen = {}) const
    {
        const ChainParty* party = find(id);
        if (!party || seen.contains(id))
            return false;
        if (party->kind == flow::PartyKind::User)
            return true;
        seen.insert(id);
        return std::ranges::any_of(
            into(id), [&](const Link* link) { return comesFromUser(link->from, seen); });
    }

    /// What leads into a party on the main row: its weightiest evidence, and rather the workload's than the
    /// user's.
    QString mainSource(const QString& id) const
    {
        const QList<const Link*> links = into(id);
        const auto workload
            = std::ranges::find_if(links, [&](const Link* link) { return !comesFromUser(link->from); });
        if (workload != links.end())
            return (*workload)->from;
        return links.isEmpty() ? QString() : links.first()->from;
    }

    QString lastParty() const
    {
        QString last;
        for (const Link* link : m_links)
            if (!link->askFor)
                last = link->to;
        return last.isEmpty() && !m_parties.isEmpty() ? m_parties.first()->id : last;
    }

    /// The way that ends at the last party is the main row, what joins it comes from above.
    void setRows()
    {
        QSet<QString> main;
        for (QString id = lastParty(); !id.isEmpty() && !main.contains(id); id = mainSource(id))
            main.insert(id);
        for (ChainParty* party : m_parties)
            party->row = main.contains(party->id) ? 0 : -1;
    }

    void placeResources()
    {
        for (const Link* link : m_links) {
            ChainParty* resource = link->askFor ? find(link->to) : nullptr;
            const ChainParty* asking = resource ? find(link->from) : nullptr;
            if (!asking)
                continue;
            resource->row = 1;
            resource->column = asking->column;
        }
    }

    QList<ChainParty*> m_parties {};
    QList<const Link*> m_links {};
};

} // namespace

void layOut(Chain& chain)
{
    QStringList groups;
    for (const ChainParty& party : chain.parties)
        if (!groups.contains(party.group))
            groups.append(party.group);
    for (const QString& group : groups)
        Layout(chain, group).run();
}

} // namespace chain
