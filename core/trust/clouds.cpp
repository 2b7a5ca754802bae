// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "clouds.h"

#include <algorithm>
#include <array>

namespace trust {

namespace {

// Microsoft: "National clouds", "Configure an app to trust a managed identity".
constexpr std::array table {
    Cloud {u"the global cloud", u"login.microsoftonline.com", u"login.windows.net",
        u"api://AzureADTokenExchange", u"vault.azure.net"},
    Cloud {u"US Government", u"login.microsoftonline.us", u"login.usgovcloudapi.net",
        u"api://AzureADTokenExchangeUSGov", u"vault.usgovcloudapi.net"},
    Cloud {u"China (21Vianet)", u"login.partner.microsoftonline.cn", u"login.chinacloudapi.cn",
        u"api://AzureADTokenExchangeChina", u"vault.azure.cn"},
    Cloud {u"Germany (closed in 2021)", u"login.microsoftonline.de", u"", u""},
    Cloud {u"Bleu (France)", u"login.sovcloud-identity.fr", u"", u"api://AzureADTokenExchangeFrance"},
    Cloud {u"Delos (Germany)", u"login.sovcloud-identity.de", u"", u"api://AzureADTokenExchangeGermany"},
    Cloud {u"Singapore Government", u"login.sovcloud-identity.sg", u"", u""},
};

bool same(QStringView a, const char16_t* b)
{
    return *b && a == QStringView(b);
}

bool isHex(QChar c)
{
    return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

bool isGuidAt(QStringView text, qsizetype at)
{
    if (at + 36 > text.size())
        return false;
    for (qsizetype i = 0; i < 36; ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[at + i] != u'-' : !isHex(text[at + i]))
            return false;
    }
    return true;
}

} // namespace

std::span<const Cloud> clouds()
{
    return table;
}

const Cloud* cloudOfHost(QStringView host)
{
    const auto it = std::ranges::find_if(table,
        [&](const Cloud& c) { return same(host, c.login) || same(host, c.alias); });
    return it == table.end() ? nullptr : &*it;
}

const Cloud* cloudOfVault(QStringView host)
{
    const auto it = std::ranges::find_if(table, [&](const Cloud& c) { return same(host, c.vault); });
    return it == table.end() ? nullptr : &*it;
}

const Cloud* cloudOfAudience(QStringView audience)
{
    const auto it = std::ranges::find_if(table,
        [&](const Cloud& c) { return same(audience, c.exchangeAudience); });
    return it == table.end() ? nullptr : &*it;
}

bool isGuid(QStringView text)
{
    return text.size() == 36 && isGuidAt(text, 0);
}

qsizetype findGuid(QStringView text)
{
    for (qsizetype at = 0; at + 36 <= text.size(); ++at)
        if (isGuidAt(text, at))
            return at;
    return -1;
}

} // namespace trust
