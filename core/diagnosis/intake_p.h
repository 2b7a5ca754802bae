// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"
#include "core/diagnosis/intake.h"
#include "core/trust/knowledge.h"

namespace diagnosis {

/// Where something was found, which decides how it is read: a token in log lines was logged, one in a header was sent.
enum class Setting { Alone, Header, Response, Request, Address, Prose };

/// Collects the items of one blob, in order. Recognisers hand on what they do not understand themselves.
struct Gathering
{
    const IntakeOptions& options;
    Inspection& out;
    int line = 1;     ///< of what is being looked at
    int depth = 0;    ///< of parts within parts
    bool fromProse = false;

    bool full() const;
    /// Appends; an item that stands there already is counted.
    Item& add(Item item);
};

constexpr int deepest = 8;              ///< parts within parts
constexpr qsizetype mostItems = 1000;
constexpr qsizetype longest = 32 << 20; ///< bytes that are looked at

// intaketext.cpp: anything. The entry of every recursion.
void takeAny(Gathering& to, const QByteArray& text, Setting setting);
void takeProse(Gathering& to, const QString& text);
// intakejson.cpp
bool takeJson(Gathering& to, const QByteArray& text);
void takeValue(Gathering& to, const json::Value& value);
// intakewire.cpp: what is written around tokens on the wire
bool takeHeader(Gathering& to, const QByteArray& name, const QByteArray& value);
bool takeCurl(Gathering& to, const QByteArray& text);
bool takeForm(Gathering& to, const QByteArray& text);
bool takeMarkup(Gathering& to, const QByteArray& text);
void takeUrl(Gathering& to, const QByteArray& url, bool alone);
bool isTelling(const QByteArray& url);
// intaketoken.cpp
Item tokenItem(const QByteArray& text, const IntakeOptions& options);
/// `blanks` that stood within it were taken out before.
void takeToken(Gathering& to, const QByteArray& text, Setting setting, int blanks = 0);
/// What no issuer writes side by side.
struct Contradiction
{
    QString text {};
    bool refused = false; ///< every receiver has to refuse it; else it is suspicious
};
QList<Contradiction> contradictionsIn(const jose::Jwt& token);
/// A value of a field that holds a credential: a JWT, a known opaque token, or opaque.
void takeCredential(Gathering& to, const QByteArray& value, const QString& field, Setting setting);
// intakecertificate.cpp: one certificate as PEM
void takeCertificate(Gathering& to, const QByteArray& pem);
// intakesaml.cpp: a message as XML or as base64 of it
bool takeSaml(Gathering& to, const QByteArray& text);
// claimschallenge.cpp: sentences; none when it cannot be read. JSON, or base64 of it
QStringList wantedClaims(const QByteArray& claims);
// intakeopaque.cpp
std::optional<Item> opaqueItem(const QByteArray& text);
struct Found
{
    qsizetype at = 0;
    qsizetype length = 0;
};
QList<Found> opaqueIn(const QString& text);
Item secretItem(const QString& what);
/// A private or symmetric JWK anywhere in it, or a private key as PEM.
bool holdsPrivateKey(const json::Value& value);
// intakeerror.cpp
/// `code` may be empty: then the words alone tell.
Item errorItem(const QString& vendorHint, const QString& code, const QString& said);
/// Of a code that means something else here than in the catalogue.
Item unknownError(const QString& vendor, const QString& code, const QString& said);
/// An error that its words told, under the code that stands beside them.
Item wordedItem(const ErrorEntry& entry, const QString& code, const QString& said);
/// The errors in a text, by code and by their words, in order. Empty when there is none.
QList<std::pair<Found, Item>> errorsIn(const QString& text);
// intakeverdicts.cpp
/// What a receiver would know: the keys that were given, as those of whoever issued the token. The options must outlive it.
trust::Knowledge knowledgeOf(const IntakeOptions& options);
/// Holds the token against every receiver of the setup, and tells those it is addressed to from the others.
void judge(Item& item, const IntakeOptions& options);
// intakeshown.cpp: once all is said
void hideSecrets(Item& item);
// intakefindings.cpp
void findAll(Inspection& inspection, const IntakeOptions& options);

} // namespace diagnosis
