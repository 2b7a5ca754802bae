// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "resolve.h"

#include "signing.h"

#include "core/jose/base64url.h"

#include <QUuid>

namespace flow {

using namespace Qt::StringLiterals;
using base::fail;
using base::Result;

namespace {

constexpr int randomSize = 32; // 256 bits, 43 base64url characters: RFC 7636 section 4.1 recommends just that

Result<QByteArray> missing(const QString& slot)
{
    return fail(u"not-yet"_s, u"%1 is not there yet. An earlier step issues it."_s.arg(slot), slot);
}

Result<QByteArray> secretOf(const FromSecret& from, const Ingredients& known)
{
    if (!known.secrets)
        return secretPlaceholder();
    const auto it = known.secrets->find(from.key);
    if (it == known.secrets->end())
        return fail(u"secret-missing"_s, u"The secret %1 was not read."_s.arg(from.key.credential), from.key.entry());
    return it->second.reveal().toByteArray();
}

Result<QByteArray> madeHere(const Made& what, const Ingredients& known)
{
    switch (what.kind) {
    case Made::State: return known.state;
    case Made::Nonce: return known.nonce;
    case Made::Verifier: return known.verifier;
    case Made::Challenge: return challengeOf(known.verifier);
    case Made::RedirectUri: return known.redirectUri;
    case Made::Uuid: return QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    }
    return QByteArray {};
}

Result<QByteArray> allOf(const Joined& joint, const Ingredients& known)
{
    QByteArray text;
    for (const Value& part : joint.parts) {
        auto resolved = resolveValue(part, known);
        if (!resolved)
            return resolved;
        text += *resolved;
    }
    return text;
}

/// Where a value came from, in the words of the wire view.
Origin originOf(const Value& value)
{
    return std::visit(base::overloaded {
        [](const Literal&) { return Origin {.from = u"protocol"_s}; },
        [](const FromSetup& s) { return Origin {.from = u"setup"_s, .pointer = s.pointer}; },
        [](const FromSecret&) { return Origin {.from = u"keychain"_s}; },
        [](const FromToken& t) { return Origin {.from = t.slot}; },
        [](const FromReply& r) { return Origin {.from = u"reply: %1"_s.arg(r.slot)}; },
        [](const Made&) { return Origin {.from = u"made here"_s}; },
        [](const SignedAssertion& a) { return Origin {.from = u"signed here"_s, .pointer = a.pointer}; },
        [](const Joined& j) {
            // A joint value is best explained by its most telling part.
            for (const Value& part : j.parts)
                if (!std::holds_alternative<Literal>(part.v))
                    return originOf(part);
            return Origin {.from = u"protocol"_s};
        }}, value.v);
}

struct Builder
{
    const Ingredients& known;
    QList<Origin> origins {};

    void note(Origin::Part part, const Field& field)
    {
        Origin origin = originOf(field.value);
        origin.part = part;
        origin.name = field.name;
        origins.append(origin);
    }

    /// The field's text; nothing when an optional one has no value yet.
    Result<std::optional<QByteArray>> textOf(const Field& field)
    {
        auto text = resolveValue(field.value, known);
        if (text)
            return std::optional(*text);
        if (field.optional && text.error().code == u"not-yet")
            return std::optional<QByteArray> {};
        base::Error error = text.error();
        if (error.where.isEmpty())
            error.where = QString::fromUtf8(field.name);
        return tl::unexpected(error);
    }

    Result<http::Form> form(const QList<Field>& fields, Origin::Part part)
    {
        http::Form form;
        for (const Field& field : fields) {
            auto text = textOf(field);
            if (!text)
                return tl::unexpected(text.error());
            if (!*text)
                continue;
            form.append({field.name, **text});
            note(part, field);
        }
        return form;
    }

