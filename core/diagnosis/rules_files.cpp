// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/imagefile_p.h"
#include "core/diagnosis/tables_p.h"
#include "core/diagnosis/trackedfiles.h"
#include "core/diagnosis/variables_p.h"
#include "core/http/redact.h"
#include "core/setup/secretshape.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Severity;

/// What a file gives away by standing in a repository; empty when it gives nothing away.
QString credentialIn(const ReadFile& file)
{
    if (file.kind == FileKind::ServiceAccount)
        return u"a service account's private key"_s;
    if (file.kind == FileKind::PrivateKey)
        return u"a private key"_s;
    if (file.kind == FileKind::AwsCredentials)
        return u"an AWS access key"_s;
    if (file.kind != FileKind::Env && file.kind != FileKind::Settings)
        return {};
    for (const setup::SettingsHolder& holder : file.reading.holders)
        for (const setup::SettingRead& setting : holder.settings)
            if (setting.inlined)
                return setting.key;
    return {};
}

struct Told
{
    Tracking tracking;
    const char16_t* text;
};
constexpr Told told[] {
    {Tracking::Tracked, u"It is tracked: every clone has it, and so has the history after it is deleted."},
    {Tracking::Untracked, u"It is not tracked yet, and no ignore rule keeps the next commit from taking it along."},
    {Tracking::Open, u"No ignore rule covers it: the next commit takes it along."},
};

void inRepository(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const ReadFile& file : c.files ? c.files->files() : QList<ReadFile>()) {
        const auto row = std::ranges::find(told, file.file.tracking, &Told::tracking);
        const QString what = row == std::end(told) ? QString() : credentialIn(file);
        if (!what.isEmpty())
            out.append(finding(rule, Severity::Error, {.object = file.file.path, .presented = what, .text = QString::fromUtf16(row->text)}, placeInFile(file.file.path, 1)));
    }
}

