// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/rules.h"
#include "core/diagnosis/sourcefiles.h"
#include "core/setup/import.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

/// What a contract says by itself, without the token that is to fit it.
constexpr std::array rulesOfContracts {"TR-TENANT-ONLY"_L1, "TR-WILDCARD-SUBJECT"_L1, "TR-LIFETIME-TOO-LONG"_L1, "ID-FIC-AUDIENCE"_L1, "ID-FIC-CASE"_L1};

/// What a place of the imported setup is in the file it was read from: the end of its pointer that leads somewhere there.
json::Value inFile(const json::Document& file, const QString& pointer)
{
    for (qsizetype at = pointer.indexOf(u'/'); at >= 0; at = pointer.indexOf(u'/', at + 1))
        for (const QString& before : {QString(), u"/value"_s, u"/Role/AssumeRolePolicyDocument"_s, u"/AssumeRolePolicyDocument"_s})
            if (const json::Value found = file.find(QString(before + pointer.sliced(at))))
                return found;
    return {};
}

/// A statement about web identities of an OIDC provider; what a policy says of services and accounts is none.
bool isOfWebIdentity(const json::Value& statement)
{
    return !statement["Effect"] || (statement["Action"].raw().contains("AssumeRoleWithWebIdentity") && statement["Principal"]["Federated"].raw().contains(":oidc-provider/"));
}

void addOf(const ReadFile& file, QList<base::Finding>& out)
{
    const auto imported = setup::importFiles({{file.file.path, file.file.text}});
    const auto setup = imported ? setup::parseSetup(imported->document, file.file.path) : base::Result<setup::Setup>(tl::unexpected(imported.error()));
    if (!setup)
        return; // not a contract that is known, or half of one
    const json::Document document = json::Document::read(file.file.text);
    for (base::Finding found : lint({.setup = *setup})) {
        const json::Value at = inFile(document, found.place.pointer);
        if (std::ranges::find(rulesOfContracts, found.rule) == rulesOfContracts.end() || !isOfWebIdentity(at))
            continue;
        found.place = placeInFile(file.file.path, at ? int(at.position().line) : 1, at.keyText());
        const bool said = std::ranges::any_of(out, [&](const base::Finding& f) { return f.rule == found.rule && f.place.part == found.place.part; });
        if (!said)
            out.append(found);
    }
}

} // namespace

void addContractFindings(const SourceSet& files, QList<base::Finding>& findings)
{
    for (const ReadFile& file : files.files())
        if (file.kind == FileKind::Policy)
            addOf(file, findings);
    std::ranges::stable_sort(findings, std::ranges::greater {}, &base::Finding::severity);
}

} // namespace diagnosis
