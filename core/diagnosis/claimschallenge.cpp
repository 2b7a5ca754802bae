// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/intake_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

/// The parameter `claims` of a challenge: what a resource or Entra wants of the next token (OpenID Connect Core 5.5;
/// Microsoft: claims challenges, claims requests and client capabilities).
namespace diagnosis {

namespace {

/// What asking for a claim means.
struct Wanted
{
    const char16_t* claim;
    const char16_t* words; ///< %1 is the value
};
constexpr std::array meanings {
    Wanted {u"nbf", u"a token issued after %1: the one presented was revoked"},
    Wanted {u"acrs", u"the authentication context %1"},
    Wanted {u"capolids", u"the Conditional Access policy %1 to be satisfied"},
    Wanted {u"xms_rp_ipaddr", u"a token for the address %1: it was presented from another one"},
};

QString valueOf(const json::Value& asked)
{
    if (asked["value"])
        return asked["value"].display();
    QStringList values;
    for (json::Value each = asked["values"].first(); each; each = each.next())
        values += each.display();
    return values.join(u", "_s);
}

QString wordsFor(const QString& claim, const QString& value)
{
    bool isNumber = false;
    const qint64 seconds = value.toLongLong(&isNumber);
    const bool isTime = claim == "nbf"_L1 && isNumber && seconds > 0 && seconds < 253402300799;
    const QString shown = isTime ? base::toRfc3339(base::fromEpochSeconds(seconds)) : value;
    const auto known = std::ranges::find(meanings, QStringView(claim), [](const Wanted& w) { return QStringView(w.claim); });
    if (known != meanings.end() && !shown.isEmpty())
        return QString::fromUtf16(known->words).arg(shown);
    return shown.isEmpty() ? u"the claim "_s + claim : u"the claim %1 with %2"_s.arg(claim, shown);
}

} // namespace

QStringList wantedClaims(const QByteArray& claims)
{
    QByteArray text = claims.trimmed();
    if (!text.startsWith('{'))
        text = QByteArray::fromBase64(text.replace('-', '+').replace('_', '/'));
    const auto document = json::Document::parse(text);
    QStringList out;
    if (document)
        for (json::Value token = document->root().first(); token; token = token.next())
            for (json::Value asked = token.first(); asked; asked = asked.next())
                out += u"It wants %1."_s.arg(wordsFor(asked.keyText(), valueOf(asked)));
    return out;
}

} // namespace diagnosis
