// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/tables_p.h"
#include "core/diagnosis/variables_p.h"
#include "core/diagnosis/visit_p.h"
#include "core/setup/secretshape.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Severity;

constexpr qsizetype longestLine = 4000; ///< what is longer was written by a program

template <typename Visit>
void forCode(const Case& c, Visit visit)
{
    forFiles(c, {FileKind::Source}, [&](const ReadFile& file) {
        forLines(file.file.text, [&](int number, QByteArrayView line) {
            if (line.size() <= longestLine)
                visit(file, number, QString::fromUtf8(line));
        });
    });
}

void add(const Rule& rule, Severity severity, const ReadFile& file, int line, const QString& what, QList<base::Finding>& out)
{
    out.append(finding(rule, severity, {.object = u"%1, line %2"_s.arg(file.file.path).arg(line), .presented = what}, placeInFile(file.file.path, line, what)));
}

/// What stands in quotes is words about a token, not the token; an interpolation counts.
QString withoutWords(QString line)
{
    static const QRegularExpression texts(u"\"[^\"{]*\"|'[^'{]*'"_s), pattern(u"`[^`]*`"_s), part(u"\\$\\{([^}]*)\\}"_s);
    line.remove(texts);
    for (auto match = pattern.match(line); match.hasMatch(); match = pattern.match(line, match.capturedStart())) {
        QStringList kept;
        for (auto it = part.globalMatch(match.captured()); it.hasNext();)
            kept.append(it.next().captured(1));
        line.replace(match.capturedStart(), match.capturedLength(), kept.join(u' '));
    }
    return line;
}

/// AWS writes so in its documents what is no key of anybody.
bool isOfDocuments(const QString& text) { return text.contains(u"EXAMPLE"_s); }

