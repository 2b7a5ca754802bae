// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/jsonwriter.h"
#include "core/report/runjson.h"

namespace report {

/// One element of `steps`: what the step is, and what became of it.
void writeStep(json::Writer& out, const flow::Step& step, const Source& source);
/// { "kind", "id", "title" }
void write(json::Writer& out, const char* name, const flow::Party& party);

QString useName(flow::TokenUse use);              ///< "access", "id", "refresh", "assertion"
QString evidenceName(flow::Evidence::Kind kind);  ///< "token", "secret", "signIn", "attestation"
QString originName(flow::Origin::Part part);      ///< "url", "query", "header", "body"
QString failureName(http::Failure::Kind kind);    ///< "timeout", "refused", "notFound", ...

} // namespace report
