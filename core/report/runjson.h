// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/finding.h"
#include "core/chain/chain.h"
#include "core/flow/run.h"
#include "core/setup/binding.h"
#include "core/setup/setup.h"

namespace diagnosis { struct Recorded; }
namespace session { class Session; }

namespace report {

/// Everything a report shows, by reference: a session's state, or an imported run's.
struct Source
{
    const setup::Setup& setup;
    const setup::Bindings& bindings;
    const flow::Flow& flow;
    const flow::Run& run;
    const chain::Chain& chain;
    const QList<base::Finding>& findings;
    base::Instant now {};
    const diagnosis::Recorded* recorded = nullptr; ///< the file it was read from, whose counts go along
    bool reveal = false;   ///< whole tokens and secrets; only when asked for on purpose
};

/// "accepted", "refused", "failed"
QString resultOf(const flow::Flow& flow, const flow::Run& run);

/// The `run` shape of the command line. Redacted unless reveal: tokens to header, payload and fingerprint.
QByteArray runJson(const Source& source);
/// Of what is open: the run that is walked, or the recording that is looked at.
QByteArray runJson(const session::Session& session, bool reveal = false);

/// The redacted (or whole) request and response as an object with method, url, headers, body.
QByteArray requestJson(const http::Exchange& exchange, bool reveal);
QByteArray responseJson(const http::Exchange& exchange, bool reveal);

} // namespace report
