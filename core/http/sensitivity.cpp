// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "sensitive.h"

#include <algorithm>
#include <array>

namespace http {

namespace {

struct NameRow
{
    const char* name;
    bool suffix;
    Sensitivity kind;
};
/// Lower case, "-" and "_" left out. Suffixes also match the whole name.
constexpr std::array nameRows{
    NameRow{"token", true, Sensitivity::Token},
    NameRow{"assertion", true, Sensitivity::Token},
    NameRow{"idtokenhint", false, Sensitivity::Token},
    NameRow{"authorization", true, Sensitivity::Secret},
    NameRow{"secret", true, Sensitivity::Secret},
    NameRow{"secrettext", true, Sensitivity::Secret}, // Microsoft Graph passwordCredential
    NameRow{"secretvalue", true, Sensitivity::Secret},
    NameRow{"secretstring", false, Sensitivity::Secret}, // AWS Secrets Manager
    NameRow{"secretbinary", false, Sensitivity::Secret},
    NameRow{"connectionstring", true, Sensitivity::Secret},
    NameRow{"password", true, Sensitivity::Secret},
    NameRow{"passwd", true, Sensitivity::Secret},
    NameRow{"pwd", false, Sensitivity::Secret},
    NameRow{"passcode", true, Sensitivity::Secret},
    NameRow{"passphrase", true, Sensitivity::Secret},
    NameRow{"pin", false, Sensitivity::Secret},
    NameRow{"otp", false, Sensitivity::Secret},
    NameRow{"totp", false, Sensitivity::Secret},
    NameRow{"code", false, Sensitivity::Secret},
    NameRow{"authorizationcode", false, Sensitivity::Secret},
    NameRow{"authcode", false, Sensitivity::Secret},
    NameRow{"devicecode", false, Sensitivity::Secret},
    NameRow{"usercode", false, Sensitivity::Secret}, // RFC 8628: whoever types it gives the device away
    NameRow{"codeverifier", true, Sensitivity::Secret},
    NameRow{"cookie", true, Sensitivity::Secret},
    NameRow{"xidentityheader", false, Sensitivity::Secret},
    NameRow{"identityheader", false, Sensitivity::Secret},
    NameRow{"apikey", true, Sensitivity::Secret},
    NameRow{"privatekey", true, Sensitivity::Secret},
    NameRow{"secretkey", true, Sensitivity::Secret},
    NameRow{"secretaccesskey", true, Sensitivity::Secret},
    NameRow{"sharedaccesskey", true, Sensitivity::Secret},
    NameRow{"accountkey", true, Sensitivity::Secret},
    NameRow{"subscriptionkey", true, Sensitivity::Secret},
    NameRow{"functionskey", true, Sensitivity::Secret},
    NameRow{"samlresponse", false, Sensitivity::Secret},
    NameRow{"wresult", false, Sensitivity::Secret},
    NameRow{"signature", true, Sensitivity::Secret},
    NameRow{"sig", false, Sensitivity::Secret},
    NameRow{"sessionid", true, Sensitivity::Secret},
};

/// Lower case, "-" and "_" left out; as ends of names. A table has a primaryKey too, and a vault gives an encryption key's name.
constexpr std::array keyNames {"accesskey", "primarykey", "secondarykey", "masterkey", "encryptionkey", "signingkey", "hmackey", "sharedkey", "sessionkey", "clientkeydata"};
constexpr std::array wholeKeyNames {"key1", "key2", "session", "credential", "pat"};
/// Of these there are lists and maps. "max_tokens" is a number, and codes and signatures come with much that is open.
constexpr std::array manyNames {"tokens", "secrets", "passwords", "passphrases", "apikeys", "privatekeys", "secretkeys", "accesskeys"};

QByteArray plainName(QByteArrayView name)
{
    QByteArray plain = name.toByteArray().toLower();
    plain.removeIf([](char c) { return c == '-' || c == '_'; });
    return plain;
}

bool matches(const NameRow& row, const QByteArray& name)
{
    return row.suffix ? name.endsWith(row.name) : name == row.name;
}

bool isBase64url(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'
            || c == '_';
    });
}

