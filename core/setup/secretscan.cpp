// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "file.h"

#include "core/setup/secretshape.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

/// Members that hold public ids and public keys, which may be as random as a secret. What has a secret's own
/// shape is found here all the same: a secret's value where its id belongs is the classic mistake.
constexpr const char* publicMembers[]
    = {"id", "clientId", "objectId", "secretId", "organizationId", "serviceAccountId", "workspaceId",
        "subject", "certificate", "kid", "n", "e", "x", "y", "x5t", "x5t#S256", "x5c"};

bool isPublicMember(QByteArrayView name)
{
    return std::ranges::any_of(publicMembers, [name](const char* each) { return name == each; });
}

/// A JWK with its private half (RFC 7518 section 6): "k" of a symmetric key, any private member of an asymmetric one.
QString keyShape(const json::Value& object)
{
    static constexpr const char* privateMembers[] = {"d", "p", "q", "dp", "dq", "qi", "oth"};
    if (!object["kty"].isString())
        return {};
    if (object["k"].isString())
        return u"a symmetric key"_s;
    const auto there = [&object](const char* name) { return bool(object[name]); };
    return std::ranges::any_of(privateMembers, there) ? u"a private key"_s : QString();
}

QString shapeOf(const json::Value& value, QByteArrayView name, const json::Value& parent)
{
    if (value.bytes().isEmpty() && !value.isNumber())
        return {};
    if (name == "value" && parent["type"].bytes() == "secret")
        return u"a client secret"_s;
    // In a flow `secret` is the name of a vault's secret.
    const bool isName = name == "secret" && parent["recipe"];
    const QString named = isName ? QString() : secretName(QString::fromUtf8(name));
    const QString shape = value.isString() ? secretShape(value.text()) : QString();
    if (!shape.isEmpty() || !named.isEmpty())
        return shape.isEmpty() ? named : shape;
    return value.isString() && !isPublicMember(name) && looksRandom(value.text()) ? u"a long random text"_s
                                                                                  : QString();
}

void scan(const json::Value& value, QByteArrayView name, const json::Value& parent, QList<SecretSighting>& found);

/// Google keeps a key set as text (oidc.jwksJson of a provider): its keys are looked at like keys that are written out.
QString shapeOfKeyText(const json::Value& value)
{
    const auto keys = json::Document::parse(value.bytes().toByteArray());
    QList<SecretSighting> inside;
    if (keys)
        scan(keys->root(), {}, {}, inside);
    return inside.isEmpty() ? QString() : inside.first().looksLike;
}

QString shapeOfText(const json::Value& value, QByteArrayView name, const json::Value& parent)
{
    const QString inside = name == "jwksJson" ? shapeOfKeyText(value) : QString();
    return inside.isEmpty() ? shapeOf(value, name, parent) : inside;
}

void scan(const json::Value& value, QByteArrayView name, const json::Value& parent, QList<SecretSighting>& found)
{
    const bool container = value.isObject() || value.isArray();
    const QString what = value.isObject() ? keyShape(value)
        : container                       ? QString()
                                          : shapeOfText(value, name, parent);
    if (!what.isEmpty())
        found += SecretSighting{value.pointer(), value.position().line, what};
    if (value.isObject() && !what.isEmpty())
        return;
    for (json::Value child = value.first(); child; child = child.next())
        scan(child, value.isArray() ? name : child.key(), value, found);
}

} // namespace

QList<SecretSighting> findSecrets(const json::Value& value)
{
    QList<SecretSighting> found;
    scan(value, {}, {}, found);
    return found;
}

QList<SecretSighting> findSecrets(const Setup& setup) { return findSecrets(setup.document.root()); }

} // namespace setup
