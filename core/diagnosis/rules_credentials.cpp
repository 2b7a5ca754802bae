// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/tables_p.h"
#include "core/diagnosis/visit_p.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Severity;
using setup::CredentialType;

void keyDoesNotFit(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        if (record.error && record.error->code == u"certificate-key")
            out.append(finding(rule, Severity::Error, {.object = step.from.title, .step = step.title},
                {.step = step.id, .part = u"request"_s, .claim = u"client_assertion"_s, .pointer = record.error->where}));
    });
}

/// Where the host could vouch for the app, a key that can be copied is the weaker choice.
void certificateWhereIdentity(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    if (c.setup.managedIdentities.isEmpty())
        return;
    const setup::FlowSpec* walked = c.flow ? c.setup.flow(c.flow->id) : nullptr;
    forCredentials(c, CredentialType::Certificate, [&](const setup::App& app, const setup::Credential& credential) {
        const bool used = !walked || (walked->credential == u"certificate" && (walked->middleTier == app.name || walked->blueprint == app.name));
        if (used && !app.credential(CredentialType::Federated))
            out.append(finding(rule, Severity::Info, {.object = titleOf(app)}, {.pointer = credential.pointer}));
    });
}

/// "repo:owner/name:..." without the numbers of owner and repository.
void mutableSubject(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    static const QRegularExpression byName(u"^repo:[^/@:]+/[^@:]+:"_s);
    const setup::FlowSpec* walked = c.flow ? c.setup.flow(c.flow->id) : nullptr;
    forCredentials(c, CredentialType::Federated, [&](const setup::App&, const setup::Credential& credential) {
        const bool github = credential.issuer == u"https://token.actions.githubusercontent.com"
            || (c.setup.issuer(credential.source.name) && c.setup.issuer(credential.source.name)->kind == u"github");
        const bool used = !walked || walked->issuer == credential.source.name;
        if (used && github && byName.match(credential.subject).hasMatch())
            out.append(finding(rule, Severity::Warning,
                {.object = u"Federated credential "_s + credential.name,
                    .text = u"Names change hands: whoever takes over the name of the owner or repository fits, and a rename breaks it."_s},
                {.pointer = credential.pointer + u"/subject"_s}));
    });
}

/// Microsoft Graph: 20 federated credentials an object.
void tooMany(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    constexpr qsizetype most = 20, near = 18;
    for (const setup::App& app : c.setup.apps) {
        const auto count = std::ranges::count(app.credentials, CredentialType::Federated, &setup::Credential::type);
        if (count >= near)
            out.append(finding(rule, count >= most ? Severity::Error : Severity::Warning,
                {.object = titleOf(app), .presented = QString::number(count)}, {.pointer = app.pointer + u"/credentials"_s}));
    }
}

/// A setup describes one machine, and where it says so one server that Azure Arc manages.
bool isShared(const Case& c, const setup::ManagedIdentity& identity)
{
    return std::ranges::count_if(c.setup.managedIdentities, [&](const setup::ManagedIdentity& other) {
        return (other.flavour == u"arc") == (identity.flavour == u"arc");
    }) > 1;
}

/// Before anything was sent; afterwards the receiver's refusal says it at a better place.
void unpinned(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    clientIdsInFiles(c, rule, out);
    if (c.run && !c.run->records.isEmpty())
        return;
    for (const setup::FlowSpec& spec : c.setup.flows) {
        const setup::ManagedIdentity* identity = c.setup.managedIdentity(spec.managedIdentity);
        const bool walked = !c.flow || c.flow->id == spec.id;
        if (walked && identity && !spec.pinned && isShared(c, *identity))
            out.append(finding(rule, Severity::Error, {.object = identity->host, .presented = titleOf(*identity)},
                {.pointer = spec.pointer + u"/pinned"_s}));
    }
}

qsizetype childrenOf(const setup::Setup& setup, const QString& blueprint)
{
    return std::ranges::count_if(setup.apps,
        [&](const setup::App& app) { return app.kind == setup::AppKind::Agent && app.parent == blueprint; });
}

/// Option 1: the cloud sees the host's identity, whichever agent asks.
void flatAttribution(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::FlowSpec& spec : c.setup.flows) {
        const setup::ManagedIdentity* identity = c.setup.managedIdentity(spec.managedIdentity);
        const bool walked = !c.flow || c.flow->id == spec.id;
        if (walked && identity && spec.option == 1 && childrenOf(c.setup, spec.blueprint) > 1)
            out.append(finding(rule, Severity::Warning, {.object = titleOf(*identity)}, {.pointer = spec.pointer + u"/option"_s}));
    }
}

void laptop(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        if (step.contract.kind == u"managed-identity" && record.exchange.failure && !record.exchange.response)
            out.append(finding(rule, Severity::Info, {.object = step.title, .step = step.title},
                {.step = step.id, .part = u"response"_s}));
    });
}

