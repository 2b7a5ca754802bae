// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "world.h"

#include <QTest>

using namespace Qt::StringLiterals;
using trust::TokenDecision;

inline const QByteArray assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

inline const QByteArray jwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";

inline const QByteArray graphDefault = "https://graph.microsoft.com/.default";

inline http::Form appForm()
{
    return world::form({{"grant_type", "client_credentials"}, {"client_id", world::webApi}, {"scope", graphDefault}, {"client_secret", world::rightSecret}});
}

inline TokenDecision decide(const http::Form& form, const QString& tenant = QString::fromLatin1(world::tenantId), const QByteArray& authorization = {},
    const trust::Knowledge& knowledge = world::all(), const setup::Setup& setup = world::setup())
{
    return trust::decideToken(setup, {tenant, form, authorization}, knowledge, world::at());
}

inline QString number(const base::Verdict& verdict)
{
    return verdict.refusal ? verdict.refusal->code.mid(6) : QString();
}

inline void columns()
{
    QTest::addColumn<http::Form>("form");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("error");
}

/// `code` is empty where the request is accepted.
inline void judge(const TokenDecision& decision, const QString& code, const QString& error)
{
    const base::Verdict& verdict = decision.verdict;
    QVERIFY2(number(verdict) == code, world::described(verdict));
    QVERIFY2(verdict.decision == (code.isEmpty() ? base::Decision::Accept : base::Decision::Refuse), world::described(verdict));
    if (!code.isEmpty())
        QCOMPARE(verdict.refusal->error, error);
    // What relates two values that fit is not said of two that do not.
    for (const base::Check& check : verdict.checks)
        QVERIFY2(check.outcome != base::Outcome::Fail || check.relation.isEmpty() || check.relation.endsWith(u'.') || check.id == u"form",
                 world::described(verdict));
    if (verdict.refusal)
        QVERIFY2(!verdict.refusal->text.isEmpty() && !verdict.refusal->text.contains(u'{'), world::described(verdict));
}

inline QByteArray exchangeToken(const char* parent = world::blueprint, const char* child = world::agent)
{
    return world::token(world::exchangeClaims(parent, child), world::tenantKey());
}

inline http::Form agentForm(const QByteArray& assertion = exchangeToken())
{
    return world::form({{"grant_type", "client_credentials"}, {"client_id", world::agent}, {"scope", "api://anthropic-wif/.default"},
                        {"client_assertion_type", assertionType}, {"client_assertion", assertion}});
}

inline http::Form oboForm(const QJsonObject& claims = world::userClaims(QString::fromLatin1(world::webApi)), const jose::Key& key = world::tenantKey())
{
    return world::form({{"grant_type", jwtBearer}, {"client_id", world::webApi}, {"client_secret", world::rightSecret},
                        {"requested_token_use", "on_behalf_of"}, {"scope", "https://graph.microsoft.com/User.Read"},
                        {"assertion", world::token(claims, key)}});
}

inline http::Form codeForm()
{
    return world::form({{"grant_type", "authorization_code"}, {"client_id", world::publicClient}, {"code", "the-code"},
                        {"redirect_uri", "http://127.0.0.1:51873/callback"}, {"code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"}});
}
