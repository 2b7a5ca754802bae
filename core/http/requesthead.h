// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"

#include <QByteArrayView>

/// What the server demands of a request before anybody else sees it. Stricter than the parser behind it,
/// which folds lines, joins lengths and takes absolute targets; two readers that disagree are how requests
/// are smuggled.
namespace http {

/// Reads a request's head byte by byte as it arrives and stops at the first byte that cannot stand there, so
/// that garbage is answered at once and not when the time is up (RFC 9112 sections 2.2, 3 and 5).
class HeadScan
{
public:
    enum class State { More, Complete, Bad, TooLong };

    explicit HeadScan(int maxHeaders = 100)
        : m_maxHeaders(maxHeaders)
    {
    }
    /// `bytes` is everything since the message began; what was seen before is not looked at again.
    State feed(QByteArrayView bytes);
    qsizetype start() const { return m_start; } ///< behind one empty line before the request
    qsizetype end() const { return m_at; } ///< behind the empty line after the headers

    static constexpr qsizetype maxBytes = 64LL * 1024;

private:
    enum class Where {
        Before,
        BeforeLf,
        Line,
        LineLf,
        FieldStart,
        Name,
        Value,
        ValueLf,
        EndLf,
        Done,
        Broken
    };
    Where step(char c);
    Where startField(char c);

    Where m_where = Where::Before;
    qsizetype m_at = 0;
    qsizetype m_start = 0;
    int m_headers = 0;
    int m_maxHeaders;
};

/// The status to refuse a well-formed head with, or 0: 400 for an ambiguous length, host or target (RFC 9112
/// sections 3.2, 6.1 and 6.3), 413, 417, 421. `version` is 10 or 11.
int refusal(const ServerRequest& request, int version, const ServerLimits& limits);

/// Whether the Host value is a loopback name with exactly this port.
bool isOwnHost(QByteArrayView host, int port, bool secure);

} // namespace http
