// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/intake_p.h"

#include "core/jose/jwt.h"
#include "core/setup/file.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <vector>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

/// Opaque tokens and keys known by their beginning. The longer of two that begin alike stands first.
struct Shape
{
    const char16_t* pattern; ///< regular expression of the whole value
    ItemKind kind;
    const char16_t* vendor;
    const char16_t* label;
    const char16_t* note; ///< why it cannot be read, or what to do about it
};
constexpr auto revoke = u"It does not run out by itself. Revoke it, and let the workload federate instead.";
constexpr std::array shapes {
    Shape {u"sk-ant-oat[0-9]{2}-[A-Za-z0-9_-]{8,}", ItemKind::OpaqueToken, u"Anthropic", u"Anthropic access token",
        u"Only Anthropic can read it. A federated one is bound to one workspace and one service account, and lives as long as the rule says."},
    Shape {u"sk-ant-ort[0-9]{2}-[A-Za-z0-9_-]{8,}", ItemKind::Secret, u"Anthropic", u"Anthropic refresh token", u"It is worth as much as a password. Revoke it."},
    Shape {u"sk-ant-admin[0-9]{2}-[A-Za-z0-9_-]{8,}", ItemKind::Secret, u"Anthropic", u"Anthropic Admin API key", revoke},
    Shape {u"sk-ant-api[0-9]{2}-[A-Za-z0-9_-]{8,}", ItemKind::Secret, u"Anthropic", u"Anthropic API key", revoke},
    Shape {u"sk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{32,}", ItemKind::Secret, u"OpenAI", u"OpenAI API key", revoke},
    Shape {u"AKIA[A-Z2-7]{16}", ItemKind::Secret, u"AWS", u"AWS access key id of a long-lived key", revoke},
    Shape {u"ASIA[A-Z2-7]{16}", ItemKind::OpaqueToken, u"AWS", u"AWS access key id of a temporary credential",
        u"It names a session that AWS keeps. Secret key and session token go with it."},
    Shape {u"(?:IQoJ|FwoG)[A-Za-z0-9+/=]{80,}", ItemKind::OpaqueToken, u"AWS", u"AWS session token", u"Only AWS can read it. It ends with the session."},
    Shape {u"github_pat_[A-Za-z0-9_]{22,}", ItemKind::Secret, u"GitHub", u"GitHub personal access token (fine-grained)", revoke},
    Shape {u"ghp_[A-Za-z0-9]{20,}", ItemKind::Secret, u"GitHub", u"GitHub personal access token", revoke},
    Shape {u"ghr_[A-Za-z0-9]{20,}", ItemKind::Secret, u"GitHub", u"GitHub refresh token", u"It is good once, and worth as much as a password."},
    Shape {u"gh[ous]_[A-Za-z0-9]{20,}", ItemKind::OpaqueToken, u"GitHub", u"GitHub access token of an app", u"Only GitHub can read it; ask its API whose it is."},
    Shape {u"glpat-[A-Za-z0-9_-]{16,}", ItemKind::Secret, u"GitLab", u"GitLab personal access token", revoke},
    Shape {u"glcbt-[A-Za-z0-9_-]{16,}", ItemKind::OpaqueToken, u"GitLab", u"GitLab job token", u"It ends with the job."},
    Shape {u"ya29\\.[A-Za-z0-9._-]{16,}", ItemKind::OpaqueToken, u"Google", u"Google access token", u"Only Google can read it. It lives an hour as a rule."},
    Shape {u"1//[A-Za-z0-9_-]{20,}", ItemKind::Secret, u"Google", u"Google refresh token", u"It is worth as much as a password."},
    Shape {u"AIza[A-Za-z0-9_-]{35}", ItemKind::Secret, u"Google", u"Google API key", revoke},
    Shape {u"GOCSPX-[A-Za-z0-9_-]{20,}", ItemKind::Secret, u"Google", u"Google OAuth client secret", revoke},
    Shape {u"xox[abeprs]-[A-Za-z0-9-]{10,}", ItemKind::Secret, u"Slack", u"Slack token", revoke},
    Shape {u"hvs\\.[A-Za-z0-9_-]{20,}", ItemKind::OpaqueToken, u"HashiCorp Vault", u"Vault token", u"Only Vault can read it."},
    Shape {u"00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]{20,}", ItemKind::OpaqueToken, u"Salesforce", u"Salesforce session id", u"Only Salesforce can read it."},
    Shape {u"[01]\\.A[A-Za-z0-9_-]{200,}(?:\\.[A-Za-z0-9_-]+)*", ItemKind::OpaqueToken, u"Microsoft Entra",
        u"Entra refresh token or authorization code", u"Both are sealed for Entra and look alike. A refresh token is worth as much as a password; a code is good once, within minutes."},
    Shape {u"EwB[A-Za-z0-9+/=]{100,}", ItemKind::OpaqueToken, u"Microsoft account", u"Access token of a personal Microsoft account", u"Only Microsoft can read it. It is encrypted and no JWT."},
    Shape {u"[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}", ItemKind::Secret, u"Microsoft Entra", u"Entra client secret", revoke},
    Shape {u"-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY-----[\\s\\S]{0,20000}?(?:-----END [A-Z0-9 ]{0,30}PRIVATE KEY-----|$)", ItemKind::Secret, u"", u"Private key",
        u"Whoever has it is the one it belongs to. Replace the key pair."},
    Shape {u"(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{20,}={0,2}", ItemKind::Secret, u"Azure", u"Azure access key of a connection string", revoke},
    Shape {u"Basic [A-Za-z0-9+/]{12,}={0,2}", ItemKind::Secret, u"", u"Name and password of HTTP Basic authentication", u"Base64 is no protection. Replace the password."},
};

