// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/evidence.h"

namespace diagnosis {

/// What is known about one question. Known and empty means nobody or nothing; unknown is said as unknown.
struct Known
{
    bool known = false;
    QList<Evidence> values {};
};

/// One agent, or a workload that calls others without an agent identity.
struct AgentRecord
{
    QString name {};
    QString title {};
    QString kind {};        ///< "agentIdentity", "agentUser", "managedIdentity", "app"
    QString pointer {};
    Known owners {};
    Known invokers {};      ///< who may invoke it
    Known reaches {};       ///< targets, scopes, roles
    Known credentials {};   ///< what it can broker: secrets it may read, tokens that are minted for it
    Known dormant {};       ///< values: since when; known and empty: in use
    Known tooWide {};       ///< findings about it and what it reaches
};

/// The agents of a setup: agent identities, agent users, and what calls a target by another identity alone.
QList<AgentRecord> inventory(const Material& material);

} // namespace diagnosis
