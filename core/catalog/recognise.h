// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"
#include "core/flow/step.h"
#include "core/http/exchange.h"

#include <QHash>
#include <QSet>

#include <optional>

/// Exchanges of a recorded file as the steps they were. The only place beside the recipes that knows all vendors.
namespace catalog {

/// A request taken apart once: what the rows of the table look at.
struct Seen
{
    explicit Seen(const http::Exchange& exchange);
    const http::Exchange& exchange;
    http::UrlParts url;
    QByteArray path;          ///< lower case, without a closing slash
    http::Form query;
    http::Form form;          ///< of a form body; a JSON body's texts by member name
    json::Document json;
    int status = 0;

    QByteArray field(QByteArrayView name) const { return form.value(name); }
    QByteArray bearer() const; ///< of the Authorization header; empty when there is none
    QByteArray staticKey() const; ///< a vendor's key as bearer or in the header of keys; empty when there is none
};

/// What is known from the exchanges before: which token is in which slot, who was seen as what.
struct Memory
{
    const setup::Setup* setup = nullptr;
    QHash<QByteArray, QString> slots_ {};   ///< raw token or code -> slot
    QHash<QByteArray, flow::PartyKind> kinds {}; ///< client id -> what requests showed it to be
    QSet<QString> foreign {};               ///< slots of tokens that no answer of the file brought
    int tokens = 0;

    QString slotOf(const QByteArray& raw) const { return slots_.value(raw); }
    /// The party behind a client id, named by the setup where there is one.
    flow::Party client(const QByteArray& clientId) const;
    /// Entra for a tenant's endpoint, else the host.
    flow::Party issuer(const Seen& seen) const;
    flow::Party host(const Seen& seen) const;
    QString nextToken() { return QStringLiteral("T") + QString::number(++tokens); }
};

/// The step this exchange was, or nothing when it belongs to no protocol known here. A step's values name earlier tokens
/// where the bytes are the same; secrets are left out.
std::optional<flow::Step> recognise(const Seen& seen, Memory& memory);

} // namespace catalog
