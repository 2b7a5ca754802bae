// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/base/finding.h"
#include "core/diagnosis/errorcatalogue.h"
#include "core/jose/jwt.h"
#include "core/trust/principal.h"

#include <optional>

namespace diagnosis {

enum class ItemKind { Jwt, OpaqueToken, Jwe, Error, Url, Response, Secret, Unknown };

/// What is demanded of a token that is looked at.
struct IntakeOptions
{
    jose::KeySet keys {};
    bool hasKeys = false;
    jose::Expectation expected {};
    const setup::Setup* setup = nullptr;
};

/// One recognised part of what was pasted.
struct Item
{
    ItemKind kind = ItemKind::Unknown;
    QString label {};
    std::optional<jose::Jwt> token {};
    jose::Verification verification {};
    trust::Principal principal {};
    QString lifetime {};
    QString code {};                      ///< error: as it stands
    QString vendor {};
    const ErrorEntry* error = nullptr;    ///< nullptr: an unknown code
};

/// A token, an Authorization header, a token response, an error body or text, a callback URL: the parts by kind. Never
/// fetches anything. What is not recognised is said.
QList<Item> intake(const QByteArray& text, const IntakeOptions& options);

QString itemKindName(ItemKind kind); ///< "jwt", "opaqueToken", ... as in cli.md

} // namespace diagnosis
