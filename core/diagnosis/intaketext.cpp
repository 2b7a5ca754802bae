// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/intake_p.h"

#include "core/jose/base64url.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

/// Something that was found in running text, and how to take it.
struct Mark
{
    Found found;
    void (*take)(Gathering&, const QString&) = nullptr;
    std::optional<Item> item {}; ///< made already
};

void takeTokenMark(Gathering& to, const QString& text) { takeToken(to, text.toUtf8().replace(' ', ""), Setting::Prose); }
void takeOpaqueMark(Gathering& to, const QString& text)
{
    if (auto item = opaqueItem(text.toUtf8()))
        to.add(std::move(*item));
}
void takeUrlMark(Gathering& to, const QString& text) { takeUrl(to, text.toUtf8(), false); }
void takeJsonMark(Gathering& to, const QString& text)
{
    const bool before = std::exchange(to.fromProse, true);
    takeJson(to, text.toUtf8());
    to.fromProse = before;
}
void takeCertificateMark(Gathering& to, const QString& text) { takeCertificate(to, text.toLatin1()); }
void takeXmlMark(Gathering& to, const QString& text) { takeMarkup(to, text.toUtf8()); }
void takeHeaderMark(Gathering& to, const QString& text)
{
    const qsizetype colon = text.indexOf(u':');
    takeHeader(to, text.first(colon).trimmed().toUtf8(), text.sliced(colon + 1).trimmed().toUtf8());
}
void takeBearerMark(Gathering& to, const QString& text)
{
    takeCredential(to, text.section(u' ', -1).toUtf8(), u"Bearer"_s, Setting::Prose);
}
void takeCurlMark(Gathering& to, const QString& text) { takeCurl(to, text.toUtf8()); }
void takeAssignmentMark(Gathering& to, const QString& text)
{
    const qsizetype at = text.indexOf(QRegularExpression(u"[=:]"_s));
    QString value = text.sliced(at + 1).trimmed();
    value.remove(QRegularExpression(u"^[\"']|[\"']$"_s));
    if (auto known = opaqueItem(value.toUtf8()))
        to.add(std::move(*known));
    else
        to.add(secretItem(u"Value of "_s + text.first(at).trimmed()));
}

struct Pattern
{
    const char16_t* pattern;
    void (*take)(Gathering&, const QString&);
};
constexpr std::array patterns {
    Pattern {u"(?im)^[ \\t<>*+-]*(?:proxy-authorization|authorization|www-authenticate|x-api-key|cookie|set-cookie|x-identity-header)\\s*:[^\\n]+", takeHeaderMark},
    Pattern {u"(?im)^[ \\t$>]*curl\\s(?:[^\\n\\\\]|\\\\\\r?\\n|\\\\.)+", takeCurlMark},
    Pattern {u"(?<![A-Za-z0-9_.-])e[yw][A-Za-z0-9_-]{7,}(?:\\.[A-Za-z0-9_-]*){1,4}", takeTokenMark},
    Pattern {u"(?<![A-Za-z0-9_.-])eyJ[A-Za-z0-9_-]{6,} \\. [A-Za-z0-9_-]+ \\. [A-Za-z0-9_-]+", takeTokenMark}, // as IdentityModel logs it
    Pattern {u"-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]{0,20000}?-----END CERTIFICATE-----", takeCertificateMark},
    Pattern {u"(?i)\\bbearer\\s+[A-Za-z0-9._~+/-]{20,}=*", takeBearerMark},
    Pattern {u"https?://[^\\s\"'<>\\\\`]{4,8000}", takeUrlMark},
    Pattern {u"<ErrorResponse[\\s>][\\s\\S]{0,4000}?</ErrorResponse>|<Error>[\\s\\S]{0,4000}?</Error>", takeXmlMark},
    Pattern {u"(?i)\\b[A-Z0-9_.-]*(?:client_?secret|password|passwd|api_?key|secret_?access_?key|account_?key)\\b[\"']?\\s*[=:]\\s*[\"']?[^\\s\"',;&<>*]{6,}[\"']?", takeAssignmentMark},
};

