// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "awsreply.h"

#include "core/lab/reply.h"

#include <QXmlStreamWriter>

#include <algorithm>
#include <array>
#include <span>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

constexpr auto space = "https://sts.amazonaws.com/doc/2011-06-15/";

/// One answer, element by element. What is written comes from outside and is escaped by the writer.
class Answer
{
public:
    explicit Answer(const QString& root)
        : m_xml(&m_text)
    {
        m_xml.writeStartElement(root);
        m_xml.writeAttribute(u"xmlns"_s, QString::fromLatin1(space));
    }
    Answer& open(const QString& name)
    {
        m_xml.writeStartElement(name);
        return *this;
    }
    Answer& text(const QString& name, const QString& value)
    {
        m_xml.writeTextElement(name, value);
        return *this;
    }
    Answer& close()
    {
        m_xml.writeEndElement();
        return *this;
    }
    http::ServerResponse sent(int status, const QByteArray& requestId)
    {
        m_xml.writeEndElement();
        http::ServerResponse reply {.status = status, .headers = {{"Content-Type", "text/xml"}}, .body = m_text};
        addHeader(reply, "x-amzn-RequestId", requestId);
        return reply;
    }
    http::ServerResponse done(const QByteArray& requestId)
    {
        open(u"ResponseMetadata"_s).text(u"RequestId"_s, QString::fromLatin1(requestId)).close();
        return sent(200, requestId);
    }

private:
    QByteArray m_text {};
    QXmlStreamWriter m_xml;
};

struct Message
{
    const char* reason;
    const char* text;
};
constexpr std::array byReason {
    Message {"provider_unknown", "No OpenIDConnect provider found in your account for {issuer}"},
    Message {"audience", "Incorrect token audience"},
    Message {"audience_azp", "Incorrect token audience"},
    Message {"exchange_audience", "Incorrect token audience"},
    Message {"key_unknown",
        "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity "
        "documentation for requirements"},
    Message {"signature", "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"},
    Message {"token_malformed",
        "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"},
};
constexpr std::array byCode {
    Message {"AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity"},
    Message {"ExpiredToken", "The security token included in the request is expired"},
    Message {"InvalidClientTokenId", "The security token included in the request is invalid."},
    Message {"SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
        "and signing method. Consult the service documentation for details."},
    Message {"MissingAuthenticationToken", "Request is missing Authentication Token"},
};

const Message* messageIn(std::span<const Message> table, const QString& key)
{
    const auto row = std::ranges::find_if(table, [&](const Message& m) { return key == QLatin1StringView(m.reason); });
    return row == table.end() ? nullptr : &*row;
}

} // namespace

QString awsMessage(const base::Refusal& refusal, const QString& reason, const QString& issuer)
{
    const Message* row = messageIn(byReason, reason);
    if (!row)
        row = messageIn(byCode, refusal.error);
    return row ? QString::fromUtf8(row->text).replace("{issuer}"_L1, issuer) : refusal.text;
}

http::ServerResponse awsAssumedRole(const QByteArray& requestId, const AwsSession& session, const AwsWebIdentity& identity)
{
    Answer answer(u"AssumeRoleWithWebIdentityResponse"_s);
    answer.open(u"AssumeRoleWithWebIdentityResult"_s)
        .text(u"Audience"_s, identity.audience)
        .open(u"AssumedRoleUser"_s)
        .text(u"AssumedRoleId"_s, session.roleId)
        .text(u"Arn"_s, session.arn)
        .close()
        .text(u"Provider"_s, identity.provider)
        .open(u"Credentials"_s)
        .text(u"AccessKeyId"_s, QString::fromLatin1(session.keyId))
        .text(u"SecretAccessKey"_s, QString::fromLatin1(session.secret))
        .text(u"SessionToken"_s, QString::fromLatin1(session.token))
        .text(u"Expiration"_s, base::toRfc3339(session.expires))
        .close()
        .text(u"SubjectFromWebIdentityToken"_s, identity.subject);
    if (identity.packedPolicySize)
        answer.text(u"PackedPolicySize"_s, QString::number(*identity.packedPolicySize));
    return answer.close().done(requestId);
}

http::ServerResponse awsCallerIdentity(
    const QByteArray& requestId, const QString& arn, const QString& userId, const QString& account)
{
    return Answer(u"GetCallerIdentityResponse"_s)
        .open(u"GetCallerIdentityResult"_s)
        .text(u"Arn"_s, arn)
        .text(u"UserId"_s, userId)
        .text(u"Account"_s, account)
        .close()
        .done(requestId);
}

http::ServerResponse awsError(const QByteArray& requestId, int status, const QString& code, const QString& message)
{
    return Answer(u"ErrorResponse"_s)
        .open(u"Error"_s)
        .text(u"Type"_s, u"Sender"_s)
        .text(u"Code"_s, code)
        .text(u"Message"_s, message)
        .close()
        .text(u"RequestId"_s, QString::fromLatin1(requestId))
        .sent(status, requestId);
}

} // namespace lab
