// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "harhandler_p.h"

#include <QDateTime>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace http {

namespace {

using enum HarNode;

/// Which member of which node leads where.
struct Way
{
    HarNode from;
    QByteArrayView key; ///< empty: every element
    bool array;
    HarNode to;
};
constexpr std::array ways {
    Way {Root, "log", false, Log}, Way {Log, "creator", false, Creator}, Way {Log, "entries", true, Entries},
    Way {Entries, "", false, Entry},
    Way {Entry, "request", false, HarNode::Request}, Way {Entry, "response", false, HarNode::Response},
    Way {Entry, "timings", false, Timings},
    Way {HarNode::Request, "headers", true, RequestHeaders}, Way {RequestHeaders, "", false, RequestHeader},
    Way {HarNode::Request, "postData", false, PostData}, Way {PostData, "params", true, Params}, Way {Params, "", false, Param},
    Way {HarNode::Response, "headers", true, ResponseHeaders}, Way {ResponseHeaders, "", false, ResponseHeader},
    Way {HarNode::Response, "content", false, Content},
};

base::Instant instantOf(const QByteArray& text)
{
    const QString written = QString::fromLatin1(text);
    if (const auto time = base::fromRfc3339(written))
        return *time;
    const QDateTime lenient = QDateTime::fromString(written, Qt::ISODateWithMs);
    return lenient.isValid() ? base::Instant {std::chrono::milliseconds {lenient.toMSecsSinceEpoch()}} : base::Instant {};
}

/// Some write it with a fraction, or as a text.
int statusOf(QByteArrayView text)
{
    const double status = text.trimmed().toDouble();
    return status >= 1 && status <= 999 ? int(status) : 0;
}

} // namespace

HarNode HarHandler::child(bool array) const
{
    if (m_stack.empty())
        return array ? Other : Root;
    const auto way = std::ranges::find_if(ways, [&](const Way& w) {
        return w.from == top() && w.array == array && (w.key.isEmpty() || w.key == m_key);
    });
    return way == ways.end() ? Other : way->to;
}

bool HarHandler::Key(const char* text, harjson::SizeType size, bool)
{
    if (top() != Other)
        m_key = m_text.text(text, qsizetype(size));
    m_text.forget();
    return true;
}

bool HarHandler::StartObject()
{
    const HarNode node = child(false);
    if (node == Entry) {
        m_entry = {.index = m_summary.entries};
        m_response = {};
        m_params = {};
        m_encoding.clear();
        m_failure.clear();
        m_spans = {};
        m_time = -1;
        m_hasText = false;
        m_text.takeTokens(); // of what stands between entries
    } else if (node == RequestHeader || node == ResponseHeader) {
        m_header = {};
    } else if (node == Param) {
        m_param = {};
    }
    m_stack.push_back(node);
    return true;
}

bool HarHandler::StartArray()
{
    const HarNode node = child(true);
    m_sawEntries = m_sawEntries || node == Entries;
    m_stack.push_back(node);
    return true;
}

bool HarHandler::EndArray(harjson::SizeType)
{
    m_stack.pop_back();
    return instead(u"is a list");
}

bool HarHandler::EndObject(harjson::SizeType)
{
    const HarNode node = top();
    m_stack.pop_back();
    switch (node) {
    case RequestHeader: m_entry.exchange.request.headers.append(std::move(m_header)); return true;
    case ResponseHeader: m_response.headers.append(std::move(m_header)); return true;
    case Param: m_params.append(std::move(m_param)); return true;
    case Entry: return finish();
    default: return true;
    }
}

bool HarHandler::RawNumber(const char* text, harjson::SizeType size, bool)
{
    const QByteArrayView number(text, qsizetype(size));
    if (top() == Entries)
        return instead(u"is a number");
    if (top() == HarNode::Response && m_key == "status")
        m_response.status = statusOf(number);
    else if (top() == Content && m_key == "size")
        m_entry.responseSize = qint64(number.toDouble());
    else if (top() == Entry && m_key == "time")
        m_time = number.toDouble();
    else if (top() == Timings && m_key == "wait")
        m_spans.firstByte = number.toDouble();
    return true;
}

