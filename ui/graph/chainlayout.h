// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/chain/chain.h"

#include <QLineF>
#include <QPolygonF>
#include <QRectF>

#include <functional>

/// Full: evidence above each gate, contract below. Short: rows 96 apart, two lines under each gate, for chains of several
/// rows. Compact: one line of small nodes.
enum class ChainForm { Full, Short, Compact };

/// What the scene writes with; the layout only asks how wide a text is.
enum class ChainFont { Caption, CaptionBold, Name, Fixed };

struct ChainLayoutOptions
{
    ChainForm form = ChainForm::Full;
    qreal width = 0; ///< what there is, in units of the drawing; gaps grow into it, compact nodes shrink to it. 0: natural
    std::function<qreal(const QString&, ChainFont)> textWidth {};
};

/// Where everything of a chain is drawn, in px at u = 4. Pure: chain and options in, geometry out. Depends on lanes,
/// order and names, never on the state of the run: nothing slides while a run grows.
struct ChainLayout
{
    struct Lane
    {
        chain::Lane lane {};
        QString title {};
        qreal left = 0;
        qreal right = 0;
    };
    struct Band
    {
        QString title {}; ///< "A. Secret on disk"
        chain::Root root = chain::Root::Unknown;
        QRectF heading {}; ///< empty where there is one group only
        qreal top = 0;
        qreal bottom = 0;
    };
    struct Node
    {
        int party = 0; ///< index into Chain::parties
        QRectF rect {};
        bool small = false; ///< one line
    };
    struct Plate
    {
        int root = 0; ///< index into Chain::roots
        QRectF rect {};
        bool slim = false; ///< the sign alone
        QPolygonF path {}; ///< from the plate to its party
        QPointF gate {};
        QRectF label {};   ///< "T0 issued"; empty where it has no room
    };
    /// A link with its signal post.
    struct Post
    {
        int link = 0; ///< index into Chain::links
        QPolygonF path {};
        bool arrow = true;
        QPointF gate {};
        QRectF chip {};     ///< evidence; empty in the short form
        bool bar = false;   ///< the chip has room for the lifetime bar
        QRectF text {};     ///< contract and verdict word, or the two lines of the short form
        Qt::Alignment align = Qt::AlignHCenter;
        bool onBorder = false;
    };
    struct Ask
    {
        int link = 0;
        QPolygonF path {};
        QRectF label {};
    };
    struct Audit
    {
        int principal = 0; ///< index into Chain::auditPrincipals
        QRectF rect {};
    };

    ChainForm form = ChainForm::Full;
    QSizeF size {};
    QList<Lane> lanes {};
    QList<QLineF> borders {}; ///< already interrupted where something stands on them
    QList<Band> bands {};
    QList<Node> nodes {};
    QList<Plate> plates {};
    QList<Post> posts {};
    QList<Ask> asks {};
    QList<Audit> audits {};
};

ChainLayout layoutOf(const chain::Chain& chain, const ChainLayoutOptions& options);

/// "Runtime", "People and runtime", "Microsoft Entra", "OpenID issuer", ...
QString laneTitle(const chain::Chain& chain, chain::Lane lane);

inline constexpr qreal gateRadius = 10;
