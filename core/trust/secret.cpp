// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokencase_p.h"

#include "core/trust/codes.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

/// A secret is never shown, only its length.
QString hidden(QByteArrayView secret)
{
    return u"hidden, "_s + QString::number(secret.size()) + u" characters"_s;
}

bool isIdOf(const setup::App& client, QByteArrayView secret)
{
    return std::ranges::any_of(client.credentials, [&](const setup::Credential& credential) {
        return !credential.secretId.isEmpty() && QString::fromUtf8(secret).compare(credential.secretId,
            Qt::CaseInsensitive) == 0;
    });
}

/// In a prediction a placeholder stands where the secret will be: its length says nothing.
base::Check secretCheck(QByteArrayView secret, const QString& from, bool known)
{
    return {.id = u"secret"_s, .title = u"Client secret"_s,
            .expected = u"the secret's value, known to Entra alone"_s,
            .presented = known ? hidden(secret) : u"hidden"_s, .relation = u"equal"_s, .presentedFrom = from,
            .expectedFrom = u"secret of the application"_s, .source = u"RFC 6749, 2.3.1"_s};
}

void checkRegistered(TokenCase& c, bool registered)
{
    if (registered)
        return;
    base::Check check {.id = u"secret.registered"_s, .title = u"Registered secret"_s,
                       .expected = u"a secret of the application"_s,
                       .presented = u"none is registered"_s,
                       .expectedFrom = u"credentials of the application"_s,
                       .source = u"Microsoft: error codes, AADSTS7000215"_s};
    check.fix = c.decision.client->kind == setup::AppKind::Agent
        ? u"An agent holds no secret. Send the exchange token of its blueprint as client_assertion."_s
        : u"Register a secret, or present the credential that is registered."_s;
    c.sheet.hold(std::move(check), false, aadsts(7000215));
}

void checkValue(TokenCase& c, base::Check check, QByteArrayView secret)
{
    const setup::App& client = *c.decision.client;
    std::optional<SecretState> state;
    if (c.knowledge.secret)
        state = c.knowledge.secret(client, secret);
    if ((!state || *state == SecretState::Wrong) && isIdOf(client, secret))
        state = SecretState::IsTheId;
    if (!state) {
        c.sheet.unknown(std::move(check), u"Only Entra knows whether the secret is right."_s);
        return;
    }
    if (*state == SecretState::IsTheId) {
        check.near = base::NearMiss {base::Near::SecretIdNotValue, {},
            u"Secret id, not secret value. The value was shown once, when the secret was made."_s};
        check.fix = u"Present the secret's value. When it is lost, make a new secret."_s;
    } else {
        check.fix = u"Present the value that was shown when the secret was made."_s;
    }
    // An expired secret is the right one; that it ended is the next check.
    c.sheet.hold(std::move(check), *state == SecretState::Right || *state == SecretState::Expired,
        aadsts(7000215));
    if (*state == SecretState::Expired)
        c.sheet.hold({.id = u"secret.expiry"_s, .title = u"End of the secret"_s, .expected = u"not expired"_s,
                      .presented = u"expired"_s,
                      .fix = u"Make a new secret, or use a federated credential."_s,
                      .expectedFrom = u"clock of Entra"_s,
                      .source = u"Microsoft: error codes, AADSTS7000222"_s},
                     false, aadsts(7000222));
}

/// The secret that ends last: with several, nobody here knows which one is presented. Nothing when one has no end.
const setup::Credential* lastToEnd(const setup::App& client)
{
    const setup::Credential* last = nullptr;
    for (const setup::Credential& credential : client.credentials) {
        if (credential.type != setup::CredentialType::Secret)
            continue;
        const auto end = base::fromRfc3339(credential.expires);
        if (!end)
            return nullptr;
        if (!last || *end > *base::fromRfc3339(last->expires))
            last = &credential;
    }
    return last;
}

/// Where only the setup is known: its dates say that the secret ended.
void checkWrittenExpiry(TokenCase& c)
{
    const setup::Credential* credential = c.knowledge.secret ? nullptr : lastToEnd(*c.decision.client);
    if (!credential)
        return;
    const auto end = base::fromRfc3339(credential->expires);
    c.sheet.hold({.id = u"secret.expiry"_s, .title = u"End of the secret"_s,
                  .expected = u"after "_s + base::toRfc3339(c.now),
                  .presented = credential->expires, .relation = u"still valid"_s,
                  .fix = u"Make a new secret, or use a federated credential."_s,
                  .presentedFrom = u"field expires of the secret"_s,
                  .expectedFrom = u"clock of Entra"_s, .source = u"Microsoft: error codes, AADSTS7000222"_s},
                 *end > c.now, aadsts(7000222));
}

} // namespace

QString checkSecret(TokenCase& c, QByteArrayView secret, const QString& from)
{
    c.decision.authentication = ClientAuthentication::Secret;
    const setup::Credential* credential = c.decision.client->credential(setup::CredentialType::Secret);
    checkRegistered(c, credential);
    if (!credential)
        return {};
    checkValue(c, secretCheck(secret, from, bool(c.knowledge.secret)), secret);
    checkWrittenExpiry(c);
    return credential->name.isEmpty() ? u"secret"_s : credential->name;
}

} // namespace trust