constexpr auto certificates = "Microsoft: certificate credentials for application authentication";
constexpr auto federation = "Microsoft: workload identity federation considerations";

constexpr std::array table {
    Rule {"SEC-CERT-EXPIRED", "{object}: the certificate is over",
        "The registered certificate ended. A signature by its key proves nothing any more.",
        "Make a new certificate, register it beside the old one, then sign with it.", certificates, nullptr, AboutRun},
    Rule {"SEC-CERT-NOT-REGISTERED", "{object} signs with a certificate that nobody registered",
        "Entra finds the key by the certificate's thumbprint. The same key in another certificate is another credential.",
        "Register this very certificate, or sign with the one that is registered.", certificates, nullptr, AboutRun},
    Rule {"SEC-CERT-KEY", "{object}: the private key is not the certificate's",
        "The key in the keychain belongs to something else. Nothing was signed and nothing was sent.",
        "Store the private key of this certificate, as PEM or PKCS#12.", certificates, keyDoesNotFit, AboutRun},
    Rule {"SEC-ASSERTION-AUDIENCE", "{object} addressed its assertion to somebody else",
        "A client assertion is good at the token endpoint it names: {presented} is not this tenant's.",
        "Write the tenant's own token endpoint into aud.", "RFC 7523, 3", nullptr, AboutRun},
    Rule {"SEC-CERT-WHERE-MI", "{object} holds a certificate although its host has an identity",
        "A private key can be copied, a managed identity cannot.",
        "Add a federated credential for the managed identity, and drop the certificate.", certificates,
        certificateWhereIdentity, AboutManaged},
    Rule {"X-GITHUB-MUTABLE-SUB", "{object} names the repository by name alone",
        "GitHub writes owner and repository with their ids for repositories made, renamed or moved since 15 July 2026. "
        "The two forms never fit each other.",
        "Copy sub from a token of the job: repo:OWNER@ID/REPO@ID:...",
        "Microsoft: migrate GitHub Actions federated credentials to immutable subjects", mutableSubject, AboutFederated},
    Rule {"WL-NO-ISSUER", "{object}: the token names no issuer",
        "Nobody can look for the keys of an issuer that is not named. SPIFFE leaves iss out unless it is told to write it.",
        "Let the issuer write iss; in SPIRE it is the server's jwt_issuer.", "SPIFFE: JWT-SVID, 3", nullptr, AboutFederated},
    Rule {"WL-ALGORITHM", "{object}: the token is signed with an algorithm that Entra does not take",
        "Entra takes RS256 of outside issuers. The token says {presented}. (Refusing ES256 was seen in the field, not promised.)",
        "Let the issuer sign with RS256; in SPIRE it is the server's ca_key_type or jwt_key_type.", federation, nullptr,
        AboutFederated},
    Rule {"ID-FIC-LIMIT", "{object} has {presented} federated credentials",
        "An application takes twenty.", "Split it, or match several workloads by one expression.", federation, tooMany,
        AboutFederated},
    Rule {"ID-FIC-CHAINED", "{object}: the token was itself obtained by federation",
        "Federation is not chained: a cluster's service account that became a managed identity cannot become an app by it, even "
        "though issuer, subject and audience all fit. (Seen by several projects, documented by none.)",
        "Federate the service account's own token with the application, or take the identity's token from a virtual machine.",
        "seen in public traces", nullptr, AboutFederated},
    Rule {"ID-CLIENT-ID-UNPINNED", "{object} has several identities, and nobody says which is meant",
        "Two programs on one host may pick different ones: the platform hands out its own where the request names none.",
        "Name the identity by its client id, and set AZURE_CLIENT_ID alike in every container.",
        "Microsoft: get a token from the metadata service", unpinned, AboutManaged},
    Rule {"TR-OPTION1-FLAT", "{object} speaks for several agents, and the cloud cannot tell them apart",
        "The managed identity itself is federated to the cloud. All agents on it become one principal there, in rights and in "
        "the audit log, and none can be switched off alone.",
        "Federate the agent identities (option 2), each by its own subject.",
        "Microsoft: agent identities, federation to other clouds", flatAttribution, AboutManaged},
    Rule {"ID-CLIENT-DISABLED", "{object} is disabled",
        "Entra issues nothing to it any more. Tokens it has already live on until they expire; its siblings are not touched.",
        "Enable it when this was not meant.", "Microsoft: error codes, AADSTS7000112", nullptr, AboutRun},
    Rule {"PAT-LAPTOP-FEDERATED", "{object}: there is no metadata service here",
        "Nothing is wrong with the setup. The platform vouches for what runs on it, and this computer does not run on it: a "
        "laptop cannot begin this chain. What is missing cannot be copied here, and that is its strength.",
        "Walk the secret-based pattern here, or run it in Azure. Do not bring a secret to the federated one.",
        "Microsoft: get a token from the metadata service", laptop, AboutManaged},
};

} // namespace

std::span<const Rule> credentialRules() { return table; }

} // namespace diagnosis
