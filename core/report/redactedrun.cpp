// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "redactedrun.h"

#include "readshapes.h"
#include "rewrite_p.h"
#include "runjson.h"

#include "core/http/redact.h"

namespace report {

using namespace Qt::StringLiterals;

namespace {

/// A member of a step, by its place in it, and how it is redacted: nothing where it stays.
std::optional<QByteArray> redactedMember(const json::Value& v, const NamePath& path, const http::Exchange& exchange)
{
    if (path == NamePath {"request"} && v.isObject())
        return requestJson(exchange, false);
    if (path == NamePath {"response"} && v.isObject())
        return responseJson(exchange, false);
    if (path == NamePath {"tokens", {}, "value"})
        return QByteArray();
    if (path == NamePath {"tokens", {}, "header"} || path == NamePath {"tokens", {}, "claims"})
        return http::shownClaims(v.raw());
    if ((path == NamePath {"observed", "text"} || path == NamePath {"failure", "text"}) && v.isString())
        return json::quoted(http::redactedText(v.text()));
    return {};
}

} // namespace

QByteArray redactedRun(const json::Value& run)
{
    const QByteArray redacted = rewritten(run, [](const json::Value& step, const NamePath& path) -> std::optional<QByteArray> {
        if (path == NamePath {"revealed"})
            return "false";
        if (path != NamePath {"steps", {}} || !step.isObject())
            return {};
        Reading in; // of what is odd in it, whoever opens the run is told
        const http::Exchange exchange = exchangeFrom(in, step);
        return rewritten(step, [&exchange](const json::Value& v, const NamePath& place) { return redactedMember(v, place, exchange); });
    });
    return json::formatted(json::Document::read(redacted).root(), -1);
}

} // namespace report
