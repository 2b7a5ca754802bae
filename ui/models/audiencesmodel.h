// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/chain/chain.h"
#include "ui/models/rowsmodel.h"

/// One token of the ledger, each column in two lines.
struct AudienceRow
{
    chain::Audience audience {};
    QString askedBy {};     ///< "step 1, Managed identity token"
    QString issuedFor {};   ///< "names AAD Token Exchange Endpoint"
    bool issued = false;
    bool operator==(const AudienceRow& other) const;
};

QList<AudienceRow> audienceRows(const chain::Chain& chain, const flow::Flow& flow, const setup::Setup& setup);

/// The audience ledger: asked for, issued as, accepted.
class AudiencesModel : public RowsModel<AudienceRow>
{
    Q_OBJECT
public:
    enum Columns { Token, Asked, Issued, Accepts, Verdict };
    enum Role {
        SecondRole = Qt::UserRole, ///< the second line
        FixedRole,                 ///< bool: the first line is a wire value
        SpeakerRole,               ///< int of flow::PartyKind
        OutcomeRole                ///< int of base::Outcome
    };

    explicit AudiencesModel(QObject* parent = nullptr);
    int rowOf(const QString& slot) const;
};

/// How often assertions were shown to receivers that take each one once.
struct SingleUse
{
    QString receiver {};
    int assertions = 0;
    QStringList twice {}; ///< slots shown more often than they were issued
    QString text() const;
};
SingleUse singleUse(const flow::Flow& flow, const flow::Run& run);

/// The whole ledger as tab-separated text.
QString audiencesText(const AudiencesModel& model);
/// The word beside a verdict's glyph in the ledger.
QString ledgerWord(base::Outcome outcome);
