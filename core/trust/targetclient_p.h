// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/message.h"
#include "core/setup/setup.h"
#include "core/trust/knowledge.h"
#include "core/trust/sheet_p.h"

namespace trust {

/// A client's request at the token endpoint of a target that knows one client, by its `clientId`.
struct TargetClient
{
    const setup::Target& target;
    QByteArray clientId {};   ///< of the body, or the user part of Basic
    QByteArray secret {};     ///< null when none was sent
    QString from {};          ///< where the secret stands in the request
};

TargetClient readTargetClient(const setup::Target& target, const http::Form& form, QByteArrayView authorization);

/// Id and secret of that client (RFC 6749 section 2.3.1). A public client, `"publicClient": true` in the settings, proves
/// nothing. Where nobody here knows the secret the check stays open.
void checkTargetClient(Sheet& sheet, const TargetClient& client, const Knowledge& knowledge, const Answer& denied);

} // namespace trust