/// The end of the JSON object that begins at `at`, or -1: braces counted outside of texts, within a bound.
qsizetype endOfObject(QStringView text, qsizetype at)
{
    constexpr qsizetype bound = 4 << 20;
    int depth = 0;
    bool quoted = false;
    for (qsizetype i = at; i < std::min(text.size(), at + bound); ++i) {
        const QChar c = text[i];
        if (quoted) {
            i += c == u'\\';
            quoted = c != u'"';
            continue;
        }
        quoted = c == u'"';
        depth += (c == u'{') - (c == u'}');
        if (depth == 0)
            return i + 1;
    }
    return -1;
}

bool beginsObject(QStringView text, qsizetype at)
{
    while (++at < text.size() && text[at].isSpace()) { }
    return at < text.size() && text[at] == u'"';
}

void markJson(const QString& text, QList<Mark>& out)
{
    constexpr int mostMisses = 200;
    int misses = 0;
    for (qsizetype at = text.indexOf(u'{'); at >= 0 && misses < mostMisses; at = text.indexOf(u'{', at)) {
        const qsizetype end = beginsObject(text, at) ? endOfObject(text, at) : -1;
        const bool whole = end > 0 && json::Document::parse(text.sliced(at, end - at).toUtf8()).has_value();
        misses += !whole && beginsObject(text, at);
        if (whole)
            out.append({.found = {at, end - at}, .take = takeJsonMark});
        at = whole ? end : at + 1;
    }
}

/// A URL in running text ends before the mark that ends the sentence, and counts only when it tells something.
bool trimUrl(const QString& text, Found& found)
{
    while (found.length > 8 && QStringView(u".,;:)]}!?").contains(text[found.at + found.length - 1]))
        --found.length;
    return isTelling(text.sliced(found.at, found.length).toUtf8());
}

QList<Mark> marksIn(const QString& text)
{
    QList<Mark> out;
    for (const Pattern& each : patterns) {
        auto it = QRegularExpression(QString::fromUtf16(each.pattern)).globalMatch(text);
        while (it.hasNext() && out.size() < 20 * mostItems) {
            const auto match = it.next();
            Found found {match.capturedStart(), match.capturedLength()};
            if (each.take == takeTokenMark && !jose::beginsAsToken(match.capturedView().toUtf8()))
                continue;
            if (each.take != takeUrlMark || trimUrl(text, found))
                out.append({.found = found, .take = each.take});
        }
    }
    markJson(text, out);
    for (const Found& found : opaqueIn(text))
        out.append({.found = found, .take = takeOpaqueMark});
    for (auto& [found, item] : errorsIn(text))
        out.append({.found = found, .item = std::move(item)});
    std::ranges::stable_sort(out, [](const Mark& a, const Mark& b) {
        return std::pair(a.found.at, -a.found.length) < std::pair(b.found.at, -b.found.length);
    });
    return out;
}

/// Base64url that holds a JSON header of a JOSE object, cut before its first dot.
bool isCutToken(const QByteArray& text)
{
    if (!text.startsWith("eyJ") || text.contains('.') || text.size() < 20 || text.size() > 100000)
        return false;
    const json::Document header = json::Document::read(QByteArray::fromBase64(text, QByteArray::Base64UrlEncoding));
    return bool(header.root()["alg"]);
}

/// The token alone, however it was wrapped: quotes, line breaks, a Bearer before it. White space that a mail or a terminal has put
/// into it is no part of it, and is counted.
QByteArray loneToken(const QByteArray& text, int& blanks)
{
    static const QRegularExpression shape(
        u"^\\s*[\"'`]?(?:(?:proxy-)?authorization\\s*:\\s*)?(?:bearer\\s+)?(e[yw][A-Za-z0-9_=\\s.+/-]*?)[\"'`,;]?\\s*$"_s, QRegularExpression::CaseInsensitiveOption);
    const auto match = shape.match(QString::fromLatin1(text));
    if (!match.hasMatch())
        return {};
    const QByteArray token = match.captured(1).toLatin1();
    const QByteArray joined = QByteArray(token).replace('\n', "").replace('\r', "").replace(' ', "").replace('\t', "");
    blanks = int(token.size() - joined.size());
    const bool several = QByteArray(token).simplified().split(' ').size() > 1 && joined.count("eyJ") > 2 && joined.count('.') >= 4;
    return several || !jose::beginsAsToken(joined) || (!joined.contains('.') && !isCutToken(joined)) ? QByteArray() : joined;
}