enum class Letter { Upper, Lower, Digit, Other };
Letter letterOf(char c)
{
    if (c >= 'A' && c <= 'Z')
        return Letter::Upper;
    if (c >= 'a' && c <= 'z')
        return Letter::Lower;
    return c >= '0' && c <= '9' ? Letter::Digit : Letter::Other;
}

/// 32 and more characters of upper case, lower case and digits that change far more often than in words.
bool looksRandom(QByteArrayView value)
{
    if (value.size() < 32 || value.size() > 4096)
        return false;
    std::array<bool, 4> seen{};
    qsizetype changes = 0;
    Letter before = letterOf(value.front());
    for (const char c : value) {
        if (letterOf(c) == Letter::Other && !QByteArrayView("-_~.+/=").contains(c))
            return false;
        changes += letterOf(c) != before;
        before = letterOf(c);
        seen[static_cast<size_t>(before)] = true;
    }
    return seen[0] && seen[1] && seen[2] && changes * 5 >= value.size() * 2;
}

} // namespace

Sensitivity sensitivity(QByteArrayView name)
{
    const QByteArray plain = plainName(name);
    const auto row
        = std::find_if(nameRows.begin(), nameRows.end(), [&](const NameRow& r) { return matches(r, plain); });
    return row == nameRows.end() ? Sensitivity::Open : row->kind;
}

Sensitivity pluralSensitivity(QByteArrayView name)
{
    const QByteArray plain = plainName(name);
    const bool known = std::any_of(manyNames.begin(), manyNames.end(), [&](const char* n) { return plain.endsWith(n); });
    return !known ? Sensitivity::Open : plain.endsWith("tokens") ? Sensitivity::Token : Sensitivity::Secret;
}

bool mayNameKey(QByteArrayView name)
{
    const QByteArray plain = plainName(name);
    return std::any_of(keyNames.begin(), keyNames.end(), [&](const char* n) { return plain.endsWith(n); })
        || std::any_of(wholeKeyNames.begin(), wholeKeyNames.end(), [&](const char* n) { return plain == n; });
}

bool isKeyMaterial(QByteArrayView value)
{
    // Public keys in base64 of their DER: RSA, EC, Ed25519.
    static constexpr std::array publicKeys {"MIIBIjANBg", "MIIBojANBg", "MIICIjANBg", "MFkwEwYH", "MHYwEAYH", "MCowBQYD"};
    if (value.size() < 10 || value.size() > 8192 || isIdentifier(value) || std::any_of(publicKeys.begin(), publicKeys.end(), [&](const char* p) { return value.startsWith(p); }))
        return false;
    qsizetype changes = 0, digits = 0, letters = 0;
    for (qsizetype i = 0; i < value.size(); ++i) {
        const Letter letter = letterOf(value[i]);
        if (letter == Letter::Other && !QByteArrayView("-_~.+/=").contains(value[i]))
            return false;
        digits += letter == Letter::Digit;
        letters += letter == Letter::Upper || letter == Letter::Lower;
        const Letter before = i > 0 ? letterOf(value[i - 1]) : letter;
        changes += letter != before && letter != Letter::Other && before != Letter::Other; // a dash between words is no change
    }
    return digits > 0 && letters > 0 && changes * 10 >= value.size() * 3;
}

bool looksSecret(QByteArrayView value)
{
    const QByteArrayView text = value.trimmed();
    const Spots spots = spotsInText(text);
    const bool whole = std::any_of(spots.begin(), spots.end(),
        [&](const Spot& s) { return s.length >= text.size() - 8 || s.name == "private_key"; });
    return whole || looksRandom(text);
}

JwtShape jwtShape(QByteArrayView text)
{
    if (!text.startsWith("ey") && !text.startsWith("ew")) // base64url of {" and of { with white space
        return {};
    const QList<QByteArray> parts = text.toByteArray().split('.');
    if ((parts.size() != 3 && parts.size() != 5) || !std::all_of(parts.begin(), parts.end(), isBase64url))
        return {};
    const qsizetype first = parts[0].size();
    return {first, first + 1 + parts[1].size(), static_cast<int>(parts.size())};
}

} // namespace http
