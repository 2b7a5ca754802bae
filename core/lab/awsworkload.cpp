// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "awsworkload.h"

#include "core/jose/base64url.h"
#include "core/lab/jsontext.h"
#include "core/trust/aws.h"

#include <QXmlStreamWriter>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

constexpr auto space = "https://sts.amazonaws.com/doc/2011-06-15/"_L1;

struct RoleKeys
{
    QByteArray id {};
    QByteArray secret {};
    QByteArray session {};
};

RoleKeys keysOf(const World& world, const setup::Issuer& issuer)
{
    const QByteArray seed = world.entropy.derived(QByteArray("role keys " + issuer.name.toUtf8()));
    return {.id = "ASIA" + seed.toHex().toUpper().first(16),
        .secret = jose::base64url(world.entropy.derived(QByteArray("role secret " + issuer.name.toUtf8()))).first(40),
        .session = "lab-session-" + jose::base64url(seed)};
}

http::ServerResponse xmlReply(int status, const QByteArray& body)
{
    return {.status = status, .headers = {{"Content-Type", "text/xml"}, {"Cache-Control", "no-store"}}, .body = body};
}

void element(QXmlStreamWriter& xml, const QString& name, const QString& text) { xml.writeTextElement(name, text); }

} // namespace

QByteArray roleCredentials(const World& world, const setup::Issuer& issuer)
{
    const RoleKeys keys = keysOf(world, issuer);
    return JsonText().number("Version", 1).text("AccessKeyId", keys.id).text("SecretAccessKey", keys.secret).text("SessionToken", keys.session).done();
}

bool isSignedByRole(const World& world, const setup::Issuer& issuer, const http::ServerRequest& request)
{
    const RoleKeys keys = keysOf(world, issuer);
    const QString region = issuer.claims.root()["https://sts.amazonaws.com/"]["source_region"].text();
    const setup::Target role {.name = issuer.name, .kind = u"aws"_s, .region = region};
    trust::Knowledge knowledge;
    knowledge.receiver = true;
    knowledge.opaque = [&](QByteArrayView id) -> std::optional<trust::OpaqueGrant> {
        if (id != keys.id)
            return std::nullopt;
        return trust::OpaqueGrant {.target = issuer.name, .principal = issuer.subject, .expires = world.now() + std::chrono::hours {1},
            .secret = keys.secret, .session = keys.session, .text = issuer.subject};
    };
    const trust::AwsCall call {request.method, request.path, request.query, request.headers, request.body};
    return trust::decideAwsCall(role, call, knowledge, world.now()).decision == base::Decision::Accept;
}

http::ServerResponse awsWorkloadToken(const QByteArray& token, qint64 expires)
{
    QByteArray body;
    QXmlStreamWriter xml(&body);
    xml.writeDefaultNamespace(space);
    xml.writeStartElement(space, u"GetWebIdentityTokenResponse"_s);
    xml.writeStartElement(space, u"GetWebIdentityTokenResult"_s);
    element(xml, u"WebIdentityToken"_s, QString::fromLatin1(token));
    element(xml, u"Expiration"_s, base::toRfc3339(base::fromEpochSeconds(expires)));
    xml.writeEndDocument();
    return xmlReply(200, body);
}

http::ServerResponse awsWorkloadError(const base::Refusal& refusal)
{
    QByteArray body;
    QXmlStreamWriter xml(&body);
    xml.writeDefaultNamespace(space);
    xml.writeStartElement(space, u"ErrorResponse"_s);
    xml.writeStartElement(space, u"Error"_s);
    element(xml, u"Type"_s, u"Sender"_s);
    element(xml, u"Code"_s, refusal.error == u"Unauthorized" ? u"AccessDenied"_s : refusal.error);
    element(xml, u"Message"_s, refusal.text);
    xml.writeEndDocument();
    return xmlReply(refusal.status == 401 ? 403 : refusal.status, body);
}

} // namespace lab