/// Nothing but tokens, with white space between them: each was meant by itself.
bool takeTokens(Gathering& to, const QByteArray& text)
{
    static const QRegularExpression token(u"\\Ae[yw][A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*\\z"_s);
    const QList<QByteArray> words = text.simplified().split(' ');
    if (words.size() < 2 || !std::ranges::all_of(words, [](const QByteArray& word) { return token.match(QString::fromLatin1(word)).hasMatch(); }))
        return false;
    const int base = to.line;
    qsizetype at = 0;
    for (const QByteArray& word : words) {
        if (to.full())
            break;
        at = text.indexOf(word, at);
        if (to.depth == 0)
            to.line = base + int(QByteArrayView(text).first(at).count('\n'));
        takeToken(to, word, Setting::Alone);
    }
    to.line = base;
    return true;
}

/// Logs of terminals are coloured (ECMA-48, 8.3.117), and a colour ends in a letter that would join the word behind it.
QByteArray withoutColours(const QByteArray& text)
{
    static const QRegularExpression colour(u"\\x1b\\[[0-9;:]*[mK]"_s);
    return text.contains('\x1b') ? QString::fromLatin1(text).remove(colour).toLatin1() : text;
}

bool isLone(const QByteArray& text) { return !text.contains(' ') && !text.contains('\n') && !text.contains('\t'); }

bool takeWhole(Gathering& to, const QByteArray& text, Setting setting)
{
    if ((text.startsWith('{') || text.startsWith('[')) && takeJson(to, text))
        return true;
    if (text.startsWith('<') && (takeSaml(to, text) || takeMarkup(to, text)))
        return true;
    if (text.startsWith('P') && isLone(text) && takeSaml(to, text)) // how base64 of "<" begins
        return true;
    if (jose::beginsAsToken(text) && takeTokens(to, text))
        return true;
    int blanks = 0;
    if (const QByteArray token = loneToken(text, blanks); !token.isEmpty()) {
        takeToken(to, token, setting == Setting::Prose ? Setting::Prose : Setting::Alone, blanks);
        return true;
    }
    if (auto known = opaqueItem(text)) {
        to.add(std::move(*known));
        return true;
    }
    if (takeCurl(to, text))
        return true;
    static const QRegularExpression address(u"^[a-z][a-z0-9+.-]*://"_s, QRegularExpression::CaseInsensitiveOption);
    if (isLone(text) && address.match(QString::fromUtf8(text.left(40))).hasMatch() && (to.depth == 0 || isTelling(text))) {
        takeUrl(to, text, true);
        return true;
    }
    return isLone(text) && takeForm(to, text);
}

} // namespace

void takeProse(Gathering& to, const QString& text)
{
    const int base = to.line;
    qsizetype done = 0, counted = 0;
    int line = base;
    for (Mark& mark : marksIn(text)) {
        if (mark.found.at < done || to.full())
            continue;
        line += int(QStringView(text).sliced(counted, mark.found.at - counted).count(u'\n'));
        counted = mark.found.at;
        done = mark.found.at + mark.found.length;
        if (to.depth == 0)
            to.line = line;
        if (mark.item)
            to.add(std::move(*mark.item));
        else
            mark.take(to, text.sliced(mark.found.at, mark.found.length));
    }
    to.line = base;
}

void takeAny(Gathering& to, const QByteArray& text, Setting setting)
{
    const QByteArray trimmed = withoutColours(text).trimmed();
    if (trimmed.isEmpty() || to.full() || to.depth > deepest)
        return;
    if (!takeWhole(to, trimmed, setting))
        takeProse(to, QString::fromUtf8(trimmed));
}

} // namespace diagnosis
