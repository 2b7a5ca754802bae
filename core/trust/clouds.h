// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QStringView>

#include <span>

namespace trust {

/// One of Microsoft's clouds: who signs people in there, and the audience its federated credentials name (entra.md 1.5).
struct Cloud
{
    const char16_t* name;
    const char16_t* login;            ///< host of the authority
    const char16_t* alias;            ///< another host that means the same; may be empty
    const char16_t* exchangeAudience; ///< empty where it is not known
    const char16_t* vault = u"";      ///< host of the audience of its key vaults, likewise
};
std::span<const Cloud> clouds();

/// The cloud whose login host or alias this is; nullptr for any other host.
const Cloud* cloudOfHost(QStringView host);
/// The cloud whose key vaults take tokens for this host.
const Cloud* cloudOfVault(QStringView host);
/// The cloud whose exchange audience this is.
const Cloud* cloudOfAudience(QStringView audience);

/// A GUID in the form 8-4-4-4-12 inside the text: where it begins, or -1.
qsizetype findGuid(QStringView text);
bool isGuid(QStringView text);

} // namespace trust