bool isCredentialPath(const QString& path)
{
    static const QRegularExpression credential(
        u"(^|/)(\\.env(\\.[^/]*)?|[^/]*\\.env|[^/]*\\.(pem|pfx|p12|key|jks)|id_(rsa|ecdsa|ed25519)|credentials(\\.json)?|\\.aws|\\.npmrc|\\.netrc|[^/]*service[-_]?account[^/]*\\.json)/?$"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression harmless(u"\\.(example|sample|template|dist)$|\\.pub$"_s);
    return credential.match(path).hasMatch() && !harmless.match(path).hasMatch();
}

/// "COPY --chown=x a b /app/": what is copied.
QStringList sourcesOf(const QString& line)
{
    QStringList words = line.split(QRegularExpression(u"[\\s\",\\[\\]]+"_s), Qt::SkipEmptyParts).sliced(1);
    const bool otherStage = std::ranges::any_of(words, [](const QString& w) { return w.startsWith(u"--from="_s); });
    words.removeIf([](const QString& word) { return word.startsWith(u"--"_s); });
    if (!words.isEmpty())
        words.removeLast();
    return otherStage ? QStringList() : words;
}

/// The file beside the Dockerfile that a wholesale copy takes along; empty where an ignore rule keeps it out.
QString takenAlong(const SourceSet& files, const QString& dockerfile)
{
    const QString folder = dockerfile.contains(u'/') ? QString(dockerfile.section(u'/', 0, -2) + u'/') : QString();
    IgnoreRules rules;
    if (const ReadFile* ignore = files.named(folder + u".dockerignore"_s))
        rules.add({}, ignore->file.text);
    for (const ReadFile& file : files.files()) {
        if (!file.file.path.startsWith(folder) || (!isCredentialPath(file.file.path) && credentialIn(file).isEmpty()))
            continue;
        if (!rules.ignores(file.file.path.sliced(folder.size())))
            return file.file.path;
    }
    return {};
}

/// A value stays in the image's history, and so does a build argument that was passed.
bool staysInImage(const ImageInstruction& instruction, const ImageVariable& set)
{
    const http::Sensitivity kind = http::sensitivity(set.name.toUtf8());
    const bool named = kind == http::Sensitivity::Secret || kind == http::Sensitivity::Token;
    const bool written = !set.value.isEmpty() && !set.value.startsWith(u'$') && !set.value.startsWith(u'`') && !isPlaceholder(set.value);
    return (named && (written || instruction.keyword == u"ARG")) || (written && !setup::secretShape(set.value).isEmpty());
}

/// A credential that COPY or ADD takes along.
QStringList copiedBy(const ImageInstruction& instruction, const SourceSet& files, const QString& dockerfile)
{
    QStringList found;
    if (instruction.keyword == u"COPY" || instruction.keyword == u"ADD")
        for (const QString& source : sourcesOf(instruction.keyword + u' ' + instruction.whole()))
            found.append(source == u"." || source == u"./" ? takenAlong(files, dockerfile) : isCredentialPath(source) ? source : QString());
    found.removeAll(QString());
    return found;
}

void inImage(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forFiles(c, {FileKind::Dockerfile}, [&](const ReadFile& file) {
        const auto say = [&](int line, const QString& what) {
            out.append(finding(rule, Severity::Error, {.object = u"%1, line %2"_s.arg(file.file.path).arg(line), .presented = what}, placeInFile(file.file.path, line, what)));
        };
        for (const ImageInstruction& instruction : imageInstructions(file.file.text)) {
            for (const ImageVariable& set : variablesOf(instruction))
                if (staysInImage(instruction, set))
                    say(set.line, set.name);
            for (const QString& source : copiedBy(instruction, *c.files, file.file.path))
                say(instruction.lines.front().number, source);
        }
    });
}

/// Keys that the vendor's library takes before it looks for a token (downstream.md 1.8, 2.8).
struct Shadow
{
    QLatin1StringView key;
    QLatin1StringView federation; ///< beginning of the names that mean federation
    std::array<QLatin1StringView, 3> names;
};
constexpr std::array shadows {
    Shadow {"ANTHROPIC_API_KEY"_L1, "Anthropic"_L1, {"ANTHROPIC_FEDERATION_RULE_ID"_L1, "ANTHROPIC_IDENTITY_TOKEN_FILE"_L1, "ANTHROPIC_IDENTITY_TOKEN"_L1}},
    Shadow {"ANTHROPIC_AUTH_TOKEN"_L1, "Anthropic"_L1, {"ANTHROPIC_FEDERATION_RULE_ID"_L1, "ANTHROPIC_IDENTITY_TOKEN_FILE"_L1, "ANTHROPIC_IDENTITY_TOKEN"_L1}},
    Shadow {"AWS_ACCESS_KEY_ID"_L1, "AWS"_L1, {"AWS_WEB_IDENTITY_TOKEN_FILE"_L1, "AWS_CONTAINER_CREDENTIALS_FULL_URI"_L1, "AWS_WEB_IDENTITY_TOKEN_FILE"_L1}},
};

void shadowed(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forHolders(c, [&](const ReadFile& file, const setup::SettingsHolder& holder) {
        for (const Shadow& row : shadows) {
            const setup::SettingRead* key = variable(holder, QString(row.key));
            const auto federated = std::ranges::find_if(row.names, [&](QLatin1StringView name) { return variable(holder, QString(name)); });
            if (key && federated != row.names.end())
                out.append(finding(rule, Severity::Error,
                    {.object = u"%1, line %2"_s.arg(file.file.path).arg(key->line), .presented = key->key, .expected = *federated, .receiver = row.federation},
                    placeInFile(file.file.path, key->line, key->key)));
        }
    });
}

void mistaken(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    static const QRegularExpression config(u"config|wif|external|adc|federat|workload[-_]?identity"_s, QRegularExpression::CaseInsensitiveOption);
    forFiles(c, {FileKind::ServiceAccount}, [&](const ReadFile& file) {
        if (config.match(file.name()).hasMatch())
            out.append(finding(rule, Severity::Error, {.object = file.file.path}, placeInFile(file.file.path, 1, u"private_key"_s)));
    });
}

void notTracked(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forFiles(c, {FileKind::ExternalAccount}, [&](const ReadFile& file) {
        const bool ignored = file.file.tracking == Tracking::Ignored;
        if (ignored || file.file.tracking == Tracking::Untracked)
            out.append(finding(rule, Severity::Warning, {.object = file.file.path, .presented = ignored ? u"An ignore rule keeps it out"_s : u"It is not in the repository"_s}, placeInFile(file.file.path, 1)));
    });
}

/// What the reader gave up, by its line: nothing is said about it, and nobody should take that for a yes.
void notRead(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    static const QRegularExpression gap(u"^line (\\d+): (.*)$"_s);
    forFiles(c, {FileKind::Compose, FileKind::Manifest, FileKind::Pipeline, FileKind::Settings}, [&](const ReadFile& file) {
        const QString fix = file.kind == FileKind::Settings ? u"Mend the JSON from that line on."_s : QString();
        for (const QString& each : file.reading.notUnderstood)
            if (const auto match = gap.match(each); match.hasMatch())
                out.append(finding(rule, Severity::Info, {.object = u"%1, line %2"_s.arg(file.file.path, match.captured(1)), .presented = match.captured(2), .fix = fix},
                    placeInFile(file.file.path, match.captured(1).toInt())));
    });
}

constexpr auto owasp = "OWASP: secrets management";

constexpr std::array table {
    Rule {"SEC-IN-GIT", "{object} holds {presented} and belongs into no repository", "Every clone has it.",
        "Replace the credential, purge the file from the history, and add an ignore rule.", "GitHub: removing sensitive data from a repository", inRepository, AboutFiles},
    Rule {"SEC-IN-IMAGE", "{object}: {presented} becomes part of the image", "Whoever pulls the image reads every layer, deleted files and build arguments included.",
        "Mount it when it runs (or as a build secret), and list it in .dockerignore.", "Docker: build secrets", inImage, AboutFiles},
    Rule {"SEC-KEY-SHADOWS-FEDERATION", "{object}: {presented} wins over federation", "{expected} is set as well. The library takes the key first and never federates; an empty value counts as set.",
        "Unset {presented}. Do not blank it.", "Claude Platform: workload identity federation; AWS SDKs: credential provider chain", shadowed, AboutFiles},
    Rule {"PAT-CONFIG-MISTAKEN", "{object} looks like a configuration and is a credential", "Its type is service_account, and the private key is in it. A configuration has type external_account and no key.",
        "Delete the key at Google, and make a credential configuration in its place.", "Google Cloud: workload identity federation, client configuration", mistaken, AboutFiles},
    Rule {"PAT-CONFIG-NOT-TRACKED", "{object} could be tracked", "{presented}. It says where a token comes from and where it goes, and holds no secret; untracked copies drift apart.",
        "Commit it. It is a pointer, not a credential.", "Google Cloud: workload identity federation, client configuration", notTracked, AboutFiles},
    Rule {"X-PART-NOT-READ", "{object} was not understood", "{presented}. What stands there was searched for secrets and otherwise left out.",
        "Write it in plain YAML where it matters: mappings, lists, texts.", "YAML 1.2.2", notRead, AboutFiles},
};

} // namespace

