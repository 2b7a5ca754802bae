// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "world.h"

#include "core/trust/aws.h"
#include "core/trust/contractfile.h"

#include <QTest>

using namespace Qt::StringLiterals;

inline constexpr auto hcp = "app.terraform.io";

inline QByteArray quoted(const char* text) { return QByteArray(text).replace('\'', '"'); }

inline QJsonObject claims(const QJsonObject& changes = {})
{
    return world::with({{u"iss"_s, u"https://app.terraform.io"_s}, {u"aud"_s, u"aws.workload.identity"_s},
                        {u"sub"_s, u"organization:tailspin:project:toys:workspace:web:run_phase:apply"_s}}, changes);
}

inline jose::Jwt jwt(const QJsonObject& claims)
{
    return jose::decode(world::token(claims, world::outsideKey()));
}

/// Provider of HCP Terraform and one allowing statement with this condition.
inline QByteArray contract(const QByteArray& condition, const char* host = hcp, const QByteArray& list = R"(["aws.workload.identity"])")
{
    return QByteArray(R"({ "provider": { "Url": "%H", "ClientIDList": %L }, "trustPolicy": { "Version": "2012-10-17", "Statement": [ {
        "Sid": "Web", "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/%H" },
        "Action": "sts:AssumeRoleWithWebIdentity", "Condition": %C } ] } })").replace("%L", list).replace("%C", condition).replace("%H", host);
}

inline base::Verdict match(const QJsonObject& claims, const QByteArray& contract)
{
    const json::Document document = json::Document::read(contract);
    const trust::Knowledge nothing;
    const jose::Jwt token = jwt(claims);
    const auto verdict = trust::matchContract({token, document.root(), nullptr, nothing, world::at()});
    return verdict ? *verdict : base::Verdict {.contract = verdict.error().where};
}

inline QByteArray workload(const QString& sub)
{
    return world::token({{u"iss"_s, world::outsideIssuer()}, {u"aud"_s, u"toys"_s}, {u"sub"_s, sub}}, world::outsideKey());
}
