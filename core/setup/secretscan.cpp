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

/// A JWK with its private half (RFC 7518 section 6): "d" of an asymmetric key, "k" of a symmetric one.
QString keyShape(const json::Value& object)
{
    if (!object["kty"].isString())
        return {};
    if (object["k"].isString())
        return u"a symmetric key"_s;
    return object["d"].isString() ? u"a private key"_s : QString();
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

void scan(
    const json::Value& value, QByteArrayView name, const json::Value& parent, QList<SecretSighting>& found)
{
    const bool container = value.isObject() || value.isArray();
    const QString what = value.isObject() ? keyShape(value)
        : container                       ? QString()
                                          : shapeOf(value, name, parent);
    if (!what.isEmpty())
        found += SecretSighting{value.pointer(), value.position().line, what};
    if (value.isObject() && !what.isEmpty())
        return;
    for (json::Value child = value.first(); child; child = child.next())
        scan(child, value.isArray() ? name : child.key(), value, found);
}

} // namespace

QList<SecretSighting> findSecrets(const Setup& setup)
{
    QList<SecretSighting> found;
    scan(setup.document.root(), {}, {}, found);
    return found;
}

} // namespace setup
