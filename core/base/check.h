// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace base {

enum class Outcome { Pass, Fail, NotEvaluated, Warning };

/// In what way presented and expected are nearly equal. Names as in the JSON (`nearName`).
enum class Near {
    Case, TrailingSlash, DoubleSlash, Whitespace, GuidUriTwin, V1V2Issuer, Scheme, Port, WildcardLiteral,
    ImmutableSubject, PrefixOnly, ObjectIdForClientId, ClientIdForObjectId, AzpNotAud, WrongTenant, SecretIdNotValue,
    ClockSkew, Encoding, CloudVariant, OneOfTwo, Lookalike
};

/// A near miss: its kind, the first differing place (UTF-16 index into `presented`), a sentence about this very case.
struct NearMiss
{
    Near kind {};
    std::optional<qsizetype> at {};
    QString text {};

    bool operator==(const NearMiss&) const = default;
};

/// A condition taken apart: operators with their parts, and single comparisons with the values they looked at. Policies,
/// CEL and matching expressions alike.
struct Condition
{
    QString text {};            ///< as it stands in the condition
    QString word {};            ///< "all of", "any of", "not"; empty for a comparison
    Outcome outcome {};         ///< pass, fail, or not evaluated
    QString why {};
    QStringList values {};      ///< what the comparison looked at: `claims.sub = "x"`
    QList<Condition> parts {};

    bool operator==(const Condition& other) const; // not defaulted: a list of itself is not comparable before it is whole
};

/// One comparison a receiver makes.
struct Check
{
    QString id {};        ///< what was compared: "issuer", "subject", "audience", "condition.StringEquals.sub"
    QString group {};     ///< heading the check stands under: "The token itself", "Federated credential mi-agents-prod"
    QString title {};     ///< "Issuer"
    QString expected {};  ///< what the receiver is configured to accept
    QString presented {}; ///< what it was shown
    Outcome outcome {};
    QString relation {};  ///< how the two relate when it holds ("equal", "GUID of api://..."), or why it was not evaluated
    std::optional<NearMiss> near {};
    QString fix {};       ///< a sentence; empty when nothing has to be done
    QString fixValue {};  ///< the value to write instead, when there is one
    QString fixPointer {};///< JSON pointer into the setup where fixValue belongs, or what was expected stands when it holds
    QString presentedFrom {}; ///< where the presented value stands: "claim sub", "client_secret in the request"
    QString expectedFrom {};  ///< where the expected value stands: "field subject of the credential"
    QString source {};    ///< RFC section or vendor page that demands the comparison
    QList<Condition> condition {}; ///< the condition as a tree: its root alone, or nothing

    bool operator==(const Check&) const = default;
};

enum class Decision { Accept, Refuse, NotEvaluated };
enum class Confidence { Certain, Likely, Unknown };

/// What a receiver answers when it refuses, in its own words and numbers.
struct Refusal
{
    int status = 0;     ///< HTTP status
    QString error {};   ///< OAuth error or vendor type: "invalid_client", "authentication_error"
    QString code {};    ///< "AADSTS7002138"; empty where the vendor has none
    QString text {};    ///< our own sentence, never the vendor's
    QString suberror {};///< Entra's suberror, mostly empty

    bool operator==(const Refusal&) const = default;
};

/// Everything one receiver compared, and what follows from it.
struct Verdict
{
    QString receiver {};  ///< who decides: "Microsoft Entra", "Anthropic"
    QString contract {};  ///< by what: the name of the federated credential, of the rule
    Decision decision = Decision::NotEvaluated;
    QList<Check> checks {};
    QString closest {};   ///< name of the nearest contract when several were tried and none fits
    Confidence confidence = Confidence::Certain;
    std::optional<Refusal> refusal {}; ///< only with Decision::Refuse: what goes on the wire

    bool operator==(const Verdict&) const = default;

    /// The first check that fails, else the first not evaluated one, else nullptr.
    const Check* decisive() const;
};

/// Refuse when any check fails, else not evaluated when any check is not evaluated, else accept. Warnings do not decide.
Decision decide(const QList<Check>& checks);

QString outcomeName(Outcome o);      ///< "pass", "fail", "notEvaluated", "warning"
QString nearName(Near n);            ///< "case", "trailingSlash", ... as in cli.md
QString decisionName(Decision d);    ///< "accept", "refuse", "notEvaluated"
QString confidenceName(Confidence c);///< "certain", "likely", "unknown"

} // namespace base