    Result<QByteArray> json(const QList<Field>& fields)
    {
        QByteArrayList members;
        for (const Field& field : fields) {
            auto text = textOf(field);
            if (!text)
                return tl::unexpected(text.error());
            if (!*text)
                continue;
            const QByteArray value = field.json ? **text : json::quoted(QString::fromUtf8(**text));
            members.append(json::quoted(QString::fromUtf8(field.name)) + ": " + value);
            note(Origin::Part::Body, field);
        }
        return QByteArray("{\n  " + members.join(",\n  ") + "\n}");
    }
};

Result<void> addBody(const Step& step, Builder& builder, http::Request& request)
{
    if (step.format == BodyFormat::Form) {
        auto form = builder.form(step.body, Origin::Part::Body);
        if (!form)
            return tl::unexpected(form.error());
        request.headers.set("Content-Type", "application/x-www-form-urlencoded");
        request.body = http::encodeForm(*form);
    } else if (step.format == BodyFormat::Json) {
        auto json = builder.json(step.body);
        if (!json)
            return tl::unexpected(json.error());
        request.headers.set("Content-Type", "application/json");
        request.body = *json;
    }
    return {};
}

Result<QByteArray> urlWithQuery(const Step& step, Builder& builder)
{
    auto url = resolveValue(step.url, builder.known);
    if (!url)
        return url;
    auto query = builder.form(step.query, Origin::Part::Query);
    if (!query)
        return tl::unexpected(query.error());
    if (query->isEmpty())
        return url;
    return QByteArray(*url + (url->contains('?') ? '&' : '?') + http::encodeForm(*query));
}

void collectSecrets(const Value& value, QList<setup::SecretKey>& keys)
{
    if (const auto* secret = std::get_if<FromSecret>(&value.v)) {
        if (!keys.contains(secret->key))
            keys.append(secret->key);
    } else if (const auto* assertion = std::get_if<SignedAssertion>(&value.v)) {
        if (!keys.contains(assertion->key))
            keys.append(assertion->key);
    } else if (const auto* joint = std::get_if<Joined>(&value.v)) {
        for (const Value& part : joint->parts)
            collectSecrets(part, keys);
    }
}

} // namespace

Ingredients freshIngredients()
{
    Ingredients known;
    known.state = jose::base64url(jose::randomBytes(randomSize));
    known.nonce = jose::base64url(jose::randomBytes(randomSize));
    known.verifier = jose::base64url(jose::randomBytes(randomSize));
    return known;
}

QByteArray challengeOf(QByteArrayView verifier) { return jose::base64url(jose::sha256(verifier)); }

QByteArray secretPlaceholder() { return QByteArrayLiteral("(hidden)"); }

Result<QByteArray> resolveValue(const Value& value, const Ingredients& known)
{
    return std::visit(base::overloaded {
        [](const Literal& l) -> Result<QByteArray> { return l.text; },
        [](const FromSetup& s) -> Result<QByteArray> { return s.text.toUtf8(); },
        [&](const FromSecret& s) { return secretOf(s, known); },
        [&](const FromToken& t) { return known.tokens.contains(t.slot) ? Result<QByteArray>(known.tokens.value(t.slot)) : missing(t.slot); },
        [&](const FromReply& r) { return known.values.contains(r.slot) ? Result<QByteArray>(known.values.value(r.slot)) : missing(r.slot); },
        [&](const Made& m) { return madeHere(m, known); },
        [&](const Joined& j) { return allOf(j, known); },
        [&](const SignedAssertion& a) { return assertionOf(a, known); }}, value.v);
}

Result<Resolved> resolve(const Step& step, const Ingredients& known)
{
    Builder builder {.known = known};
    Resolved resolved;
    resolved.request.method = step.method;
    auto url = urlWithQuery(step, builder);
    if (!url)
        return tl::unexpected(url.error());
    resolved.request.url = *url;
    auto headers = builder.form(step.headers, Origin::Part::Header);
    if (!headers)
        return tl::unexpected(headers.error());
    for (const http::Parameter& header : *headers)
        resolved.request.headers.append({header.name, header.value});
    if (auto body = addBody(step, builder, resolved.request); !body)
        return tl::unexpected(body.error());
    if (step.signature) {
        if (auto signature = signRequest(*step.signature, resolved.request, known); !signature)
            return tl::unexpected(signature.error());
        resolved.origins.append({.part = Origin::Part::Header, .name = "Authorization", .from = u"signed here"_s});
    }
    resolved.origins = builder.origins + resolved.origins;
    return resolved;
}

QList<setup::SecretKey> secretsOf(const Step& step)
{
    QList<setup::SecretKey> keys;
    collectSecrets(step.url, keys);
    for (const auto* fields : {&step.query, &step.headers, &step.body})
        for (const Field& field : *fields)
            collectSecrets(field.value, keys);
    return keys;
}

} // namespace flow
