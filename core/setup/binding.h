// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/setup.h"

namespace setup {

/// A real origin and the one that plays it: {"https://login.microsoftonline.com", "https://127.0.0.1:41000"}.
struct Binding
{
    QString real {};
    QString bound {};
    bool operator==(const Binding&) const = default;
};
using Bindings = QList<Binding>;

/// The origins of a setup that a lab has to play, each once: authorities, v1 issuer hosts, metadata endpoints, targets,
/// issuers, providers.
QStringList originsToBind(const Setup& setup);

/// Replaces origins in fields of kind Origin, Url, Issuer (and issuer_url and issuerUri in Foreign objects, and host and port in AWS
/// provider URLs, provider ARNs and condition keys) and keeps everything after them: slashes, case and versions
/// survive, a mistyped host still fails. A pure function; the only difference between
/// lab and live.
base::Result<Setup> bind(const Setup& setup, const Bindings& bindings);

/// For the screen: the text with bound origins replaced by the real ones.
QString unbound(const QString& text, const Bindings& bindings);

} // namespace setup
