// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/base/finding.h"
#include "core/base/json.h"
#include "core/base/jsonwriter.h"

/// The shapes of the command line's JSON, each written in one place.
namespace report {

/// A token's header or claims, without the private keys in them; "null" when they could not be read.
QByteArray partJson(const json::Document& part);
void write(json::Writer& out, const char* name, const base::Check& check);
void write(json::Writer& out, const char* name, const base::Verdict& verdict);
void write(json::Writer& out, const char* name, const base::Finding& finding);
void write(json::Writer& out, const char* name, const QList<base::Finding>& findings);

} // namespace report