struct Compiled
{
    const Shape* shape;
    QRegularExpression whole;
    QRegularExpression within;
};
const std::vector<Compiled>& table()
{
    static const std::vector<Compiled> all = [] {
        std::vector<Compiled> out;
        for (const Shape& shape : shapes) {
            const QString pattern = QString::fromUtf16(shape.pattern);
            out.push_back({&shape, QRegularExpression(QRegularExpression::anchoredPattern(pattern)),
                QRegularExpression(u"(?<![A-Za-z0-9_~./+-])(?:"_s + pattern + u")(?![A-Za-z0-9_~])"_s)});
        }
        return out;
    }();
    return all;
}

} // namespace

Item secretItem(const QString& what)
{
    return {.kind = ItemKind::Secret, .label = what, .wrong = {u"A secret arrived in what was pasted. It is not shown, and not kept."_s},
        .causes = {u"It was copied along with a log, a file or a command."_s},
        .fix = u"Treat it as known to others: replace it."_s, .rule = u"SEC-IN-CHANNEL"_s};
}

bool holdsPrivateKey(const json::Value& value)
{
    return std::ranges::any_of(setup::findSecrets(value), [](const setup::SecretSighting& each) {
        return each.looksLike == u"a private key"_s || each.looksLike == u"a symmetric key"_s;
    });
}

std::optional<Item> opaqueItem(const QByteArray& text)
{
    const QString value = QString::fromUtf8(text.left(32768)).trimmed();
    for (const Compiled& each : table()) {
        if (!each.whole.match(value).hasMatch())
            continue;
        Item item = each.shape->kind == ItemKind::Secret ? secretItem(QString::fromUtf16(each.shape->label))
            : Item {.kind = each.shape->kind, .label = QString::fromUtf16(each.shape->label), .fingerprint = QString::fromLatin1(jose::fingerprint(text.trimmed()))};
        item.vendor = QString::fromUtf16(each.shape->vendor);
        item.note = QString::fromUtf16(each.shape->note);
        return item;
    }
    return std::nullopt;
}

QList<Found> opaqueIn(const QString& text)
{
    QList<Found> out;
    for (const Compiled& each : table()) {
        auto it = each.within.globalMatch(text);
        while (it.hasNext() && out.size() < mostItems) {
            const auto match = it.next();
            out.append({match.capturedStart(), match.capturedLength()});
        }
    }
    return out;
}

} // namespace diagnosis
