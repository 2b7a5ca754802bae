// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "har.h"

#include "harhandler_p.h"
#include "longstrings_p.h"

#include "core/base/jsonwriter.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace http {

namespace {

constexpr qsizetype firstMembers = 4096; // "log" is the only member of the root that HAR 1.2 knows

QString describe(const harjson::ParseResult& result, qint64 place)
{
    return u"The file is broken near byte %1: %2"_s.arg(place)
        .arg(QString::fromLatin1(harjson::GetParseError_En(result.Code())));
}

/// Just behind the colon of the root's member `name`; -1 when that does not stand in the text.
qsizetype behindRootMember(const QByteArray& text, QByteArrayView name)
{
    int depth = 0;
    QByteArrayView last;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"') {
            const qsizetype from = ++i;
            while (i < text.size() && text[i] != '"')
                i += text[i] == '\\' ? 2 : 1;
            last = QByteArrayView(text).sliced(from, std::min(i, text.size()) - from);
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
        } else if (c == ':' && depth == 1 && last == name) {
            return i + 1;
        }
    }
    return -1;
}

void writeHeaders(json::Writer& out, const Headers& headers)
{
    out.beginArray("headers");
    for (const Header& header : headers)
        out.beginObject().text("name", QString::fromUtf8(header.name)).text("value", QString::fromUtf8(header.value)).endObject();
    out.endArray().number("headersSize", -1).beginArray("cookies").endArray();
}

void writeRequest(json::Writer& out, const Request& request)
{
    out.beginObject("request").text("method", QString::fromUtf8(request.method)).text("url", QString::fromUtf8(request.url)).text("httpVersion", u"HTTP/1.1"_s);
    writeHeaders(out, request.headers);
    out.beginArray("queryString");
    for (const Parameter& p : parseForm(splitUrl(request.url).query))
        out.beginObject().text("name", QString::fromUtf8(p.name)).text("value", QString::fromUtf8(p.value)).endObject();
    out.endArray();
    if (!request.body.isEmpty())
        out.beginObject("postData").text("mimeType", QString::fromUtf8(request.headers.value("Content-Type"))).text("text", QString::fromUtf8(request.body)).endObject();
    out.number("bodySize", qint64(request.body.size())).endObject();
}

void writeResponse(json::Writer& out, const std::optional<Response>& response)
{
    const Response shown = response.value_or(Response {});
    out.beginObject("response").number("status", shown.status).text("statusText", QString::fromUtf8(shown.reason)).text("httpVersion", u"HTTP/1.1"_s);
    writeHeaders(out, shown.headers);
    out.text("redirectURL", QString::fromUtf8(shown.headers.value("Location")));
    out.beginObject("content").number("size", qint64(shown.body.size())).text("mimeType", QString::fromUtf8(shown.headers.value("Content-Type")))
        .text("text", QString::fromUtf8(shown.body)).endObject();
    out.number("bodySize", qint64(shown.body.size())).endObject();
}

} // namespace

base::Result<HarSummary> readHar(QIODevice& from, const HarOptions& options,
    const std::function<bool(HarEntry&&)>& take, const std::function<bool(qint64 read)>& progress)
{
    LongStrings text(from, options.bodyLimit, progress);
    HarHandler handler(text, take);
    harjson::Reader reader;
    const harjson::ParseResult result
        = reader.Parse<harjson::kParseIterativeFlag | harjson::kParseStopWhenDoneFlag | harjson::kParseNumbersAsStringsFlag>(text, handler);
    HarSummary summary = handler.summary();
    summary.bytes = text.read();
    summary.stopped = handler.stopped() || text.stopped();
    summary.whole = !result.IsError();
    if (!handler.sawEntries())
        return base::fail(u"not-a-har"_s, u"This is not an HTTP archive: it has no `log.entries`."_s);
    if (summary.whole || summary.stopped)
        return summary;
    const QString problem = text.problem().isEmpty() ? describe(result, text.place()) : u"Reading broke off near byte %1: %2."_s.arg(text.read()).arg(text.problem());
    if (summary.entries == 0)
        return base::fail(u"har-broken"_s, problem + u" No entry before that is whole."_s);
    summary.problems.append(problem + u" What came before is shown."_s);
    return summary;
}

bool looksLikeHar(QByteArrayView text)
{
    if (text.startsWith("\xEF\xBB\xBF"))
        text = text.sliced(3);
    const QByteArray start = text.first(std::min(text.size(), firstMembers)).toByteArray().trimmed();
    const qsizetype log = start.startsWith('{') ? behindRootMember(start, "log") : -1;
    if (log < 0)
        return false;
    const QByteArray members = start.sliced(log).trimmed();
    return members.startsWith('{') && (members.contains("\"entries\"") || members.contains("\"creator\"") || members.contains("\"version\""));
}

QByteArray toHar(const QList<Exchange>& exchanges, const QString& creator)
{
    json::Writer out;
    out.beginObject().beginObject("log").text("version", u"1.2"_s);
    out.beginObject("creator").text("name", creator).text("version", u"1"_s).endObject();
    out.beginArray("entries");
    for (const Exchange& exchange : exchanges) {
        out.beginObject().text("startedDateTime", base::toRfc3339(exchange.started)).number("time", std::max(0.0, exchange.timings.finished));
        writeRequest(out, exchange.request);
        writeResponse(out, exchange.response);
        out.beginObject("cache").endObject();
        out.beginObject("timings").number("send", 0).number("wait", std::max(0.0, exchange.timings.finished)).number("receive", 0).endObject().endObject();
    }
    return out.endArray().endObject().endObject().done();
}

} // namespace http
