// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/clock.h"
#include "core/base/secret.h"
#include "core/flow/run.h"
#include "core/flow/step.h"

#include <map>

namespace flow {

/// What a step's values are made of besides the setup.
struct Ingredients
{
    QHash<QString, QByteArray> tokens {};  ///< by slot
    QHash<QString, QByteArray> values {};  ///< by slot
    QByteArray state {};
    QByteArray nonce {};
    QByteArray verifier {};                ///< RFC 7636: 43 characters from 32 random bytes
    QByteArray redirectUri {};
    base::Instant now {};                  ///< for what is signed here
    const std::map<setup::SecretKey, base::Secret>* secrets = nullptr; ///< nullptr: preview, placeholders stand for them
};
/// Fresh state, nonce and verifier, at least 256 bits each from the system's generator.
Ingredients freshIngredients();
/// S256 of RFC 7636 4.2.
QByteArray challengeOf(QByteArrayView verifier);

struct Resolved
{
    http::Request request {};
    QList<Origin> origins {};
};
/// The request a step describes. Pure. Error "not-yet" when a token or value of an earlier step is missing (with the slot in
/// `where`), "secret-missing" when a secret is; never for what the world answers.
base::Result<Resolved> resolve(const Step& step, const Ingredients& known);
/// All secrets a step needs.
QList<setup::SecretKey> secretsOf(const Step& step);
/// The text that stands for a secret in a preview.
QByteArray secretPlaceholder();
/// One value alone; for expectations and key URLs.
base::Result<QByteArray> resolveValue(const Value& value, const Ingredients& known);

} // namespace flow
