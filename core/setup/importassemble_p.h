// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "importdraft_p.h"

namespace setup::importing {

/// nullptr when there is none.
QJsonObject* appOfKind(Draft& draft, QStringView kind);
QJsonObject& addApp(Draft& draft, const QString& kind, const QString& title, const QString& clientId);
/// Gives the app a federated credential for that managed identity, and says that no file lists it.
void trustIdentity(Draft& draft, QJsonObject& app, const QString& identity);

/// Every target whole: its address, the app that stands for its audience, what a cloud's contract says of who comes.
void completeTargets(Draft& draft);
/// Whom the targets' contracts expect in `sub`; empty where they do not say.
QString subjectOfTargets(const Draft& draft);
/// The flows that the objects are enough for.
void deriveFlows(Draft& draft);

} // namespace setup::importing
