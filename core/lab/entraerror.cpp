// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "entraerror.h"

#include "core/lab/jsontext.h"
#include "core/lab/pages.h"
#include "core/lab/reply.h"
#include "core/lab/truth.h"
#include "core/trust/codes.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace lab {

namespace {

/// "2026-11-22 16:00:00Z": Entra writes a blank for the T.
QByteArray timestamp(base::Instant at) { return base::toRfc3339(at).toLatin1().replace('T', ' '); }

/// Entra's trace ids end in 00.
QByteArray newTraceId(const TenantCall& call)
{
    QByteArray id = call.world.entropy.guid();
    id.replace(id.size() - 2, 2, "00");
    return id;
}

QByteArray correlationId(const TenantCall& call)
{
    static const QRegularExpression guid(u"^[0-9A-Fa-f-]{36}$"_s);
    QByteArray sent = call.request.headers.value("client-request-id");
    if (sent.isEmpty())
        sent = call.parameters().value("client-request-id");
    return guid.match(QString::fromLatin1(sent)).hasMatch() ? sent : call.world.entropy.guid();
}

QByteArray description(const TenantCall& call, const base::Refusal& refusal, const QByteArray& trace,
    const QByteArray& correlation)
{
    // What Entra is not known to do has no number of Entra's.
    const QByteArray code = refusal.code.isEmpty() ? QByteArray() : QByteArray(refusal.code.toUtf8() + ": ");
    return QByteArray(code + refusal.text.toUtf8() + " Trace ID: " + trace
        + " Correlation ID: " + correlation + " Timestamp: " + timestamp(call.now));
}

QByteArray errorAddress(const TenantCall& call, int number)
{
    return QByteArray(call.origin() + "/error?code=" + QByteArray::number(number));
}

} // namespace

int aadstsNumber(const QString& code)
{
    return code.startsWith("AADSTS"_L1) ? QStringView(code).sliced(6).toInt() : 0;
}

base::Refusal refusalOf(const base::Verdict& verdict)
{
    if (verdict.decision == base::Decision::NotEvaluated)
        return openQuestion(verdict);
    return verdict.refusal.value_or(trust::refusal(50000));
}

void addEntraHeaders(
    http::ServerResponse& reply, const TenantCall& call, const QByteArray& traceId, QByteArrayView code)
{
    addHeader(reply, "Expires", "-1");
    addHeader(reply, "x-ms-request-id", traceId);
    addHeader(reply, "x-ms-ests-server", "2.1.0 - LAB ProdSlices");
    addHeader(reply, "x-ms-clitelem", "1," + code.toByteArray() + ",0,,");
    if (call.request.headers.value("return-client-request-id") == "true")
        addHeader(reply, "client-request-id", call.request.headers.value("client-request-id"));
}

QByteArray entraDescription(const TenantCall& call, const base::Refusal& refusal, const QByteArray& traceId)
{
    return description(call, refusal, traceId, correlationId(call));
}

http::ServerResponse entraError(const TenantCall& call, const base::Refusal& refusal)
{
    const int number = aadstsNumber(refusal.code);
    const QByteArray trace = newTraceId(call);
    const QByteArray correlation = correlationId(call);
    JsonText body;
    body.text("error", refusal.error)
        .text("error_description", description(call, refusal, trace, correlation))
        .raw("error_codes", QByteArray('[' + QByteArray::number(number) + ']'))
        .text("timestamp", timestamp(call.now))
        .text("trace_id", trace)
        .text("correlation_id", correlation)
        .text("error_uri", errorAddress(call, number));
    if (!refusal.suberror.isEmpty())
        body.text("suberror", refusal.suberror);
    auto reply = jsonReply(refusal.status, body.done());
    addEntraHeaders(reply, call, trace, QByteArray::number(number));
    return reply;
}

http::ServerResponse entraErrorPage(const TenantCall& call, const base::Refusal& refusal)
{
    const QByteArray trace = newTraceId(call);
    const int status = refusal.status >= 400 ? refusal.status : 400;
    auto reply = htmlReply(status,
        messagePage(u"Sign-in is not possible"_s, QString(refusal.code + u": "_s + refusal.text),
            QString(u"Trace ID "_s + QString::fromLatin1(trace) + u", "_s
                + QString::fromLatin1(timestamp(call.now)))));
    addEntraHeaders(reply, call, trace);
    return reply;
}

} // namespace lab
