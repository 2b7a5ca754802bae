// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "cli.h"

#include "handlers.h"
#include "settingscommand.h"

#include <algorithm>

namespace cli {

namespace {

constexpr Option json {"json", nullptr, "one JSON document on standard output"};

constexpr Option walkOptions[] = {
    json,
    {"flow", "ID", "which flow (default: the setup's first)"},
    {"against", "lab|live", "the lab (default) or the live services"},
    {"sign-in", "NAME", "lab: this user signs in by itself, no browser"},
    {"fault", "ID", "lab: break something on purpose", true},
    {"now", "TIME", "lab: the clock, RFC 3339"},
    {"seed", "TEXT", "lab: the same keys and ids each time"},
    {"ca", "FILE", "live: PEM of an authority to trust beside the system's", true},
    {"wait", "SECONDS", "how long to wait for the browser (default 300)"},
    {"report", "FILE", "also write the run as an HTML report"},
    {"reveal", nullptr, "show whole tokens and bodies"},
};
constexpr Option jsonOnly[] = {json};
constexpr Option labOptions[] = {
    json,
    {"manifest", "FILE", "where the manifest is written"},
    {"port-base", "N", "consecutive ports from here (default: free ones)"},
    {"fault", "ID", "break something on purpose", true},
    {"seed", "TEXT", "the same keys and ids each time"},
    {"now", "TIME", "the clock, RFC 3339"},
    {"quit-with-stdin", nullptr, "stop when standard input closes"},
};
constexpr Option reportOptions[] = {
    {"as", "html|md|mermaid|svg|json|sarif|bundle", "the form (default html)"},
    {"o", "FILE", "where to (default: standard output)"},
    {"reveal", nullptr, "leave whole tokens and bodies in, where the run has them"},
};
constexpr Option inspectOptions[] = {
    json,
    {"keys", "FILE|URL", "JWKS or PEM: verify with these"},
    {"issuer", "TEXT", "demand this issuer"},
    {"audience", "TEXT", "demand this audience"},
    {"alg", "LIST", "accept these algorithms, comma separated"},
    {"leeway", "SECONDS", "for times (default 0)"},
    {"setup", "SETUP", "its objects give names, its receivers judge the tokens; exit 0 when each one that a token is addressed to (aud) accepts"},
    {"flow", "ID", "of a HAR with several flows: this one alone"},
    {"now", "TIME", "the clock, RFC 3339"},
};
constexpr Option matchOptions[] = {
    json,
    {"now", "TIME", "the clock, RFC 3339"},
};
constexpr Option checkOptions[] = {
    json,
    {"run", "RUN", "also the findings of a recorded run"},
    {"sarif", "FILE", "write them as SARIF 2.1.0 too"},
    {"baseline", "FILE", "leave out what is accepted there"},
    {"write-baseline", "FILE", "accept what there is now: write it and stop"},
    {"now", "TIME", "the clock, RFC 3339"},
};
constexpr Option designOptions[] = {
    json,
    {"run", "RUN", "also what a recorded run shows"},
    {"as", "text|md|html|json", "the form (default text)"},
    {"o", "FILE", "where to (default: standard output)"},
    {"now", "TIME", "the clock, RFC 3339"},
};
constexpr Option secretOptions[] = {json, {"all", nullptr, "delete: every entry of the setup, those of credentials it names no more as well"}, {"file", "FILE", "set: the private key of a certificate, PEM or PKCS#12; its password is asked"}};

constexpr Option adviseOptions[] = {
    json,
    {"acts", "user|service|agent|workload", "who acts"},
    {"data", "user|own", "whose data"},
    {"runs", "azure|kubernetes|aws|google|github|laptop", "where it runs"},
    {"target", "entra-api|anthropic|aws|google|mcp|saas|vault", "what is called"},
    {"o", "FILE", "write the setup to begin with"},
};
constexpr Option importOptions[] = {
    json,
    {"o", "FILE", "where the setup goes (default: standard output)"},
};

constexpr Option settingsOptions[] = {
    json,
    {"flow", "ID", "whose sidecar (default: the setup's first)"},
    {"as", "env|appsettings|compose", "the form (default env)"},
    {"diff", nullptr, "what differs between the secret-based and the federated pattern"},
    {"read", "FILE", "take an existing file apart, and say what is wrong with it"},
};

constexpr Command table[] = {
    {"walk", "SETUP", "execute a flow and show every hop", 1, 1, walkOptions, walkCommand},
    {"flows", "SETUP", "the flows of a setup and their steps", 1, 1, jsonOnly, flowsCommand},
    {"samples", "", "the setups that ship", 0, 0, jsonOnly, samplesCommand},
    {"inspect", "[FILE|-]", "anything pasted: tokens, headers, answers, callback URLs, curl lines, errors, logs, pages", 0, 1, inspectOptions, inspectCommand},
    {"match", "TOKEN CONTRACT", "one token against one contract in the vendor's own JSON", 2, 2, matchOptions, matchCommand},
    {"check", "SETUP [FILE...]", "findings of a setup without running anything, and of the files and folders beside it", 1, 1000, checkOptions, checkCommand},
    {"inventory", "SETUP", "the agents: who owns and may invoke them, what they reach and broker, which are dormant or too wide", 1, 1, designOptions, inventoryCommand},
    {"review", "SETUP", "six questions of a design review, each answered with its evidence", 1, 1, designOptions, reviewCommand},
    {"advise", "", "which flow fits: without answers, the questions", 0, 0, adviseOptions, adviseCommand},
    {"import", "FILE...", "existing configuration as a setup: Entra manifests, federated credentials, sidecar settings, AWS and Google JSON", 1, 1000, importOptions, importCommand},
    {"report", "RUN", "a recorded run (the JSON of walk) as a report", 1, 1, reportOptions, reportCommand},
    {"diff", "RUN RUN", "two runs aligned by step; what changes each time is muted", 2, 2, jsonOnly, diffCommand},
    {"lab", "[SETUP]", "only the lab; prints its manifest's path", 0, 1, labOptions, labCommand},
    {"rules", "", "the rules behind findings: why, fix, source", 0, 0, jsonOnly, rulesCommand},
    {"faults", "", "the faults: what breaks, which finding it must produce", 0, 0, jsonOnly, faultsCommand},
    {"settings", "[SETUP]", "the settings of a setup's sidecar, or what an existing file says", 0, 1, settingsOptions, settingsCommand},
    {"secret", "set|list|delete SETUP [NAME]", "keychain entries of a setup; values come from the terminal or standard input", 2, 3, secretOptions, secretCommand},
};

} // namespace

std::span<const Command> commands() { return table; }

const Command* command(QStringView name)
{
    const auto it = std::ranges::find_if(table, [&](const Command& c) { return name == QLatin1String(c.name); });
    return it == std::end(table) ? nullptr : &*it;
}

} // namespace cli
