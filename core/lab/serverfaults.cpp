// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "serverfaults.h"

#include "core/lab/reply.h"

namespace lab {

namespace {

/// Longer than any client of a token endpoint or an API reads.
constexpr qsizetype endlessSize = 12 * 1024 * 1024;

} // namespace

std::optional<http::ServerResponse> brokenTarget(const World& world)
{
    if (world.hasFault(u"garbage-response"))
        return jsonReply(200, "<!doctype html>\0{\"access_token\":\xff\xfe[[[");
    if (world.hasFault(u"endless-response"))
        return jsonReply(200, QByteArray("{\"padding\":\"") + QByteArray(endlessSize, '.'));
    return std::nullopt;
}

std::optional<http::ServerResponse> brokenTokenEndpoint(const World& world)
{
    if (world.hasFault(u"dropped-response"))
        return http::ServerResponse {.drop = true};
    return std::nullopt;
}

std::optional<http::ServerResponse> brokenMetadata(const World& world)
{
    if (world.hasFault(u"no-metadata"))
        return http::ServerResponse {.drop = true};
    return std::nullopt;
}

} // namespace lab
