// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "labfixture.h"

#include <QTest>

using namespace Qt::StringLiterals;

inline void set(http::Form& form, const QByteArray& name, const QByteArray& value)
{
    for (http::Parameter& p : form) {
        if (p.name == name) {
            p.value = value;
            return;
        }
    }
    form.append({name, value});
}

/// What the tests of this server share.
struct SignInSteps
{
    LabFixture f {};

    QByteArray webScope() const { return f.scope(u"web-api"_s, u"access_as_user"_s); }
    http::Form redemption(const QByteArray& code) const
    {
        return {{"grant_type", "authorization_code"}, {"client_id", f.clientId(u"public-client"_s)},
            {"code", code}, {"redirect_uri", LabFixture::redirectUri},
            {"code_verifier", LabFixture::verifier}};
    }
    http::Response postPage(const HtmlForm& form, http::Form more)
    {
        http::Form filled = form.hidden;
        filled += more;
        return f.post(f.url(u"entra"_s) + QString::fromUtf8(form.action), filled);
    }
    http::Form alice(const QByteArray& action = "signin") const
    {
        const QJsonObject person = f.entry(u"users"_s, u"alice"_s);
        return {{"username", person[u"username"_s].toString().toUtf8()},
            {"password", person[u"password"_s].toString().toUtf8()}, {"action", action}};
    }
};
