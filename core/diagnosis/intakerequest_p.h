// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/intake.h"
#include "core/http/message.h"
#include "core/jose/jwt.h"

namespace diagnosis {

/// What can be said about a request from its address and its parameters: which one it is, and what is wrong with it
/// before any receiver answers.
Item requestItem(const QByteArray& url, const http::Form& parameters);
/// What the whole call shows beyond that: a header or a member that is missing, a token for somebody else, the wrong kind of body.
void noteCall(Item& item, const QByteArray& url, const http::Headers& headers, const QByteArray& body);
/// The token of the Authorization header; a null one when it carries none.
jose::Jwt bearerOf(const http::Headers& headers);
/// Whether these are parameters of an OAuth request, of its answer, or of a metadata service.
bool isOAuth(const http::Form& parameters);

/// Rows of `holds`, `wrong`, `fix` and `rule`: everything that holds is wrong, and the first one says what to do.
template <typename Faults, typename Asked>
void noteFaults(Item& item, const Faults& faults, const Asked& asked)
{
    for (const auto& fault : faults) {
        if (!fault.holds(asked))
            continue;
        item.wrong.append(QString::fromUtf16(fault.wrong));
        if (item.fix.isEmpty()) {
            item.fix = QString::fromUtf16(fault.fix);
            item.rule = QString::fromUtf16(fault.rule);
        }
    }
}

} // namespace diagnosis
