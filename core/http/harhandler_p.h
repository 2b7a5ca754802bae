// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "har.h"
#include "longstrings_p.h"

// Settings of RapidJSON differ from the document reader's, so it gets a namespace of its own.
#undef RAPIDJSON_NAMESPACE
#define RAPIDJSON_NAMESPACE harjson
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <vector>

namespace http {

/// Where in the archive the reader stands: the members that matter have names, everything else is Other.
enum class HarNode {
    Root, Log, Creator, Entries, Entry, Request, RequestHeaders, RequestHeader, PostData, Params, Param,
    Response, ResponseHeaders, ResponseHeader, Content, Timings, Other
};

/// Builds entries out of RapidJSON's events.
class HarHandler
{
public:
    HarHandler(LongStrings& text, const std::function<bool(HarEntry&&)>& take)
        : m_text(text), m_take(take) { }

    bool Null() { return instead(u"is null"); }
    bool Bool(bool) { return instead(u"is true or false"); }
    bool Int(int) { return true; }
    bool Uint(unsigned) { return true; }
    bool Int64(int64_t) { return true; }
    bool Uint64(uint64_t) { return true; }
    bool Double(double) { return true; }
    bool RawNumber(const char* text, harjson::SizeType size, bool);
    bool String(const char* text, harjson::SizeType size, bool);
    bool Key(const char* text, harjson::SizeType size, bool);
    bool StartObject();
    bool EndObject(harjson::SizeType);
    bool StartArray();
    bool EndArray(harjson::SizeType);

    const HarSummary& summary() const { return m_summary; }
    bool sawEntries() const { return m_sawEntries; }
    bool stopped() const { return m_stopped; }

private:
    HarNode top() const { return m_stack.empty() ? HarNode::Other : m_stack.back(); }
    HarNode child(bool array) const;
    bool finish();
    bool instead(const char16_t* what);
    bool give();
    void finishBodies();
    void addLocation(const QByteArray& target);

    LongStrings& m_text;
    const std::function<bool(HarEntry&&)>& m_take;
    std::vector<HarNode> m_stack {};
    QByteArray m_key {};
    HarEntry m_entry {};
    Response m_response {};
    Header m_header {};
    Parameter m_param {};
    Form m_params {};
    QByteArray m_encoding {};
    QByteArray m_failure {};
    Exchange::Timings m_spans {}; ///< connect, ssl, wait as the archive gives them
    double m_time = -1;
    bool m_sawEntries = false;
    bool m_hasText = false;
    bool m_stopped = false;
    HarSummary m_summary {};
};

} // namespace http
