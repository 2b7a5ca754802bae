// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/jose/jwt.h"
#include "core/trust/sheet_p.h"
#include "core/trust/tokenexchange.h"

namespace trust {

/// One request while it is judged.
struct ExchangeCase
{
    const setup::Setup& setup;
    const setup::Target& target;
    const http::Form& form;
    const Knowledge& knowledge;
    base::Instant now;
    Sheet& sheet;
    ExchangeDecision& decision;
    jose::Jwt subject {};
    jose::Jwt actor {};

    QString text(QByteArrayView parameter) const { return QString::fromUtf8(form.value(parameter)); }
    bool has(QByteArrayView parameter) const { return !form.value(parameter).isEmpty(); }
    json::Value setting(QByteArrayView name) const { return target.settings.root()[name]; }
};

/// A token in a part of the request: what it is called, which list of the settings its principal has to be in, and what is
/// answered when it is not good.
struct PresentedToken
{
    const char* parameter;      ///< "subject_token"
    const char16_t* word;       ///< "subject token"
    const char16_t* group;      ///< heading of its checks
    const char* list;           ///< "subjects"
    bool listNeeded;            ///< without the list nobody is taken
    const Answer* answer;
};

/// Signature, issuer, audience, time and principal of a presented token. Nothing of it is believed before.
void checkPresented(ExchangeCase& c, const PresentedToken& part, const jose::Jwt& token);
/// Whether the actor may act for the subject: `may_act` of the subject token goes before the list of actors.
void checkMayAct(ExchangeCase& c, const PresentedToken& part);
/// What the token says about whom it is for: `oid` where there is one, since Entra's `sub` differs from app to app.
QString principalIn(const jose::Jwt& token);
/// JSON of `act`: the actor, and inside it whoever acted before.
QByteArray actorClaim(const ExchangeCase& c);

// exchangetarget.cpp
/// `audience` and `resource` are offered; `scope` is among what can be granted; the lifetime.
void checkRequested(ExchangeCase& c);

} // namespace trust
