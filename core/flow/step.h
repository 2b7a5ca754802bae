// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/finding.h"
#include "core/setup/contract.h"
#include "core/setup/secrets.h"
#include "core/setup/setup.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>
#include <variant>
#include <vector>

/// Steps as values: who asks whom, which fields, from where each value comes, what the reply yields. No vendor names.
namespace flow {

enum class PartyKind { User, ManagedIdentity, Blueprint, Agent, App, Resource, Outside, Downstream, Issuer, Host };

/// Whoever takes part in a step. `id` is the name of a setup object, or "entra", "host", ... where there is none.
struct Party
{
    PartyKind kind {};
    QString id {};
    QString title {};
    bool operator==(const Party&) const = default;
};

struct Value;
struct Literal { QByteArray text {}; };                          ///< fixed by the protocol
struct FromSetup { QString text {}; QString pointer {}; };       ///< written in the setup
struct FromSecret { setup::SecretKey key {}; };                  ///< from the secret store
struct FromToken { QString slot {}; };                           ///< an earlier token, whole
struct FromReply { QString slot {}; };                           ///< an earlier reply's value
struct Made { enum Kind { State, Nonce, Verifier, Challenge, RedirectUri, Uuid } kind {}; }; ///< made here, once a run
struct Joined { std::vector<Value> parts {}; };
/// A client assertion signed here with a private key from the secret store (RFC 7523 section 2.2; Microsoft: certificate
/// credentials). The key is PEM or PKCS#12; without a certificate in it, `certificate` is the public half.
struct SignedAssertion
{
    setup::SecretKey key {};
    QByteArray certificate {};   ///< PEM
    QByteArray algorithm {};     ///< "PS256" with x5t#S256, "RS256" with x5t, "ES256" with kid alone
    bool chain = false;          ///< x5c in the header
    QString issuer {};           ///< iss and sub: the client id
    QString audience {};         ///< the token endpoint
    QString pointer {};          ///< of the credential in the setup
};
struct Value
{
    std::variant<Literal, FromSetup, FromSecret, FromToken, FromReply, Made, Joined, SignedAssertion> v {};
};

// Short ways to write them down.
inline Value literal(QByteArray text) { return {Literal {std::move(text)}}; }
inline Value fromSetup(QString text, QString pointer) { return {FromSetup {std::move(text), std::move(pointer)}}; }
inline Value fromSecret(setup::SecretKey key) { return {FromSecret {std::move(key)}}; }
inline Value fromToken(QString slot) { return {FromToken {std::move(slot)}}; }
inline Value fromReply(QString slot) { return {FromReply {std::move(slot)}}; }
inline Value made(Made::Kind kind) { return {Made {kind}}; }
inline Value signedAssertion(SignedAssertion assertion) { return {std::move(assertion)}; }
Value joined(std::vector<Value> parts);

/// A header, query parameter, form field or JSON member.
struct Field
{
    QByteArray name {};
    Value value {};
    bool json = false;   ///< in a JSON body: the value is JSON text, not a string
    bool optional = false; ///< left out when its value is not there (a reply that did not yield it)
};

enum class BodyFormat { None, Form, Json };

enum class TokenUse { Access, Id, Refresh, Assertion };

/// What to pick out of a reply.
struct Yield
{
    /// RFC 6901 into the body, whatever its form (XML by element names, a form by its parameters); empty: the whole body
    /// as text. For an interactive step a callback parameter: "/code".
    QString pointer {};
    QString slot {};             ///< "T1", "code"
    bool token = false;          ///< a token: decoded, shown, kept in the run; else a plain value
    TokenUse use = TokenUse::Access;
    bool required = true;
    Party speaker {};            ///< token: the party it is issued to
    QByteArray header {};        ///< out of this header in place of the body; a challenge by its parameters: "/resource_metadata"
};

/// The request as a whole is signed with a secret of an earlier reply (AWS Signature Version 4).
struct RequestSignature
{
    QByteArray service {};       ///< "sts"
    Value region {};
    QString keyIdSlot {};
    QString secretSlot {};
    QString sessionSlot {};      ///< may be empty
};

/// Something this client demands of a reply before it goes on (RFC 9207, OpenID Connect Core, RFC 8414).
struct Expectation
{
    enum class On { Reply, TokenClaim, IdToken } on {}; ///< IdToken: all that is demanded of one (demands.h), `value` is the client
    QString slot {};             ///< of the token
    QString name {};             ///< member pointer, or claim name
    enum class How { Equals, EqualsAnyCase, EqualsIfPresent, EqualsAnyCaseIfPresent, EqualsIfPromised, ContainsIfPresent } how {};
    Value value {};
    QString promisedBy {};       ///< EqualsIfPromised: reply slot that holds "true" when the member must be there
    QString id {};               ///< check id: "state", "iss", "nonce", "metadata issuer"
    QString title {};
    QString source {};
};

/// A token or secret that the receiver decides on, for the chain and the audience ledger.
struct Evidence
{
    QString slot {};             ///< token slot; empty for a secret or a sign-in
    enum class Kind { Token, Secret, SignIn, Attestation } kind {};
    QString title {};            ///< "T0", "client secret", "password and consent"
};

struct Step
{
    QString id {};               ///< "exchange-as-blueprint"
    QString title {};            ///< "Exchange as blueprint"
    QString shortTitle {};       ///< "As blueprint"
    QString explain {};          ///< key of its explanation in resources
    Party from {};
    Party to {};                 ///< who is asked: the receiver
    Party becomes {};            ///< whose token comes out, drawn as the link's head; `to` when nothing does
    QList<Evidence> presents {}; ///< in the order of weight
    setup::ContractRef contract {};
    QString contractKind {};     ///< words under the gate: "federated credential", "child of the blueprint"
    QString contractName {};     ///< "mi-agents-prod"

    QByteArray method {"POST"};
    Value url {};
    QList<Field> query {};
    QList<Field> headers {};
    BodyFormat format = BodyFormat::None;
    QList<Field> body {};
    bool interactive = false;    ///< the browser asks, the redirect listener receives
    std::optional<RequestSignature> signature {};
    QList<int> welcome {};       ///< statuses outside 2xx that are what the step is for: 401 where a challenge is fetched
    /// Another step's receiver has to have said one of these before this one makes sense (a fallback on 403 or 404);
    /// otherwise it is skipped.
    struct OnlyAfter { QString stepId {}; QList<int> statuses {}; };
    std::optional<OnlyAfter> onlyAfter {};

    QList<Yield> yields {};
    QList<Expectation> expects {};
    QString audienceAsked {};    ///< for the ledger: what the request names as audience, as written
    QString group {};            ///< "A", "B" where one flow walks two patterns; else empty
};

/// Where an issuer's keys are fetched from: always the setup or the issuer's own metadata, never a token.
struct KeySource
{
    QString issuer {};
    Value url {};
};

/// Where a recipe stands when it walks more than one pattern: ids and slots of group "A" do not clash with those of "B".
struct Frame
{
    QString group {};
    QString id(const QString& step) const { return group.isEmpty() ? step : group.toLower() + u'-' + step; }
    QString slot(const QString& name) const { return group.isEmpty() ? name : group + u'.' + name; }
};

struct Flow
{
    QString id {};
    QString title {};
    QString recipe {};
    setup::Environment environment {};
    QList<Step> steps {};
    QList<KeySource> keys {};

    const Step* step(QStringView stepId) const;
};

} // namespace flow
