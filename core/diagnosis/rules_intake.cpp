// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/rules_intake_p.h"

#include "core/diagnosis/tables_p.h"

#include <array>

namespace diagnosis {

namespace {

/// What only a pasted artefact or an error text tells.
constexpr std::array table {
    Rule {"SEC-IN-CHANNEL", "A secret was sent along", "{object} stands in what was pasted. Whoever saw it can use it.",
        "Replace it, and take it out of what is passed on.", "OWASP: secrets management", nullptr, AboutRun},
    Rule {"AUD-TOKEN-LOGGED", "A whole token stands in a log or an address",
        "{object} stands there with its signature, so whoever reads it can use it.",
        "Log a hash of the token and the claims that are needed.", "RFC 6750, 5.3", loggedInCode, AboutRun | AboutFiles},
    Rule {"ID-MI-NOT-FOUND", "The managed identity is not on this host",
        "The metadata service knows no identity with the id that is asked for.",
        "Assign the identity to the host, or name the client id of one that is.", "Microsoft: managed identities, use a VM's token",
        nullptr, AboutManaged},
};

} // namespace

std::span<const Rule> intakeRules() { return table; }

} // namespace diagnosis
