// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "world.h"

#include "core/setup/file.h"
#include "core/trust/google.h"

#include <QTest>

using namespace Qt::StringLiterals;

inline const setup::Setup& sample()
{
    static const setup::Setup setup = setup::sample(u"google-agent"_s).value();
    return setup;
}

inline const setup::Target& target(const setup::Setup& setup = sample()) { return *setup.target(u"gcp"); }

inline setup::Setup changed(const char16_t* member, const QByteArray& json)
{
    auto out = setup::edited(sample(), QString(target().pointer + QString::fromUtf16(member)), json);
    if (!out)
        qFatal("edit: %s", qPrintable(out.error().text));
    return *out;
}

inline QJsonObject claims()
{
    return {{u"iss"_s, sample().home()->issuerV2()}, {u"aud"_s, u"83a5d9e2-0c76-4f1b-9d48-b6e2f7031ca5"_s},
            {u"sub"_s, QString::fromLatin1(world::uamiObject)}, {u"oid"_s, QString::fromLatin1(world::uamiObject)},
            {u"azp"_s, QString::fromLatin1(world::uamiClient)}, {u"tid"_s, sample().home()->id}};
}

inline trust::Knowledge knowing()
{
    static const jose::KeySet tenant {.keys = {world::tenantKey()}};
    trust::Knowledge out = world::all();
    out.keys = [](const QString& issuer) { return issuer == sample().home()->issuerV2() ? &tenant : nullptr; };
    return out;
}

inline http::Form request(const QByteArray& token)
{
    return world::form({{"grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"},
        {"audience", "//iam.googleapis.com/projects/481516234200/locations/global/workloadIdentityPools/harbour-entra/providers/managed-identity"},
        {"scope", "https://www.googleapis.com/auth/cloud-platform"},
        {"requested_token_type", "urn:ietf:params:oauth:token-type:access_token"}, {"subject_token", token},
        {"subject_token_type", "urn:ietf:params:oauth:token-type:jwt"}});
}

inline trust::GoogleDecision exchange(const http::Form& form, const setup::Setup& setup = sample())
{
    const http::Headers headers {http::Header {"Content-Type", "application/x-www-form-urlencoded"}};
    return trust::decideGoogleExchange(setup, target(setup), trust::googleExchangeIn(headers, http::encodeForm(form)), knowing(), world::at());
}

inline QByteArray good() { return world::token(claims(), world::tenantKey()); }

inline trust::OpaqueGrant grant(const QString& principal = u"principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/subject/7c1d"_s)
{
    return {.target = u"gcp"_s, .principal = principal, .scope = trust::googleCloudScope.toString(), .expires = world::at(3600),
            .text = u"principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/group/dev\n"
                    "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/attribute.env/prod\n"
                    "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/*"_s};
}
