// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/flow/run.h"
#include "core/http/message.h"

#include <QMetaType>

/// One line of a message as the Wire tab shows it. Values are as given: redact before.
struct WireRow
{
    enum class Kind { Start, Section, Field, Text } kind {};
    QString name {};      ///< method or "401", heading, parameter
    QString value {};     ///< address without its query, reason, value
    QString origin {};    ///< "setup", "T1", "made here"; empty for answers
    int depth = 0;        ///< of a JSON member
    bool open = false;    ///< the whole value is shown
    bool operator==(const WireRow&) const = default;
};
Q_DECLARE_METATYPE(WireRow)

/// The address split at "?", headers, body as form table, JSON members or lines.
QList<WireRow> requestRows(const http::Request& request, const QList<flow::Origin>& origins);
QList<WireRow> responseRows(const http::Response& response);
/// The message as text: start line, headers, empty line, body.
QString rawText(const http::Request& request);
QString rawText(const http::Response& response);

/// A value cut at its redaction marks: "Bearer ", then a mark without its brackets.
struct MarkedPart
{
    QString text {};
    bool isMark = false;
    bool operator==(const MarkedPart&) const = default;
};
QList<MarkedPart> markedParts(const QString& value);
