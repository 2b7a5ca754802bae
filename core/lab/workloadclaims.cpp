// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "workloadclaims.h"

#include "core/setup/file.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

/// One template a kind: resources/lab/workloads.json.
QJsonObject templateFor(const QString& kind)
{
    static const QJsonObject all = [] {
        setup::initResources();
        QFile file(u":/lab/workloads.json"_s);
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    }();
    const QJsonValue own = all[kind];
    return own.isObject() ? own.toObject() : all[u"other"_s].toObject();
}

/// What the gaps of a template are filled with.
struct Filling
{
    QStringList captured {}; ///< of the subject
    QString id {};
    qint64 now = 0;
};

QJsonValue filled(const QJsonValue& value, const Filling& with);

QJsonObject filledObject(const QJsonObject& object, const Filling& with)
{
    QJsonObject out;
    for (auto it = object.begin(); it != object.end(); ++it)
        out.insert(it.key(), filled(it.value(), with));
    return out;
}

QJsonValue filled(const QJsonValue& value, const Filling& with)
{
    if (value.isObject())
        return filledObject(value.toObject(), with);
    if (!value.isString())
        return value;
    QString text = value.toString();
    if (text == u"{now}")
        return with.now;
    text.replace(u"{id}"_s, with.id);
    for (qsizetype i = 1; i < with.captured.size(); ++i)
        text.replace(u"{%1}"_s.arg(i), with.captured[i]);
    return text;
}

/// The setup's own claims win; null takes one away.
QJsonObject laidOver(QJsonObject claims, const json::Value& own)
{
    for (json::Value each = own.first(); each; each = each.next()) {
        if (each.isNull()) {
            claims.remove(each.keyText());
            continue;
        }
        const QByteArray wrapped = '[' + each.raw().toByteArray() + ']';
        claims.insert(each.keyText(), QJsonDocument::fromJson(wrapped).array().first());
    }
    return claims;
}

} // namespace

WorkloadMint mintWorkloadToken(const World& world, const setup::Issuer& issuer, const QString& audience)
{
    const QJsonObject shape = templateFor(issuer.kind);
    const QRegularExpression subject(shape[u"subject"_s].toString());
    const qint64 now = base::epochSeconds(world.now());
    const qint64 expires = now + shape[u"lifetime"_s].toInteger();
    QJsonObject claims = filledObject(shape[u"claims"_s].toObject(),
        {.captured = subject.match(issuer.subject).capturedTexts(), .id = QString::fromLatin1(world.entropy.guid()), .now = now});
    claims[u"iss"_s] = issuer.issuer;
    claims[u"sub"_s] = issuer.subject;
    claims[u"aud"_s] = shape[u"audienceList"_s].toBool() ? QJsonValue(QJsonArray {audience}) : QJsonValue(audience);
    claims[u"iat"_s] = now;
    claims[u"exp"_s] = expires;
    claims = laidOver(claims, issuer.claims.root());
    const IssuerKeys& keys = world.outside(issuer.name);
    // SPIRE signs with ES256 unless it is told otherwise.
    const Signer& signer = world.hasFault(u"workload-algorithm") ? keys.access : keys.rsa;
    return {.token = signer.compact(QJsonDocument(claims).toJson(QJsonDocument::Compact)), .expires = expires};
}

} // namespace lab