void refreshTokensInFiles(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forHolders(c, [&](const ReadFile& file, const setup::SettingsHolder& holder) {
        for (const setup::SettingRead& setting : holder.settings) {
            const bool written = setting.inlined || (!setting.value.isEmpty() && !setting.value.startsWith(u'$') && !isPlaceholder(setting.value));
            if (setting.key.endsWith(u"REFRESH_TOKEN"_s, Qt::CaseInsensitive) && written)
                out.append(finding(rule, Severity::Error, {.object = u"%1, line %2"_s.arg(file.file.path).arg(setting.line), .presented = setting.key}, placeInFile(file.file.path, setting.line, setting.key)));
        }
    });
}

/// Which identity a container asks for; the sidecar's spelling and the libraries'.
static const setup::SettingRead* identityOf(const setup::SettingsHolder& holder)
{
    for (const setup::SettingRead& setting : holder.settings)
        if (setting.key.endsWith(u"ManagedIdentityClientId"_s, Qt::CaseInsensitive))
            return &setting;
    return variable(holder, u"AZURE_CLIENT_ID");
}

void clientIdsInFiles(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const ReadFile& file : c.files ? c.files->files() : QList<ReadFile>()) {
        const setup::SettingRead* first = nullptr;
        for (const setup::SettingsHolder& holder : file.reading.holders) {
            const setup::SettingRead* here = identityOf(holder);
            if (first && here && first->value.compare(here->value, Qt::CaseInsensitive) != 0)
                out.append(finding(rule, Severity::Error, {.object = u"%1, line %2"_s.arg(file.file.path).arg(here->line),
                                       .text = u"Its containers ask for two: %1 and %2."_s.arg(first->value, here->value)}, placeInFile(file.file.path, here->line, here->key)));
            first = first ? first : here;
        }
    }
}

std::span<const Rule> fileRules() { return table; }

} // namespace diagnosis
