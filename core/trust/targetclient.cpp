// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "targetclient_p.h"

#include "core/base/secret.h"
#include "core/trust/basic_p.h"
#include "core/trust/compare.h"

using namespace Qt::StringLiterals;

namespace trust {

namespace {

const QString& section231()
{
    static const QString text = u"RFC 6749, 2.3.1"_s;
    return text;
}

QString titleOf(const setup::Target& target)
{
    return target.displayName.isEmpty() ? target.name : target.displayName;
}

void checkSecret(Sheet& sheet, const TargetClient& client, const Knowledge& knowledge, const Answer& denied)
{
    base::Check check {.id = u"secret"_s, .title = u"Client secret"_s,
                       .expected = u"the secret's value, known to %1 alone"_s.arg(titleOf(client.target)),
                       .presented = client.secret.isNull() ? u"none"_s : u"hidden"_s, .relation = u"equal"_s,
                       .fix = u"Present the secret of the client %1."_s.arg(client.target.clientId),
                       .presentedFrom = client.from, .expectedFrom = u"registration of the client"_s,
                       .source = section231()};
    if (client.secret.isNull()) {
        sheet.hold(std::move(check), false, denied);
        return;
    }
    if (!knowledge.registered) {
        sheet.unknown(std::move(check),
            u"Only %1 knows whether the secret is right."_s.arg(titleOf(client.target)));
        return;
    }
    const auto known = knowledge.registered(client.target.clientId.toUtf8());
    const bool here = known && known->target == client.target.name && !known->secret.isEmpty();
    sheet.hold(std::move(check), here && base::equalInConstantTime(client.secret, known->secret), denied);
}

} // namespace

TargetClient readTargetClient(
    const setup::Target& target, const http::Form& form, QByteArrayView authorization)
{
    TargetClient out {.target = target, .clientId = form.value("client_id"), .from = u"the request"_s};
    if (const auto basic = readBasic(authorization)) {
        out.secret = basic->password.isNull() ? QByteArray("") : basic->password;
        out.from = u"Authorization header, Basic"_s;
        if (out.clientId.isEmpty())
            out.clientId = basic->user;
    } else if (form.has("client_secret")) {
        out.secret = form.value("client_secret");
        out.from = u"client_secret in the request"_s;
    }
    return out;
}

void checkTargetClient(
    Sheet& sheet, const TargetClient& client, const Knowledge& knowledge, const Answer& denied)
{
    static const CompareHints hints {
        .presenter = u"request"_s, .contract = u"registration"_s, .requestIsWrong = true};
    base::Check id {.id = u"client"_s, .title = u"Client"_s,
                    .fix = u"Send the client id that is registered there."_s,
                    .presentedFrom = u"client_id in the request"_s,
                    .expectedFrom = u"registration of the client"_s, .source = section231()};
    const bool known = sheet.add(
        compared(std::move(id), QString::fromUtf8(client.clientId), client.target.clientId, hints), denied);
    if (!known || client.target.settings.root()["publicClient"].boolean())
        return;
    checkSecret(sheet, client, knowledge, denied);
}

} // namespace trust
