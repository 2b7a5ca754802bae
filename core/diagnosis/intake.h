// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/base/finding.h"
#include "core/diagnosis/errorcatalogue.h"
#include "core/jose/jwt.h"
#include "core/setup/setup.h"
#include "core/trust/principal.h"

#include <optional>

namespace diagnosis {

enum class ItemKind { Jwt, OpaqueToken, Jwe, Error, Url, Response, Har, Secret, Unknown };

/// What is demanded of a token that is looked at.
struct IntakeOptions
{
    jose::KeySet keys {};
    bool hasKeys = false;
    jose::Expectation expected {};
    const setup::Setup* setup = nullptr; ///< its objects give names, its receivers verdicts
};

/// One recognised part of what was pasted.
struct Item
{
    ItemKind kind = ItemKind::Unknown;
    QString label {};                     ///< what it is, one clause; never a secret
    QString vendor {};                    ///< whose token, whose error
    int line = 1;                         ///< where it begins in what was pasted
    int times = 1;                        ///< how often the same stands there
    QStringList wrong {};                 ///< what is wrong with it, most important first
    QStringList causes {};                ///< why, likeliest first
    QString fix {};
    QStringList ask {};                   ///< what to ask the customer for, where evidence is missing
    // tokens
    std::optional<jose::Jwt> token {};
    jose::Verification verification {};
    trust::Principal principal {};
    QString lifetime {};
    QString note {};                      ///< what is peculiar about tokens of this kind
    QString fingerprint {};               ///< of tokens; secrets have none
    QList<base::Verdict> verdicts {};     ///< of the receivers it is addressed to; of all where it is addressed to none
    QList<base::Verdict> elsewhere {};    ///< of those that want another audience altogether: nobody presents it there
    // errors
    QString code {};                      ///< as it stands
    QString said {};                      ///< the vendor's own words, secrets hidden
    const ErrorEntry* error = nullptr;    ///< nullptr: a code that is not known here
    QString rule {};                      ///< the finding it stands for; may be empty
};

/// Everything that was recognised in one blob, in its order.
struct Inspection
{
    QList<Item> items {};
    QStringList ask {};
    QList<base::Finding> findings {};
    QList<QByteArray> contracts {};       ///< vendor JSON that the tokens are held against, as it was written
    QByteArray run {};                    ///< JSON of a recorded run that was pasted; empty when there was none
};

/// A token, an Authorization header, a token response, an error body or text, a callback URL, a curl line, log lines, a
/// page: the parts by kind. Never fetches anything, never echoes a secret. What is not recognised is said; nothing
/// ends in silence.
Inspection inspect(const QByteArray& text, const IntakeOptions& options);

/// The same of a file whose name tells what it is: environment, compose file, Dockerfile, pipeline, settings, code. Then the
/// rules on files look at it too, and what they say of a secret goes before what is said of a pasted one.
Inspection inspectFile(const QByteArray& text, const QString& name, const IntakeOptions& options);

/// Whether every receiver that a token of it is presented to accepts: no verdict refuses, none was left open.
bool isAcceptedByAll(const Inspection& inspection);

QString itemKindName(ItemKind kind); ///< "jwt", "opaqueToken", ... as in cli.md

} // namespace diagnosis