/// Whether a name promises a secret and the text behind it can be one.
bool isSecretUnder(const QString& name, const QString& value)
{
    static const QRegularExpression promises(u"(secret|passw(or)?d|api[-_]?key|access[-_]?key|private[-_]?key|refresh[-_]?token|access[-_]?token)$"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression mixed(u"[0-9].*[A-Za-z]|[A-Za-z].*[0-9]"_s);
    const bool open = isPlaceholder(value) || isOfDocuments(value) || value.contains(u"://"_s) || value.startsWith(u'$') || value.startsWith(u'{');
    return !open && promises.match(name).hasMatch() && mixed.match(value).hasMatch() && (setup::looksRandom(value) || name.contains(u"pass"_s, Qt::CaseInsensitive));
}

/// A name and the text it is given: in quotes, as an XML element of .NET's settings, and in YAML as it stands. "existingSecret"
/// of a chart names one that is elsewhere.
const QRegularExpression& assignment(const ReadFile& file, bool inElement)
{
    static const QRegularExpression assigned(u"([A-Za-z_][A-Za-z0-9_.\\-]*)[\"']?(?:\\s+[sS]tring)?\\s*(?::[^=\"']{0,40}=|:=|=>|=|:)\\s*[\"']([^\"'\\s]{8,400})[\"']"_s);
    static const QRegularExpression element(u"<add\\s+(?:key|name)=\"([^\"]+)\"\\s+value=\"([^\"\\s]{8,400})\""_s);
    static const QRegularExpression plain(u"^\\s*(?:-\\s+)?(?!existing)([A-Za-z_][A-Za-z0-9_.\\-]*)\\s*:\\s+[\"']?([^\\s\"'#\\[&*!|>%@`][^\\s\"'#]{7,400})"_s);
    if (inElement)
        return element;
    return file.file.path.endsWith(u".yml"_s) || file.file.path.endsWith(u".yaml"_s) ? plain : assigned;
}

/// `name = "literal"` whose name promises a secret, or whose text looks like one.
QString secretLiteral(const ReadFile& file, const QString& line)
{
    const QString shape = secretIn(line);
    if (!shape.isEmpty() && !shape.contains(u"Authorization"_s) && !(shape.contains(u"AWS"_s) && isOfDocuments(line)))
        return shape;
    for (const bool inElement : {false, true})
        for (auto it = assignment(file, inElement).globalMatch(line); it.hasNext();) {
            const auto match = it.next();
            const QString name = match.captured(1).section(u'.', -1);
            if (isSecretUnder(name, match.captured(2)))
                return name;
        }
    return {};
}

/// The frame of a private key says nothing without the key: it follows on its line or on the next.
bool holdsKey(const QString& line)
{
    static const QRegularExpression body(u"[A-Za-z0-9+/=]{32,}"_s);
    return body.match(line).hasMatch();
}

void inCode(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    const ReadFile* framed = nullptr; // where the line before began a private key
    forCode(c, [&](const ReadFile& file, int number, const QString& line) {
        const QString what = secretLiteral(file, line);
        const bool frame = what == u"a private key" && line.contains(u"-----BEGIN"_s) && !holdsKey(line);
        if (framed == &file && holdsKey(line))
            add(rule, Severity::Error, file, number, u"a private key"_s, out);
        else if (!what.isEmpty() && !frame)
            add(rule, Severity::Error, file, number, what, out);
        framed = frame ? &file : nullptr;
    });
}

/// On behalf of somebody, with a secret out of the environment: whoever reads the process' environment may do the same.
void oboByEnvironment(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    // In a recording without a setup; with one, PAT-SECRET-AT-ROOT names the app and its credential.
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        const http::Form form = http::parseForm(record.exchange.request.body);
        if (form.value("requested_token_use") == "on_behalf_of" && form.has("client_secret") && !c.setup.app(step.from.id))
            out.append(finding(rule, Severity::Warning, {.object = step.title, .text = u"The request carries it. Whoever has the secret and a user's token acts for the user."_s}, {.step = step.id, .part = u"request"_s, .claim = u"client_secret"_s}));
    });
    static const QRegularExpression onBehalf(u"acquire_?token_?on_?behalf_?of|OnBehalfOfCredential|on_behalf_of"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression fromEnvironment(u"(?:environ|getenv|process\\.env|GetEnvironmentVariable|System\\.getenv|os\\.Getenv|ENV\\[)[^\\n]{0,40}(SECRET[A-Z_]*)"_s);
    forFiles(c, {FileKind::Source}, [&](const ReadFile& file) {
        if (!onBehalf.match(QString::fromUtf8(file.file.text)).hasMatch())
            return;
        forLines(file.file.text, [&](int number, QByteArrayView line) {
            if (line.size() <= longestLine && fromEnvironment.match(QString::fromUtf8(line)).hasMatch())
                add(rule, Severity::Warning, file, number, u"client secret"_s, out);
        });
    });
}

void secretAsKey(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    static const QRegularExpression derives(u"(?:Fernet|AESGCM|AES\\.new|HKDF|PBKDF2\\w*|Rfc2898DeriveBytes|SecretKeySpec|createCipheriv|scrypt(?:Sync)?|hkdf(?:Sync)?)\\s*\\(.*secret"_s, QRegularExpression::CaseInsensitiveOption);
    forCode(c, [&](const ReadFile& file, int number, const QString& line) {
        if (derives.match(line).hasMatch())
            add(rule, Severity::Warning, file, number, u"secret"_s, out);
    });
}

/// Whether a comment begins before that place in a line.
bool isCommented(const ReadFile& file, const QString& line, qsizetype at)
{
    static const QRegularExpression number(u"(?:^|[\\s\"])#"_s), slashes(u"(?:^|\\s)(?://|/\\*)|^\\s*\\*"_s), inNumber(u"\\.(?:py|rb|sh|bash|ps1|psm1|tf|ipynb|pl|ya?ml)$"_s);
    const bool byNumber = inNumber.match(file.file.path.toLower()).hasMatch();
    return (byNumber ? number : slashes).match(line.left(at)).hasMatch();
}

