// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/chain/chain.h"
#include "core/diagnosis/rules.h"
#include "core/flow/resolve.h"
#include "core/jose/key.h"
#include "core/setup/setup.h"
#include "core/trust/knowledge.h"

#include <QMap>

/// Walks a flow of a sample in one thread and without a socket: core/trust decides, tokens are minted here.
/// What chain and diagnosis see is what a run against a server would have left behind.
class Stage
{
public:
    /// JSON values put into the sample at these pointers before anything is built from it.
    using Edits = QList<QPair<QString, QByteArray>>;
    explicit Stage(const QString& sample, const QString& flow = {}, const Edits& edits = {});
    explicit Stage(setup::Setup setup, const QString& flow = {});

    /// Sends steps until one is refused, or `last` was sent.
    void walk(const QString& last = {});
    /// Sends one step and records what came of it.
    flow::StepRecord& send(const QString& id);
    /// Records something else in place of an answer.
    flow::StepRecord& receive(
        const QString& id, std::optional<http::Response> response, std::optional<http::Failure> failure = {});
    /// Claims laid over those of the token in a slot, as JSON text by name; "" leaves one out.
    void overlay(const QString& slot, const QByteArray& claim, const QByteArray& json)
    {
        m_overlays[slot][claim] = json;
    }

    chain::Chain chain() const { return chain::derive(setup, flow, run); }
    QList<base::Finding> findings() const;
    QList<base::Finding> setupFindings() const;
    static QStringList ids(
        const QList<base::Finding>& findings, base::Severity least = base::Severity::Warning);

    setup::Setup setup {};
    flow::Flow flow {};
    flow::Run run {};
    flow::Ingredients known {};
    trust::Knowledge knowledge {}; ///< what the receivers know; a test may change it
    base::Instant now {};
    bool lab = true;    ///< records carry the receiver's own verdict
    bool forge = false; ///< tokens are signed with another key than the published one

private:
    using Claims = QMap<QByteArray, QByteArray>; ///< JSON text by name

    static const jose::Key& signingKey();
    QByteArray mint(const flow::Step& step, const flow::Yield& yield) const;
    Claims commonClaims(const setup::App* resource, const setup::App* client) const;
    const setup::ManagedIdentity& identityOf(const flow::Step& step, const flow::Yield& yield) const;
    void addIdentity(Claims& claims, const flow::Step& step, const flow::Yield& yield) const;
    void addBlueprint(Claims& claims, const flow::Step& step, const setup::App& client) const;
    void addAccess(Claims& claims, const flow::Yield& yield, const setup::App* resource,
        const setup::App& client, bool forUser, const QString& userAsked) const;
    QByteArray exchanged(const flow::Step& step, const flow::Yield& yield, const setup::Target& issuer) const;
    QByteArray outsideToken(const flow::Step& step, const flow::Yield& yield) const;
    QString userOf(const flow::Step& step) const;
    QByteArray signedToken(const QString& slot, Claims claims) const;
    std::optional<http::Response> onTheWayToMcp(const flow::Step& step) const;
    http::Response accepted(const flow::Step& step) const;
    http::Response refused(const base::Verdict& verdict) const;
    http::Response redirected(const QByteArray& query) const;
    void keep(const flow::StepRecord& record);

    QHash<QString, Claims> m_overlays {};
    jose::KeySet m_keys {};
};
