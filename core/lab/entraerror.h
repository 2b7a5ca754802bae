// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/lab/tenantcall.h"

namespace lab {

/// What every answer of the tenant carries: request id, server, telemetry (entra.md 0.4).
void addEntraHeaders(http::ServerResponse& reply, const TenantCall& call, const QByteArray& traceId,
    QByteArrayView code = "0");

/// A refusal as the token endpoint and the documents write it (entra.md 0.1).
http::ServerResponse entraError(const TenantCall& call, const base::Refusal& refusal);
/// The same on a page, for what must not be redirected.
http::ServerResponse entraErrorPage(const TenantCall& call, const base::Refusal& refusal);
/// "AADSTS65004: ..." with its trailer, for the redirect.
QByteArray entraDescription(const TenantCall& call, const base::Refusal& refusal, const QByteArray& traceId);

/// `number` of "AADSTS700213"; 0 when there is none.
int aadstsNumber(const QString& code);

/// What the lab answers to a verdict that does not accept: the receiver's refusal, or that the setup leaves it open.
base::Refusal refusalOf(const base::Verdict& verdict);

} // namespace lab
