// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/step.h"
#include "core/setup/setup.h"

/// AWS security token service (STS API Reference): the query protocol, form in, XML out.
namespace federation {

/// AssumeRoleWithWebIdentity, unsigned: the web identity token in `tokenSlot` for a session. Its token goes to
/// `sessionSlot`, key id and secret key to reply slots beside it.
flow::Step assumeRole(const setup::Target& target, const flow::Party& asker, const QString& tokenSlot, const QString& sessionSlot, const flow::Frame& frame);
/// GetCallerIdentity, signed with that session (Signature Version 4): the proof that it works. Needs no permission.
flow::Step callerIdentity(const setup::Target& target, const flow::Party& asker, const QString& sessionSlot, const flow::Frame& frame);

/// Reply slot of the assumed role's ARN.
QString assumedRoleSlot(const flow::Frame& frame);

} // namespace federation
