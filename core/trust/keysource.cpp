// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "keysource_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

KeySource fetched(const QString& from) { return {.from = u"keys fetched from "_s + from}; }

/// Whoever can read the configuration can sign as the issuer.
void sayPrivate(const KeySource& source, Sheet& sheet, const TokenDemand& demand)
{
    const auto& keys = source.keys->keys;
    const auto secret = std::ranges::find_if(keys, &jose::Key::isPrivate);
    if (secret == keys.end())
        return;
    sheet.warn({.id = u"keys.private"_s, .title = u"Private key"_s, .expected = u"public keys alone"_s,
        .presented = u"a private key, key id "_s + QString::fromUtf8(secret->kid),
        .relation = u"It leaked: whoever reads this configuration can sign as the issuer."_s,
        .fix = u"Make a new key at the issuer, and write its public half alone here."_s, .fixPointer = source.pointer,
        .presentedFrom = source.from, .source = demand.source});
}

/// By the keys at the one address that the receiver was told: where the issuer publishes others, they do not count.
void checkSignatureFrom(const KeySource& source, Sheet& sheet, const jose::Jwt& token, const QString& issuer, bool trusted,
    const Knowledge& knowledge, TokenDemand demand)
{
    const std::optional<jose::KeySet> there = knowledge.keysAt(source.url);
    Knowledge own = knowledge;
    own.keys = [&there](const QString&) { return there ? &*there : nullptr; };
    demand.keyMissing = u"The keys at %1 hold none of this id. The receiver looks nowhere else."_s.arg(source.url);
    checkSignature(sheet, token, issuer, trusted, own, demand);
}

} // namespace

KeySource googleKeySource(const json::Value& provider, const QString& pointer)
{
    const json::Value keys = provider["oidc"]["jwksJson"];
    if (keys.bytes().isEmpty())
        return fetched(u"the issuer"_s);
    return {.given = true, .from = u"keys given inline, field oidc.jwksJson of the provider"_s, .pointer = pointer,
        .keys = jose::readKeys(keys.bytes())};
}

KeySource anthropicKeySource(const json::Value& issuer, const QString& pointer)
{
    const json::Value jwks = issuer["jwks"];
    if (jwks["type"].text() == "explicit_url"_L1)
        return {.from = u"keys fetched from "_s + jwks["url"].text(), .pointer = pointer, .url = jwks["url"].text()};
    if (jwks["type"].text() != "inline"_L1)
        return fetched(u"the issuer"_s);
    return {.given = true, .from = u"keys given inline, field jwks.keys of the issuer"_s, .pointer = pointer,
        .keys = jwks["keys"].isArray() ? jose::readKeys(jwks.raw())
                                       : base::fail(u"keys-none"_s, u"The issuer's jwks is of type inline and has no list of keys."_s)};
}

void checkSignatureBy(const KeySource& source, Sheet& sheet, const jose::Jwt& token, const QString& issuer, bool trusted,
    const Knowledge& knowledge, TokenDemand demand)
{
    demand.keysFrom = source.from;
    if (!source.url.isEmpty() && knowledge.keysAt)
        return checkSignatureFrom(source, sheet, token, issuer, trusted, knowledge, demand);
    if (!source.given) {
        checkSignature(sheet, token, issuer, trusted, knowledge, demand);
        return;
    }
    if (!source.keys) {
        sheet.refuse({.id = u"signature"_s, .title = u"Signature"_s, .expected = u"a JSON Web Key Set"_s,
                         .presented = source.keys.error().text, .fix = u"Write the issuer's key set there: {\"keys\": [...]}."_s,
                         .fixPointer = source.pointer, .presentedFrom = source.from, .expectedFrom = source.from,
                         .source = demand.source},
            u"The keys given inline cannot be read."_s, *demand.key);
        return;
    }
    sayPrivate(source, sheet, demand);
    Knowledge own = knowledge;
    own.keys = [&source](const QString&) { return &*source.keys; };
    demand.keyMissing = u"None of the keys given inline has this id: they do not follow when the issuer changes its keys."_s;
    checkSignature(sheet, token, issuer, trusted, own, demand);
}

} // namespace trust