bool HarHandler::String(const char* text, harjson::SizeType size, bool)
{
    const auto value = [&] { return m_text.text(text, qsizetype(size)); };
    http::Request& request = m_entry.exchange.request;
    switch (top()) {
    case Entries: m_text.forget(); return instead(u"is a text");
    case RequestHeader:
    case ResponseHeader:
        if (m_key == "name")
            m_header.name = value();
        else if (m_key == "value")
            m_header.value = value();
        break;
    case Param:
        if (m_key == "name")
            m_param.name = value();
        else if (m_key == "value")
            m_param.value = value();
        break;
    case HarNode::Request:
        if (m_key == "method")
            request.method = value();
        else if (m_key == "url")
            request.url = value();
        break;
    case PostData:
        if (m_key == "text") {
            request.body = value();
            m_entry.requestCut = m_text.wasCut();
        } else if (m_key == "mimeType" && !request.headers.has("Content-Type")) {
            request.headers.append({"Content-Type", value()});
        }
        break;
    case HarNode::Response:
        if (m_key == "statusText")
            m_response.reason = value();
        else if (m_key == "status")
            m_response.status = statusOf(value());
        else if (m_key == "redirectURL" && !m_response.headers.has("Location"))
            addLocation(value());
        else if (m_key == "_error")
            m_failure = value();
        break;
    case Content:
        if (m_key == "text") {
            m_response.body = value();
            m_response.truncated = m_text.wasCut();
            m_hasText = true;
        } else if (m_key == "encoding") {
            m_encoding = value();
        } else if (m_key == "mimeType" && !m_response.headers.has("Content-Type")) {
            m_response.headers.append({"Content-Type", value()});
        }
        break;
    case Entry:
        if (m_key == "startedDateTime")
            m_entry.exchange.started = instantOf(value());
        break;
    case Creator:
        if (m_key == "name" || m_key == "version")
            m_summary.creator += (m_summary.creator.isEmpty() ? u""_s : u" "_s) + QString::fromUtf8(value());
        break;
    default: break;
    }
    m_text.forget();
    return true;
}

/// Browsers write an empty one where there is none.
void HarHandler::addLocation(const QByteArray& target)
{
    if (!target.isEmpty())
        m_response.headers.append({"Location", target});
}

void HarHandler::finishBodies()
{
    if (m_encoding == "base64")
        m_response.body = QByteArray::fromBase64(m_response.body);
    http::Request& request = m_entry.exchange.request;
    if (request.body.isEmpty() && !m_params.isEmpty())
        request.body = encodeForm(m_params);
    m_entry.bodyMissing = m_response.body.isEmpty() && (m_entry.responseSize > 0 || (m_entry.responseSize < 0 && !m_hasText));
}

bool HarHandler::finish()
{
    finishBodies();
    Exchange& exchange = m_entry.exchange;
    // Status 0 is how browsers write that no answer came.
    if (m_response.status > 0)
        exchange.response = std::move(m_response);
    else
        exchange.failure = Failure {Failure::Kind::Other,
            m_failure.isEmpty() ? u"No answer came."_s : u"No answer came: %1."_s.arg(QString::fromUtf8(m_failure))};
    exchange.timings = {.firstByte = m_spans.firstByte, .finished = m_time};
    m_entry.moreTokens = m_text.takeTokens();
    if (exchange.request.url.isEmpty())
        m_entry.problem = u"has no request with an address"_s;
    return give();
}

/// An element of `entries` that is no object is counted like one.
bool HarHandler::instead(const char16_t* what)
{
    if (top() != Entries)
        return true;
    m_entry = {.index = m_summary.entries, .problem = QString::fromUtf16(what)};
    return give();
}

bool HarHandler::give()
{
    ++m_summary.entries;
    m_stopped = !m_take(std::move(m_entry));
    m_entry = {};
    return !m_stopped;
}

} // namespace http
