// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/intake_p.h"

namespace diagnosis {

// Answers of vendors, told by their members. What `take...` returns is dealt with; the other members are looked into.
bool isErrorBody(const json::Value& v);
QStringList takeErrorBody(Gathering& to, const json::Value& v);
bool isTokenBody(const json::Value& v);
QStringList takeTokenBody(Gathering& to, const json::Value& v);
bool isAwsCredentials(const json::Value& v);
QStringList takeAwsCredentials(Gathering& to, const json::Value& v);
bool isVaultSecret(const json::Value& v);
QStringList takeVaultSecret(Gathering& to, const json::Value& v);

/// A member whose name promises a credential, a secret or a header. False for every other one.
bool takeNamed(Gathering& to, const QString& name, const json::Value& value);

} // namespace diagnosis
