// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/flow/resolve.h"
#include "core/flow/run.h"
#include "core/flow/step.h"
#include "core/trust/knowledge.h"
#include "core/trust/principal.h"

/// Who vouches for whom on what evidence, from setup, flow and run. Pure.
namespace chain {

enum class Root { Attested, User, DiskSecret, Mixed, Unknown };
enum class Lane { People, Outside, Entra, Downstream }; ///< People is "Runtime" when no user takes part

/// How far a party or link is: nothing sent yet, under way, decided.
enum class State { NotReached, Predicted, UnderWay, Accepted, Refused, Failed };

struct ChainParty
{
    QString id {}; ///< "<group>/<setup name>": stable for the same setup
    flow::PartyKind kind {};
    QString title {}; ///< "mi-agents-prod"
    QString word {};  ///< "Managed identity"
    Lane lane {};
    int row = 0;    ///< 0: main row, -1: user row above, +1: below
    int column = 0; ///< order within the chain, left to right
    bool reached = false;
    QString pointer {}; ///< of the object in the setup
    QString group {};
};

/// What is shown on the way from one party to the next.
struct Link
{
    QString id {};     ///< of the step that draws it; with "#2" for a second piece of evidence of that step
    QString stepId {}; ///< whose gate stands on it now: the last step it carries that has something to say
    QStringList carries {}; ///< all steps between these two parties, in order; the first draws the link
    QString from {};        ///< party ids
    QString to {};
    QString evidence {};        ///< "T0", "client secret"
    QString slot {};            ///< token slot, when it is one
    flow::PartyKind speaker {}; ///< whose evidence: decides glyph and colour
    QString contractKind {};
    QString contractName {};
    State state = State::NotReached;
    base::Decision predicted = base::Decision::NotEvaluated;
    bool hasPrediction = false;
    QString word {}; ///< "Refused: subject, case", "Accepted", "Not reached"
    std::optional<base::Instant> notBefore {}, expires {}; ///< of the evidence
    bool crossesTrust = true;                              ///< the gate stands on a lane border
    bool askFor = false; ///< a dotted "asks for" line to a resource app below
    QString group {};
};

/// Plate under the first party.
struct RootPlate
{
    QString party {}; ///< whose root it is
    Root root = Root::Unknown;
    QString title {};  ///< "Attested compute"
    QString detail {}; ///< "ca-agents-weu", "client secret of Claims Desk"
    QString stepId {}; ///< the step its upward link carries; empty when none
    State state = State::NotReached;
    QString evidence {}; ///< "T0 issued", "client secret"
    QString contractKind {};
    QString contractName {};
    QString word {}; ///< as on a link
    QString group {};
};

/// One row of the audience ledger.
struct Audience
{
    QString step {}; ///< step id that issued the token
    QString slot {};
    flow::Party speaker {};
    QString asked {};        ///< "api://AzureADTokenExchange/.default"
    QString issued {};       ///< aud as written; "opaque" where it cannot be read
    QStringList accepted {}; ///< what the next receiver accepts
    QString acceptedBy {};   ///< "credential mi-agents-prod"
    QString presentedAt {};  ///< step id where the token was or will be presented
    base::Outcome outcome = base::Outcome::NotEvaluated;
    QString note {}; ///< "URI and GUID, same resource"
    std::optional<base::Instant> notBefore {}, expires {}, presented {};
};

struct AuditPrincipal
{
    QString target {};     ///< "Anthropic"
    QString principal {};  ///< "svac_01HbClaims"
    QString text {};       ///< one sentence
    bool observed = false; ///< "shows" rather than "will show"
};

struct Chain
{
    Root root = Root::Unknown;
    QString rootText {};   ///< "Attested compute", "User, and attested compute"
    QString rootDetail {}; ///< "Nothing on disk", "Whoever copies the secret is the blueprint"
    QList<ChainParty> parties {};
    QList<Link> links {};
    QList<RootPlate> roots {};
    QList<Audience> audiences {};
    QList<AuditPrincipal> auditPrincipals {};
    QHash<QString, QString> groupTitles {}; ///< of groups that are not called by their root of trust
    QStringList framed {};  ///< ids of parties that a frame is drawn around
    QString frameTitle {};  ///< "From here on the receivers see the same"

    const ChainParty* party(QStringView id) const;
    const Link* link(QStringView stepId) const; ///< the first that carries this step
    const RootPlate* plate(QStringView stepId) const;
};

Chain derive(const setup::Setup& setup, const flow::Flow& flow, const flow::Run& run);
/// Gives the parties of a chain their lanes, columns and rows, by kind and links alone: the last part of derive(), and all
/// that a chain read from a file is in need of.
void arrange(Chain& chain);

/// The verdict to expect of a step: its request (already resolved, or previewed from what is known) judged by
/// the contract it names, with the keys fetched so far. Nothing where nothing is decided or the request
/// cannot be built yet.
std::optional<base::Verdict> predict(const setup::Setup& setup, const flow::Step& step,
    const http::Request& request, const flow::Run& run, base::Instant now);
std::optional<base::Verdict> preview(const setup::Setup& setup, const flow::Step& step,
    const flow::Ingredients& known, const flow::Run& run, base::Instant now);

/// Fills in what is predicted of steps not sent yet, as far as their requests can be built from what is
/// known.
void addPredictions(Chain& chain, const setup::Setup& setup, const flow::Flow& flow,
    const flow::Ingredients& known, const flow::Run& run, base::Instant now);

/// What the run has fetched and seen, as far as a receiver's view of it is certain: keys, and whether the
/// assertion in this request was used before. The run must outlive it.
trust::Knowledge knowledgeOf(const flow::Run& run, const http::Request& request);

/// A token's signature as far as it can be said: checked with the keys fetched in this run, as it was checked before it
/// was removed, or why it was not.
base::Check signatureOf(const flow::Token& token, const flow::Run& run, base::Instant now);
/// Of an opaque token: a prefix that says what kind it is, "sk-ant-oat01-", never more of the secret than that.
QByteArray prefixOf(const flow::Token& token);

QString rootName(Root root);  ///< "attested", "user", "diskSecret", "mixed", "unknown" as in cli.md
QString rootTitle(Root root); ///< "Attested compute", ...
QString partyWord(flow::PartyKind kind); ///< "Managed identity", ...
QString partyName(flow::PartyKind kind); ///< "managedIdentity", ... for the JSON

} // namespace chain