void defaultChain(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    static const QRegularExpression bare(u"DefaultAzureCredential\\s*\\(\\s*\\)"_s);
    if (c.files && !c.files->mention("AZURE_TOKEN_CREDENTIALS"))
        forCode(c, [&](const ReadFile& file, int number, const QString& line) {
            if (const auto match = bare.match(line); match.hasMatch() && !isCommented(file, line, match.capturedStart()))
                add(rule, Severity::Warning, file, number, u"DefaultAzureCredential"_s, out);
        });
    constexpr double slow = 1000; // milliseconds; a design threshold, as in the catalogue
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        const bool probe = step.contract.kind == u"managed-identity" && !record.exchange.response;
        if (probe && record.exchange.timings.finished > slow)
            out.append(finding(rule, Severity::Warning, {.object = step.title, .presented = base::duration(std::chrono::seconds {qint64(record.exchange.timings.finished / slow)})},
                {.step = step.id, .part = u"request"_s}));
    });
}

constexpr std::array table {
    Rule {"SEC-IN-CODE", "{object}: a secret is written into the code", "What stands there: {presented}. Code is cloned, forked and read by tools; its history keeps what was deleted.",
        "Remove it, replace it, and let a scan before each commit refuse the next one.", "OWASP: secrets management", inCode, AboutFiles},
    Rule {"SEC-OBO-SECRET-ENV", "{object}: the on-behalf-of client proves itself by a secret",
        "It stands in the environment: every process of the container can read it, and so can whoever reads its settings. With it and a user's token one acts for the user.",
        "Use a certificate, or a managed identity as federated credential.", "Microsoft: on-behalf-of flow", oboByEnvironment, AboutFiles},
    Rule {"SEC-SECRET-AS-KEY", "{object}: a stored secret becomes an encryption key", "It has no version that the data names, and with its rotation the data is lost or stays under the old one.",
        "Use a key of the vault with a rotation policy: wrap and unwrap there.", "Microsoft: Key Vault keys, wrap and unwrap", secretAsKey, AboutFiles},
    Rule {"PAT-DEFAULT-CHAIN", "{object}: nobody says which credential is meant",
        "{presented}: the chain tries one after the other. On a host without metadata service that costs seconds, and with a second credential at hand it takes the wrong one.",
        "Set AZURE_TOKEN_CREDENTIALS, or construct the credential that is meant.", "Microsoft: credential chains in the Azure Identity library", defaultChain, AboutFiles | AboutManaged},
};

} // namespace

void loggedInCode(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    static const QRegularExpression logs(
        u"(?:\\bprint|\\blog(?:ger|ging)?\\.\\w+|console\\.\\w+|Console\\.Write\\w*|LogInformation|LogDebug|println!?|fmt\\.Print\\w*)\\s*\\(.*\\b(\\w*(?:access_?token|id_?token|assertion|authorization_?header|bearer|jwt)\\b|token(?=\\s*[\\[,)]))"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression inAddress(u"[?&](access_token|id_token|assertion|client_assertion|token)=[^&]{16,}"_s);
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        if (const auto match = inAddress.match(QString::fromUtf8(record.exchange.request.url)); match.hasMatch())
            out.append(finding(rule, Severity::Error, {.object = match.captured(1), .text = u"The request carries %1 in its address. Servers, proxies and histories write addresses down."_s.arg(match.captured(1))},
                {.step = step.id, .part = u"request"_s, .claim = match.captured(1)}));
    });
    // In a shell; not where it is handed on, written into a file, or masked.
    static const QRegularExpression echoed(u"^[^#]*\\b(?:echo|printf)\\b(?!.*(?:add-mask|[|>]))[^#]*\\$\\{?(\\w*(?:access_?token|id_?token|assertion|bearer|jwt))\\b"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression harmless(u"hash|sha256|fingerprint|len\\(|\\.length|claims|expires|type|kind"_s, QRegularExpression::CaseInsensitiveOption);
    forCode(c, [&](const ReadFile& file, int number, const QString& line) {
        const auto shell = echoed.match(line), code = logs.match(withoutWords(line));
        const auto& match = shell.hasMatch() ? shell : code;
        if (match.hasMatch() && !harmless.match(match.captured(0)).hasMatch())
            out.append(finding(rule, Severity::Error, {.object = match.captured(1), .text = u"%1, line %2, writes %3. Whoever reads the log can use it."_s.arg(file.file.path).arg(number).arg(match.captured(1))},
                placeInFile(file.file.path, number, match.captured(1))));
    });
}

std::span<const Rule> codeRules() { return table; }

} // namespace diagnosis
