// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "near_p.h"

#include "core/trust/clouds.h"

#include <array>

using namespace Qt::StringLiterals;
using base::Near;
using base::NearMiss;

namespace trust {

namespace {

struct Address
{
    QStringView scheme {};
    QStringView host {};
    QStringView port {};
    QStringView rest {}; ///< from the first slash on
};

Address addressOf(QStringView text)
{
    Address out;
    if (const qsizetype colon = text.indexOf("://"_L1); colon > 0) {
        out.scheme = text.first(colon);
        text = text.sliced(colon + 3);
    }
    const qsizetype slash = text.indexOf(u'/');
    out.host = slash < 0 ? text : text.first(slash);
    out.rest = slash < 0 ? QStringView() : text.sliced(slash);
    if (const qsizetype colon = out.host.lastIndexOf(u':'); colon >= 0 && !out.host.endsWith(u']')) {
        out.port = out.host.sliced(colon + 1);
        out.host = out.host.first(colon);
    }
    return out;
}

bool equalButCase(QStringView a, QStringView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

/// "https", or how its absence is said.
QString schemeWord(QStringView scheme)
{
    return scheme.isEmpty() ? u"no scheme"_s : scheme.toString() + u"://"_s;
}

bool isWeb(QStringView scheme)
{
    return scheme.isEmpty() || equalButCase(scheme, u"http") || equalButCase(scheme, u"https");
}

std::optional<NearMiss> inScheme(const Pair& pair)
{
    const Address a = addressOf(pair.presented), b = addressOf(pair.expected);
    const bool samePlace = equalButCase(a.host, b.host) && a.port == b.port && equalButCase(a.rest, b.rest);
    if (!samePlace || a.scheme == b.scheme || !isWeb(a.scheme) || !isWeb(b.scheme)
        || !(a.host.contains(u'.') || a.host.contains(u'-') || !a.rest.isEmpty()))
        return {};
    return NearMiss {Near::Scheme, {}, u"The %1 has %2, the %3 has %4."_s.arg(
        pair.hints.presenter, schemeWord(a.scheme), pair.hints.contract, schemeWord(b.scheme))};
}

QString portWord(QStringView port)
{
    return port.isEmpty() ? u"no port"_s : u"port "_s + port;
}

std::optional<NearMiss> inPort(const Pair& pair)
{
    const Address a = addressOf(pair.presented), b = addressOf(pair.expected);
    if (a.scheme.isEmpty() || a.scheme != b.scheme || !equalButCase(a.host, b.host) || a.rest != b.rest
        || a.port == b.port)
        return {};
    return NearMiss {Near::Port, {}, u"The %1 names %2, the %3 names %4."_s.arg(
        pair.hints.presenter, portWord(a.port), pair.hints.contract, portWord(b.port))};
}

/// An issuer of Entra: "/<tenant>/" in version 1, "/<tenant>/v2.0" in version 2.
struct EntraIssuer
{
    QStringView tenant {};
    int version = 1;
    QStringView tail {};
};

std::optional<EntraIssuer> entraIssuer(QStringView text)
{
    const QStringView path = addressOf(text).rest;
    if (path.size() < 37 || !isGuid(path.sliced(1, 36)))
        return {};
    const QStringView tail = path.sliced(37);
    if (tail.isEmpty() || tail == "/"_L1)
        return EntraIssuer {path.sliced(1, 36), 1, tail};
    if (tail == "/v2.0"_L1 || tail == "/v2.0/"_L1)
        return EntraIssuer {path.sliced(1, 36), 2, tail};
    return {};
}

bool comparesIssuers(const Pair& pair)
{
    const QStringView host = addressOf(pair.presented).host;
    return pair.hints.issuer || cloudOfHost(host) || host == "sts.windows.net"_L1;
}

std::optional<NearMiss> inVersion(const Pair& pair)
{
    const auto a = entraIssuer(pair.presented), b = entraIssuer(pair.expected);
    if (!a || !b || !comparesIssuers(pair) || a->version == b->version || !equalButCase(a->tenant, b->tenant))
        return {};
    return NearMiss {Near::V1V2Issuer, {},
        u"The %1 is v%2, the %3 expects v%4. Both name the tenant %5."_s.arg(
        pair.hints.presenter, QString::number(a->version), pair.hints.contract, QString::number(b->version),
            a->tenant.toString())};
}

std::optional<NearMiss> inTenant(const Pair& pair)
{
    const auto a = entraIssuer(pair.presented), b = entraIssuer(pair.expected);
    if (!a || !b || !comparesIssuers(pair) || equalButCase(a->tenant, b->tenant))
        return {};
    const Address from = addressOf(pair.presented), to = addressOf(pair.expected);
    if (a->version == b->version && (from.scheme != to.scheme || from.host != to.host || from.port != to.port))
        return {};
    return NearMiss {Near::WrongTenant, {},
        u"The %1 comes from the tenant %2, the %3 trusts the tenant %4."_s.arg(
        pair.hints.presenter, a->tenant.toString(), pair.hints.contract, b->tenant.toString())
        + (a->version == b->version ? QString() : u" The version differs as well."_s)};
}

QString cloudName(const Cloud* cloud)
{
    return QString::fromUtf16(cloud->name);
}

std::optional<NearMiss> inCloud(const Pair& pair)
{
    const Address from = addressOf(pair.presented), to = addressOf(pair.expected);
    const bool sameRest = from.scheme == to.scheme && from.rest == to.rest;
    const Cloud* a = cloudOfAudience(pair.presented);
    const Cloud* b = cloudOfAudience(pair.expected);
    if (!a || !b) {
        a = sameRest ? cloudOfHost(from.host) : nullptr;
        b = sameRest ? cloudOfHost(to.host) : nullptr;
    }
    if (!a && !b && sameRest) {
        a = cloudOfVault(from.host);
        b = cloudOfVault(to.host);
    }
    if (!a || !b)
        return {};
    if (a == b)
        return NearMiss {Near::CloudVariant, {},
            u"Two host names of %1. They are compared as written."_s.arg(cloudName(a))};
    return NearMiss {Near::CloudVariant, {}, u"The %1 belongs to %2, the %3 to %4."_s.arg(
        pair.hints.presenter, cloudName(a), pair.hints.contract, cloudName(b))};
}

constexpr std::array<NearTest, 5> tests {inScheme, inPort, inVersion, inTenant, inCloud};

} // namespace

std::span<const NearTest> addressTests()
{
    return tests;
}

} // namespace trust
