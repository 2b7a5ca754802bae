// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/asio_p.h"
#include "core/http/server.h"

namespace http::serving {

/// Beast's parser writing straight into our request: no second copy of every header.
class RequestReader : public beast::http::basic_parser<true>
{
public:
    ServerRequest request{};
    int version = 11;

private:
    using View = boost::string_view;
    void on_request_impl(beast::http::verb, View method, View target, int v, Code&) override
    {
        request.method = bytes(method);
        request.target = bytes(target);
        const qsizetype query = request.target.indexOf('?');
        request.path = query < 0 ? request.target : request.target.first(query);
        request.query = query < 0 ? QByteArray() : request.target.sliced(query + 1);
        version = v;
    }
    void on_field_impl(beast::http::field, View name, View value, Code&) override
    {
        if (!is_header_done()) // trailers are not headers
            request.headers.append({bytes(name), bytes(value)});
    }
    std::size_t on_body_impl(View body, Code&) override
    {
        request.body.append(body.data(), static_cast<qsizetype>(body.size()));
        return body.size();
    }
    std::size_t on_chunk_body_impl(std::uint64_t, View body, Code& ec) override
    {
        return on_body_impl(body, ec);
    }
    void on_response_impl(int, View, int, Code&) override { }
    void on_header_impl(Code&) override { }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, Code&) override { }
    void on_chunk_header_impl(std::uint64_t, View, Code&) override { }
    void on_finish_impl(Code&) override { }
};

} // namespace http::serving
