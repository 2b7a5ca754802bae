// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/setup.h"

#include <QJsonObject>

namespace lab {

/// One change of a setup's text.
struct Edit
{
    QString pointer {};
    QByteArray json {};
};

/// The setup with all of them, in order. No edits: an Error "fault-not-applicable".
base::Result<setup::Setup> withEdits(const setup::Setup& setup, const QList<Edit>& edits);

QByteArray jsonText(const QString& text);
/// A public key (JWK) that no issuer of the lab signs with: one from before it changed its keys.
QByteArray formerKey();
/// A copy of a registration as it stands in the setup, under "<name>-new". Its secrets are its own: the directory gives
/// no id twice.
QJsonObject secondRegistration(const setup::Setup& setup, const setup::App& app);

// What the flows of a setup use, each once; without flows, everything of the kind.
QList<const setup::App*> rootApps(const setup::Setup& setup); ///< blueprints and middle tiers
QList<const setup::App*> clientApps(const setup::Setup& setup); ///< where users sign in
QList<const setup::App*> agentApps(const setup::Setup& setup);
QList<const setup::Target*> targets(const setup::Setup& setup, QLatin1StringView kind);
QList<const setup::Credential*> rootCredentials(const setup::Setup& setup, setup::CredentialType type);

} // namespace lab
