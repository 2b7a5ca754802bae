// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/chain/chain.h"
#include "ui/models/rowsmodel.h"

/// One way from somebody to somebody: a root's or a link's.
struct ChainHop
{
    QString hop {};       ///< number of its step in the flow, "A2" in the first of two patterns
    QString stepId {};
    QString linkId {};
    QString from {};
    QString evidence {};
    QString contract {};
    QString predicted {};
    QString observed {};
    QString to {};
    chain::State state = chain::State::NotReached;
    base::Decision prediction = base::Decision::NotEvaluated;
    bool hasPrediction = false;
};

/// In reading order: by step, what is asked for last.
QList<ChainHop> hopsOf(const chain::Chain& chain, const flow::Flow& flow, base::Instant now);

/// The chain for whoever cannot see the drawing.
class ChainTableModel : public RowsModel<ChainHop>
{
    Q_OBJECT
public:
    enum Columns { Hop, From, Evidence, Contract, Predicted, Observed, To };

    explicit ChainTableModel(QObject* parent = nullptr);
    int rowOfStep(const QString& stepId, const chain::Chain& chain) const;
};
