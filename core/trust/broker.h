// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/base/json.h"
#include "core/http/message.h"
#include "core/setup/setup.h"
#include "core/trust/knowledge.h"

namespace trust {

/// A token request as a form, whichever way it came: a JSON object's texts become fields (downstream.md 4.1).
http::Form brokerForm(const http::Headers& headers, const QByteArray& body);

struct ConnectionDecision
{
    base::Verdict verdict {};
    QString reason {};          ///< id of the check that decided; empty when accepted
    QString connection {};      ///< appId
    QString user {};            ///< name of the setup's user
    QStringList scopes {};
    QString client {};          ///< of the platform token; empty with a management key
    QString principal {};
    bool byKey = false;         ///< a management key asked: no policy was looked at
};
/// A downstream connection token is fetched with a platform token, which needs the scope outbound.token.fetch and a policy,
/// or with a management key, which needs neither. The target's settings list `connections`: appId, target, scopes, users.
ConnectionDecision decideConnection(const setup::Setup& setup, const setup::Target& broker, const http::Headers& headers,
    const json::Value& body, const Knowledge& knowledge, base::Instant now);

} // namespace trust
