// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/tables_p.h"
#include "core/diagnosis/variables_p.h"
#include "core/setup/secretshape.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Severity;

/// Keys of a vendor whose receivers a setup federates to.
struct VendorKey
{
    QLatin1StringView shape; ///< as setup::secretShape names it
    QLatin1StringView kind;  ///< of the target
};
constexpr std::array vendorKeys {
    VendorKey {"an Anthropic API key"_L1, "anthropic"_L1},
    VendorKey {"an AWS access key"_L1, "aws"_L1},
    VendorKey {"a Google API key"_L1, "google"_L1},
};

const setup::Target* federatedTarget(const setup::Setup& setup, QLatin1StringView kind)
{
    const auto it = std::ranges::find_if(setup.targets, [&](const setup::Target& t) { return t.kind == kind && (t.rule.root() || t.trustPolicy.root() || t.provider.root()); });
    return it == setup.targets.end() ? nullptr : &*it;
}

/// Named so in the file, or in its own name.
bool isOfProduction(const ReadFile& file, const setup::SettingsHolder& holder)
{
    static const QRegularExpression name(u"[._-]prod(?:uction)?\\b|(?:^|/)prod(?:uction)?/"_s, QRegularExpression::CaseInsensitiveOption);
    for (const char16_t* each : {u"ASPNETCORE_ENVIRONMENT", u"DOTNET_ENVIRONMENT", u"NODE_ENV", u"ENVIRONMENT"})
        if (const setup::SettingRead* set = variable(holder, QStringView(each)))
            return set->value.startsWith(u"prod"_s, Qt::CaseInsensitive);
    return name.match(file.file.path).hasMatch();
}

/// A credential of the blueprint or of an app, which is a secret.
const setup::SettingRead* secretRoot(const setup::SettingsHolder& holder)
{
    for (const setup::SettingRead& setting : holder.settings) {
        const bool type = setting.key.endsWith(u"__SourceType"_s) && setting.value.compare(u"ClientSecret"_s, Qt::CaseInsensitive) == 0;
        const bool value = setting.key.endsWith(u"CLIENT_SECRET"_s, Qt::CaseInsensitive) && (setting.inlined || (setting.secret && setting.value.startsWith(u'$')));
        if (type || value)
            return &setting;
    }
    return nullptr;
}

} // namespace

void staticKeysInFiles(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const ReadFile& file : c.files ? c.files->files() : QList<ReadFile>())
        forLines(file.file.text, [&](int number, QByteArrayView line) {
            const QString shape = line.size() > 4000 ? QString() : setup::secretShape(QString::fromUtf8(line));
            const auto key = std::ranges::find(vendorKeys, shape, [](const VendorKey& k) { return QString(k.shape); });
            const setup::Target* target = shape.isEmpty() || key == vendorKeys.end() ? nullptr : federatedTarget(c.setup, key->kind);
            if (target)
                out.append(finding(rule, Severity::Error, {.object = u"%1, line %2"_s.arg(file.file.path).arg(number),
                                       .text = u"%1 is federated in the setup, and here stands %2. It opens the account from anywhere."_s.arg(titleOf(*target), shape)},
                    placeInFile(file.file.path, number, shape)));
        });
}

/// What looks like a secret wherever it stands: in a command, an annotation, a block of text.
void shapesInSettings(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forFiles(c, {FileKind::Compose, FileKind::Manifest, FileKind::Pipeline}, [&](const ReadFile& file) {
        forLines(file.file.text, [&](int number, QByteArrayView line) {
            const QString shape = line.size() > 4000 ? QString() : secretIn(QString::fromUtf8(line).trimmed());
            const bool said = std::ranges::any_of(out, [&](const base::Finding& f) { return f.rule == QLatin1StringView(rule.id) && f.place.part == placeInFile(file.file.path, number).part; });
            if (!shape.isEmpty() && !said)
                out.append(finding(rule, Severity::Error, {.object = u"%1, line %2"_s.arg(file.file.path).arg(number), .text = u"%1 is written out. Settings are copied, logged and checked in."_s.arg(shape.left(1).toUpper() + shape.mid(1))},
                    placeInFile(file.file.path, number, shape)));
        });
    });
}

void secretsOfProduction(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forHolders(c, [&](const ReadFile& file, const setup::SettingsHolder& holder) {
        const setup::SettingRead* root = secretRoot(holder);
        if (root && isOfProduction(file, holder))
            out.append(finding(rule, Severity::Error, {.object = holder.name.isEmpty() ? file.file.path : QString(file.file.path + u", service "_s + holder.name)}, placeInFile(file.file.path, root->line, root->key)));
    });
}

} // namespace diagnosis
