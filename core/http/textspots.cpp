// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "sensitive.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <bitset>
#include <string_view>
#include <vector>

using namespace Qt::StringLiterals;

namespace http {

namespace {

enum class Take { Pair, QueryPair, Assignment, Option, Jwt, Secret, Bearer };
struct PatternRow
{
    Take take;
    const char* name;
    bool anyCase;
    const char* needs; ///< one of these, parted by "|", stands in every match: most texts have none, and looking for it costs little
    const char16_t* regex;
};

// clang-format off
/// Group 1 is the name where there is one, the last group the value. Rows begin at a boundary and repeat
/// possessively: linear on any input.
constexpr std::array patternRows {
    PatternRow {Take::Secret, "private_key", true, "-----",
                u"(-----BEGIN [A-Z ]{0,24}?PRIVATE KEY-----[\\s\\S]*?"
                "(?:-----END [A-Z ]{0,24}?PRIVATE KEY-----|\\z))"},
    PatternRow {Take::Secret, "cookie", true, ":", u"\\bCookie:\\s*+([^\\r\\n]++)"},
    // ?name=value in an address, also one that is written inside another address, HTML or JSON
    PatternRow {Take::QueryPair, "", true, "=|%3",
                u"(?:[?&#]|&amp;|\\\\u0026|%3F|%26|%23)([A-Za-z0-9_.-]++)(?:=|%3D)"
                "((?:(?!%26)[^&#\\s\"'<>\\\\])++)"},
    // "name": "value", 'name': 'value', and \"name\": \"value\" inside a string
    PatternRow {Take::Pair, "", true, ":",
                u"(?<![A-Za-z0-9_-])([A-Za-z0-9_-]++)[\"']\\s*+:\\s*+\"((?:[^\"\\\\]|\\\\.)++)"},
    PatternRow {Take::Pair, "", true, ":",
                u"(?<![A-Za-z0-9_-])([A-Za-z0-9_-]++)[\"']\\s*+:\\s*+'((?:[^'\\\\]|\\\\.)++)"},
    PatternRow {Take::Pair, "", true, ":",
                u"(?<![A-Za-z0-9_-])([A-Za-z0-9_-]++)\\\\++\"\\s*+:\\s*+\\\\++\""
                "((?:[^\"\\\\]|\\\\{3}\"|\\\\{4}|\\\\{2}[A-Za-z/])++)"},
    // name=value, name: value: only the head, since what follows an open name may be a pair itself
    PatternRow {Take::Assignment, "", true, "=|:", u"(?<![A-Za-z0-9_.-])([A-Za-z0-9_-]++)\\s*+[=:]\\s*+[\"']?"},
    // --name value, client_secret value, refresh token value: a name of several words says what the next word is
    PatternRow {Take::Option, "", true, "-|_| ",
                u"(?<![A-Za-z0-9_.$\"'-])(--[A-Za-z0-9]++(?:[_-][A-Za-z0-9]++)*+|[A-Za-z0-9]++(?:[_-][A-Za-z0-9]++)++"
                "|(?:refresh|access|client|app) (?:token|secret))[ \\t]++[\"']?"},
    PatternRow {Take::Bearer, "access_token", true, " |\t|\n|\r|\f|\v",
                u"(?<![A-Za-z0-9])(?:Bearer|DPoP|Basic)\\s++([A-Za-z0-9._~+/-]{8,}+={0,2})"},
    PatternRow {Take::Secret, "password", true, "://", u"://[^/@\\s:]*+:([^/@\\s]++)@"},
    // token@, and token:x-oauth-basic@: what stands for the name is the secret
    PatternRow {Take::Secret, "token", true, "://", u"://(?!git@)([^/?#@:\\s\"'<>]++)(?::x-oauth-basic)?@"},
    PatternRow {Take::Jwt, "token", false, ".",
                u"(?<![A-Za-z0-9_-])(e[yw][A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]*+"
                "(?:\\.[A-Za-z0-9_-]*+\\.[A-Za-z0-9_-]*+)?)"},
    // as some libraries log it, with blanks around the dots
    PatternRow {Take::Jwt, "token", false, " . ", u"(?<![A-Za-z0-9_-])(e[yw][A-Za-z0-9_-]{8,}+ \\. [A-Za-z0-9_-]++ \\. [A-Za-z0-9_-]++)"},
    PatternRow {Take::Secret, "api_key", false, "sk-ant-", u"(?<![A-Za-z0-9])(sk-ant-[A-Za-z0-9_-]{8,}+)"},
    PatternRow {Take::Secret, "access_key_id", false, "AKIA|ASIA",
                u"(?<![A-Za-z0-9])((?:AKIA|ASIA)[A-Z0-9]{16}+)(?![A-Za-z0-9])"},
    PatternRow {Take::Secret, "github_token", false, "gh",
                u"(?<![A-Za-z0-9])(gh[pousr]_[A-Za-z0-9]{20,}+|github_pat_[A-Za-z0-9_]{20,}+)"},
    PatternRow {Take::Secret, "client_secret", false, "Q~",
                u"(?<![A-Za-z0-9_~.-])([A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}+)"},
    PatternRow {Take::Secret, "access_token", false, "ya29.", u"(?<![A-Za-z0-9])(ya29\\.[A-Za-z0-9_-]{20,}+)"},
    PatternRow {Take::Secret, "api_key", false, "AIza", u"(?<![A-Za-z0-9])(AIza[A-Za-z0-9_-]{35}+)"},
    PatternRow {Take::Secret, "slack_token", false, "xox", u"(?<![A-Za-z0-9])(xox[abeprs]-[A-Za-z0-9-]{10,}+)"},
    PatternRow {Take::Secret, "slack_hook", false, "hooks.slack.com/", u"hooks\\.slack\\.com/[a-z]++/[A-Z0-9]++/[A-Z0-9]++/([A-Za-z0-9]{8,}+)"},
    PatternRow {Take::Secret, "api_key", false, "sk-",
                u"(?<![A-Za-z0-9_-])(sk-(?!ant-)(?=[A-Za-z_-]*+[0-9])[A-Za-z0-9_-]{32,}+)"},
    PatternRow {Take::Secret, "api_key", false, "k_live_|k_test_", u"(?<![A-Za-z0-9_])([rs]k_(?:live|test)_[A-Za-z0-9]{16,}+)"},
    PatternRow {Take::Secret, "npm_token", false, "npm_", u"(?<![A-Za-z0-9_])(npm_[A-Za-z0-9]{36}+)(?![A-Za-z0-9_])"},
    PatternRow {Take::Secret, "gitlab_token", false, "gl", u"(?<![A-Za-z0-9_-])(gl(?:pat|cbt|dt|rt|ptt|soat)-[A-Za-z0-9_-]{16,}+)"},
    PatternRow {Take::Secret, "client_secret", false, "GOCSPX-", u"(?<![A-Za-z0-9_-])(GOCSPX-[A-Za-z0-9_-]{20,}+)"},
    PatternRow {Take::Secret, "refresh_token", false, "1//", u"(?<![A-Za-z0-9_~./:+-])(1//[A-Za-z0-9_-]{20,}+)"},
    PatternRow {Take::Secret, "vault_token", false, "hv", u"(?<![A-Za-z0-9_.-])(hv[bs]\\.[A-Za-z0-9_-]{20,}+)"},
    PatternRow {Take::Secret, "session_id", false, "!", u"(?<![A-Za-z0-9_.-])(00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]{20,}+)"},
    PatternRow {Take::Secret, "session_token", false, "IQoJ|FwoG", u"(?<![A-Za-z0-9_./+-])((?:IQoJ|FwoG)[A-Za-z0-9+/=]{80,}+)"},
    PatternRow {Take::Secret, "access_token", false, "EwB", u"(?<![A-Za-z0-9_./+-])(EwB[A-Za-z0-9+/=]{100,}+)"},
    // Entra's codes and refresh tokens have several long parts; the claim rh begins alike and has one
    PatternRow {Take::Secret, "refresh_token", false, ".A",
                u"(?<![A-Za-z0-9_~./+-])([01]\\.A(?:[A-Za-z0-9_-]{200,}+|[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{16,}+)(?:\\.[A-Za-z0-9_-]++)*+)"},
    PatternRow {Take::Secret, "ticket", false, "T-|TIOU-",
                u"(?<![A-Za-z0-9_-])((?:ST|PT|PGT|PGTIOU|TGT)-(?:[0-9]++-)?(?=[A-Za-z]*+[0-9])[A-Za-z0-9]{20,}+(?:-[A-Za-z0-9.-]++)?)"},
};
// clang-format on

QRegularExpression compiled(const PatternRow& row)
{
    return QRegularExpression(QString::fromUtf16(row.regex),
        row.anyCase ? QRegularExpression::CaseInsensitiveOption : QRegularExpression::NoPatternOption);
}

const std::vector<QRegularExpression>& expressions()
{
    static const std::vector<QRegularExpression> all = [] {
        std::vector<QRegularExpression> list;
        std::transform(patternRows.begin(), patternRows.end(), std::back_inserter(list), compiled);
        return list;
    }();
    return all;
}

/// Which bytes a text has: asked once for each row's needs.
std::bitset<256> bytesOf(QByteArrayView text)
{
    std::bitset<256> bytes;
    for (const char c : text)
        bytes.set(uchar(c));
    return bytes;
}

bool mayMatch(const PatternRow& row, QByteArrayView text, const std::bitset<256>& bytes)
{
    std::string_view needs(row.needs);
    while (!needs.empty()) {
        const std::string_view one = needs.substr(0, needs.find('|'));
        if (bytes.test(uchar(one.front())) && (one.size() == 1 || text.contains(QByteArrayView(one.data(), qsizetype(one.size())))))
            return true;
        needs.remove_prefix(std::min(needs.size(), one.size() + 1));
    }
    return false;
}

Sensitivity pairKind(QByteArrayView name, QByteArrayView value)
{
    const Sensitivity kind = sensitivity(name);
    if (kind == Sensitivity::Open)
        return kind;
    const bool harmless = isErrorCode(name, value) || (kind == Sensitivity::Token && isWord(value))
        || value.startsWith("http:") || value.startsWith("https:") || (isWord(value) && (value.startsWith("Bearer") || value.startsWith("Basic")));
    return harmless ? Sensitivity::Open : kind;
}

/// "https://login.microsoftonline.com/error?code=700213" is a page about an error.
bool isErrorPage(QStringView before, QByteArrayView value)
{
    return before.endsWith(u"/error"_s) && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// After an option whatever stands there; behind a bare name only what is no word and no code of an error.
Sensitivity optionKind(QByteArrayView name, QByteArrayView value)
{
    const bool isOption = name.startsWith("--");
    if (value.size() < (isOption ? 4 : 12) || QByteArrayView("$-%{[<(").contains(value.front()) || isIdentifier(value))
        return Sensitivity::Open;
    const auto has = [&](bool (*is)(char)) { return std::any_of(value.begin(), value.end(), is); };
    const bool isMixed = has([](char c) { return c >= '0' && c <= '9'; }) && has([](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
    return isOption || isMixed ? pairKind(name, value) : Sensitivity::Open;
}

/// `Bearer authorization="..."` is a challenge and "Basic authentication" is prose.
bool isCredential(QByteArrayView value)
{
    return value.size() >= 24 || std::any_of(value.begin() + 1, value.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    });
}

Spot spotOf(const PatternRow& pattern, const QString& text, const QRegularExpressionMatch& match)
{
    const int group = match.lastCapturedIndex();
    const QByteArray value = match.captured(group).toLatin1();
    Spot spot{
        match.capturedStart(group), match.capturedLength(group), pattern.name, Sensitivity::Secret, value};
    switch (pattern.take) {
    case Take::Pair:
        spot.name = match.captured(1).toLatin1();
        spot.kind = pairKind(spot.name, value);
        break;
    case Take::QueryPair:
        spot.name = match.captured(1).toLatin1();
        spot.kind = spot.name == "code" && isErrorPage(QStringView(text).first(match.capturedStart()), value) ? Sensitivity::Open : sensitivity(spot.name);
        spot.secret = percentDecoded(value, true);
        break;
    case Take::Jwt:
        spot.kind = Sensitivity::Token;
        break;
    case Take::Bearer:
        spot.kind = isCredential(value) ? Sensitivity::Token : Sensitivity::Open;
        break;
    case Take::Secret:
    case Take::Assignment: // read by addAssignments
    case Take::Option:
        break;
    }
    return spot;
}

/// "repo:octo/token:ref:refs/heads/main" is a subject: colons and slashes part its words. Queries have a row of their own.
bool isOtherwiseRead(const QString& text, const QRegularExpressionMatch& head)
{
    const qsizetype at = head.capturedStart(1);
    const QChar before = at > 0 ? text[at - 1] : QChar();
    return (QStringView(u":/").contains(before) && head.capturedView().endsWith(u':')) || (QStringView(u"?&#").contains(before) && head.capturedView().endsWith(u'='));
}

/// After a secret the search goes on behind it, after an open name at its value.
void addAssignments(Spots& spots, const QString& text, const QRegularExpression& head, Sensitivity (*kindOf)(QByteArrayView, QByteArrayView))
{
    // Latin-1 as it is needs no check, which would cost the whole text each time.
    constexpr auto unchecked = QRegularExpression::DontCheckSubjectStringMatchOption;
    static const QRegularExpression value(u"(?!(?:Bearer|Basic|DPoP)\\s)[^\\s\"'&<>,;\\\\]++"_s, QRegularExpression::CaseInsensitiveOption);
    for (auto match = head.match(text, 0, QRegularExpression::NormalMatch, unchecked); match.hasMatch();) {
        qsizetype next = match.capturedEnd();
        const QByteArray name = match.captured(1).toLatin1();
        if (sensitivity(name) != Sensitivity::Open && !isOtherwiseRead(text, match)) {
            const auto said = value.match(text, next, QRegularExpression::NormalMatch, QRegularExpression::AnchorAtOffsetMatchOption | unchecked);
            const QByteArray secret = said.captured().toLatin1();
            add(spots, {next, secret.size(), name, said.hasMatch() ? kindOf(name, secret) : Sensitivity::Open, secret});
            next += secret.size();
        }
        match = head.match(text, next, QRegularExpression::NormalMatch, unchecked);
    }
}

bool isPairs(Take take) { return take == Take::Pair || take == Take::Assignment || take == Take::Option; }

Spots spotsIn(QByteArrayView text, bool withPairs)
{
    QString latin; // one character a byte, so that places are places
    Spots spots;
    const std::bitset<256> bytes = bytesOf(text);
    for (size_t i = 0; i < patternRows.size(); ++i) {
        if ((isPairs(patternRows[i].take) && !withPairs) || !mayMatch(patternRows[i], text, bytes))
            continue;
        if (latin.isNull())
            latin = QString::fromLatin1(text);
        if (patternRows[i].take == Take::Assignment || patternRows[i].take == Take::Option)
            addAssignments(spots, latin, expressions()[i], patternRows[i].take == Take::Option ? optionKind : pairKind);
        else
            for (auto it = expressions()[i].globalMatch(latin); it.hasNext();)
                add(spots, spotOf(patternRows[i], latin, it.next()));
    }
    return ordered(std::move(spots));
}

} // namespace

void add(Spots& spots, Spot spot)
{
    if (spot.length > 0 && spot.kind != Sensitivity::Open)
        spots.append(std::move(spot));
}

bool isWord(QByteArrayView value)
{
    if (value.endsWith('.'))
        value.chop(1);
    return value.size() <= 16 && std::all_of(value.begin(), value.end(), [](char c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    });
}

bool isIdentifier(QByteArrayView value)
{
    static const QRegularExpression known(u"^(?:[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|(?:AADSTS|AADB2C|AKV|IDX)[0-9]{4,9}|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ].*)?|"
        "(?:urn|arn|api|spiffe|https?):.*)[.:)]?$"_s);
    return known.match(QString::fromLatin1(value)).hasMatch();
}

bool isErrorCode(QByteArrayView name, QByteArrayView value)
{
    static const QRegularExpression word(
        u"^(?:[A-Za-z][A-Za-z_.\\- ]*|-?[0-9]{1,9}|[A-Z]{1,8}[0-9]{1,8})$"_s);
    return name.compare("code", Qt::CaseInsensitive) == 0
        && word.match(QString::fromLatin1(value)).hasMatch();
}

Spots withoutMarks(QByteArrayView text, Spots spots)
{
    static const QRegularExpression mark(
        u"(?<![A-Za-z0-9_-])(?:e[yw][A-Za-z0-9_-]++\\.(?:[A-Za-z0-9_-]++\\.)?)?"
        "\\[hidden, [0-9]++ characters, [0-9a-f]{8}\\]"_s);
    if (!text.contains("[hidden,"))
        return spots;
    auto it = mark.globalMatch(QString::fromLatin1(text));
    QRegularExpressionMatch match;
    spots.removeIf([&](const Spot& s) { // both in order: one pass
        while (match.capturedEnd() < s.at + s.length && it.hasNext())
            match = it.next();
        return s.at >= match.capturedStart() && match.hasMatch() && s.at + s.length <= match.capturedEnd();
    });
    return spots;
}

Spots ordered(Spots spots)
{
    std::stable_sort(spots.begin(), spots.end(), [](const Spot& a, const Spot& b) { return std::pair(a.at, -a.length) < std::pair(b.at, -b.length); });
    qsizetype end = 0;
    spots.removeIf([&end](const Spot& s) {
        if (s.at < end)
            return true;
        end = s.at + s.length;
        return false;
    });
    return spots;
}

Spots spotsInText(QByteArrayView text) { return spotsIn(text, true); }
Spots spotsOfShapes(QByteArrayView text) { return spotsIn(text, false); }

} // namespace http
