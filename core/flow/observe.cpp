// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/flow/run.h"

#include "replybody.h"

#include <QRegularExpression>

namespace flow {

using namespace Qt::StringLiterals;

namespace {

/// The members that hold an error's type and its description, one row per shape.
struct Shape
{
    QStringView error;
    QStringView text;
};
constexpr Shape shapes[] = {
    {u"/error", u"/error_description"},     // RFC 6749 section 5.2
    {u"/error/type", u"/error/message"},    // an envelope around an object
    {u"/error/code", u"/error/message"},
    {u"/error/status", u"/error/message"},
    {u"/title", u"/detail"},                // RFC 9457
    {u"/code", u"/message"},
    {u"/ErrorResponse/Error/Code", u"/ErrorResponse/Error/Message"}, // AWS query protocol
    {u"/errorCode", u"/errorDescription"},
};

/// What stands behind an outer code like "Forbidden" (OData JSON, innererror); both spellings occur.
QString innerCode(const json::Document& document)
{
    const QString text = document.find(u"/error/innererror/code").text();
    return text.isEmpty() ? document.find(u"/error/innerError/code").text() : text;
}

void readBody(const http::Response& response, Observed& observed)
{
    const json::Document document = replyTree(response);
    for (const Shape& shape : shapes) {
        const json::Value error = document.find(shape.error);
        if (!error.isString())
            continue;
        observed.error = error.text();
        observed.text = document.find(shape.text).text();
        observed.code = errorCode(observed.text);
        if (observed.code.isEmpty())
            observed.code = innerCode(document);
        return;
    }
}

/// RFC 6750 section 3: error and error_description in WWW-Authenticate.
void readChallenge(const QByteArray& challenge, Observed& observed)
{
    static const QRegularExpression pattern(u"\\b(error|error_description)=\"([^\"]*)\""_s);
    auto it = pattern.globalMatch(QString::fromUtf8(challenge));
    while (it.hasNext()) {
        const auto match = it.next();
        (match.captured(1) == u"error" ? observed.error : observed.text) = match.captured(2);
    }
}

/// An OAuth error under the status 200, as one large token endpoint writes it: still a refusal.
bool isErrorInside(const http::Response& response)
{
    if (!response.body.contains("error"))
        return false;
    const json::Document document = replyTree(response);
    return document.root()["error"].isString() && !document.root()["access_token"];
}

} // namespace

QString errorCode(const QString& text)
{
    static const QRegularExpression pattern(u"^([A-Z][A-Z0-9_]{3,40}):\\s"_s);
    return pattern.match(text).captured(1);
}

Observed observe(const http::Exchange& exchange)
{
    Observed observed;
    if (!exchange.response)
        return observed;
    const http::Response& response = *exchange.response;
    observed.status = response.status;
    for (const char* name : {"request-id", "x-ms-request-id", "x-request-id", "x-amzn-requestid"})
        if (observed.requestId.isEmpty())
            observed.requestId = QString::fromUtf8(response.headers.value(name));
    if (response.status >= 200 && response.status < 300) {
        observed.decision = isErrorInside(response) ? base::Decision::Refuse : base::Decision::Accept;
        if (observed.decision == base::Decision::Refuse)
            readBody(response, observed);
        return observed;
    }
    if (response.status >= 400 && response.status < 500)
        observed.decision = base::Decision::Refuse;
    readBody(response, observed);
    if (observed.error.isEmpty())
        readChallenge(response.headers.value("WWW-Authenticate"), observed);
    return observed;
}

} // namespace flow
