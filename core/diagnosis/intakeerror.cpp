// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/intake_p.h"

#include "core/diagnosis/intakepairs_p.h"
#include "core/http/redact.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

constexpr qsizetype longestSaid = 600;

/// A way in which codes stand in texts. Group 1 is the code, group 2 what is said after it, when it stands apart.
struct Way
{
    const char16_t* pattern;
    const char16_t* vendor;
    bool knownOnly; ///< a bare number is an error code only when the catalogue has it
    const char16_t* beside = u""; ///< words that stand on the same lines: other programs count their errors too
};
constexpr std::array ways {
    Way {u"\\b(AADSTS\\d{4,9})\\b", u"Microsoft Entra", false},
    Way {u"\\b(AADB2C\\d{4,9})\\b", u"Azure AD B2C", false},
    Way {u"\\b(AKV\\d{5})\\b", u"Azure Key Vault", false},
    Way {u"\\b(IDX\\d{5})\\b", u"Microsoft.IdentityModel", false},
    Way {u"An error occurred \\(([A-Za-z]+)\\) when calling the [A-Za-z]+ operation[^:]{0,60}: *([^\\n]*)", u"AWS", false},
    Way {u"operation error STS: [A-Za-z]+, [^\\n]{0,160}api error ([A-Za-z]+): *([^\\n]*)", u"AWS", false},
    Way {u"(?i:\"?error_codes\"?)\\s*[:=]?\\s*\\[?\\s*\"?(\\d{5,8})\\b", u"Microsoft Entra", true},
    Way {u"(?i:\"?error[_ ]?codes?\"?)\\s*[:=]?\\s*\\[?\\s*\"?(\\d{5,8})\\b", u"Microsoft Entra", true,
        u"(?i)\\bsign-?ins?\\b|\\bentra\\b|\\bazure|\\bAAD|\\bmsal|microsoft|\\btenant\\b|oauth|\\bconsent"},
    Way {u"\\A\\s*(\\d{5,8})\\s*\\z", u"Microsoft Entra", true}, // the number alone, as the sign-in log shows it
};

QString clipped(const QString& said) { return http::redactedText(said.left(longestSaid)).simplified(); }

/// What follows a code: up to the next code, a blank line, or as much as is useful.
QString saidAfter(const QString& text, qsizetype at)
{
    QString said = text.mid(at, longestSaid);
    // A blank line, a stack, the next line of a log, a body, the next error.
    static const QRegularExpression end(u"\\n\\s*\\n|\\n\\s+at |\\n\\W*\\d{4}-\\d{2}-\\d{2}[T ]\\d|\\n\\s*[{<]|.(?=AADSTS\\d)"_s);
    const auto stop = end.match(said, 1);
    return stop.hasMatch() ? said.left(stop.capturedStart()) : said;
}

bool standsBeside(const Way& way, const QString& text, const QRegularExpressionMatch& match)
{
    const QString words = QString::fromUtf16(way.beside);
    const qsizetype begin = text.lastIndexOf(u'\n', match.capturedStart()) + 1, end = text.indexOf(u'\n', match.capturedEnd());
    return words.isEmpty() || QRegularExpression(words).match(text.mid(begin, end < 0 ? -1 : end - begin)).hasMatch();
}

void addByCode(const QString& text, const Way& way, QList<std::pair<Found, Item>>& out)
{
    const QRegularExpression pattern(QString::fromUtf16(way.pattern));
    auto it = pattern.globalMatch(text);
    while (it.hasNext() && out.size() < mostItems) {
        const auto match = it.next();
        const QString code = match.captured(1);
        if (way.knownOnly && (!errorEntry(code) || !standsBeside(way, text, match)))
            continue;
        const bool apart = match.lastCapturedIndex() > 1;
        const QString said = apart ? match.captured() : saidAfter(text, match.capturedStart()); // the operation tells too
        const qsizetype length = std::max(match.capturedLength(), said.section(u'\n', 0, 0).size());
        const QString full = way.knownOnly ? u"AADSTS"_s + code : code;
        out.append({{match.capturedStart(), length}, errorItem(QString::fromUtf16(way.vendor), full, said)});
    }
}

/// "Error code unauthorized_client: The given credential ...": the code that the words belong to.
QString codeBefore(const QString& text, qsizetype at)
{
    static const QRegularExpression code(u"\\bError code ([a-z]+(?:_[a-z]+)+): [^\\n:]*$"_s);
    return code.match(text.mid(std::max<qsizetype>(at - 200, 0), std::min<qsizetype>(at, 200))).captured(1);
}

void addByWords(const QString& text, QList<std::pair<Found, Item>>& out)
{
    const QString lower = text.toLower();
    const auto canStand = [&lower](const WordedError& each) {
        return each.anchors.isEmpty() || std::ranges::any_of(each.anchors, [&](const QString& anchor) { return lower.contains(anchor); });
    };
    for (const WordedError& each : wordedErrors()) {
        if (!canStand(each))
            continue;
        auto it = each.words.globalMatch(text);
        while (it.hasNext() && out.size() < mostItems) {
            const auto match = it.next();
            const QString said = saidAfter(text, match.capturedStart());
            const qsizetype length = std::max(match.capturedLength(), said.section(u'\n', 0, 0).size());
            const QString before = codeBefore(text, match.capturedStart());
            out.append({{match.capturedStart(), length}, before.isEmpty() ? errorItem(each.entry->vendor, each.entry->code, said) : wordedItem(*each.entry, before, said)});
        }
    }
}

/// What is known without a catalogue: which vendor's numbering this is.
QString vendorOf(const QString& code)
{
    for (const Way& way : ways)
        if (!way.knownOnly && QRegularExpression(QString::fromUtf16(way.pattern)).match(code).hasMatch())
            return QString::fromUtf16(way.vendor);
    return {};
}

Item knownError(const ErrorEntry& entry, const QString& code, const QString& said)
{
    Item item {.kind = ItemKind::Error, .label = u"Error of %1: %2"_s.arg(entry.vendor, entry.meaning), .vendor = entry.vendor, .wrong = {entry.meaning},
        .causes = causesFor(entry, said), .fix = entry.fix, .ask = entry.ask, .code = code, .said = clipped(said), .error = &entry, .rule = entry.rule};
    readPairs(item, said);
    return item;
}

} // namespace

Item unknownError(const QString& vendor, const QString& code, const QString& said)
{
    return {.kind = ItemKind::Error, .label = (vendor.isEmpty() ? u"Error"_s : u"Error of "_s + vendor) + u" with a code that is not known here"_s, .vendor = vendor,
        .wrong = {u"The catalogue of errors has no entry for %1, so nothing is said about its cause."_s.arg(code.isEmpty() ? u"it"_s : code)},
        .ask = {u"The whole answer: status, headers and body, and the request that led to it."_s}, .code = code, .said = clipped(said)};
}

Item errorItem(const QString& vendorHint, const QString& code, const QString& said)
{
    const ErrorEntry* entry = errorEntry(code, said, vendorHint);
    return entry ? knownError(*entry, code, said) : unknownError(vendorHint.isEmpty() ? vendorOf(code) : vendorHint, code, said);
}

Item wordedItem(const ErrorEntry& entry, const QString& code, const QString& said)
{
    // The words under that very code say more than the same words under another.
    const ErrorEntry* own = errorEntry(code, said, entry.vendor);
    return knownError(own && own != errorEntry(code) ? *own : entry, code, said);
}

QList<std::pair<Found, Item>> errorsIn(const QString& text)
{
    QList<std::pair<Found, Item>> found;
    for (const Way& way : ways)
        addByCode(text, way, found);
    addByWords(text, found);
    std::ranges::stable_sort(found, [](const auto& a, const auto& b) {
        return std::pair(a.first.at, -a.first.length) < std::pair(b.first.at, -b.first.length);
    });
    QList<std::pair<Found, Item>> out;
    qsizetype done = 0;
    for (auto& each : found) {
        if (each.first.at < done)
            continue;
        done = each.first.at + each.first.length;
        // A token behind it on the same line is no part of the error.
        each.first.length = std::min<qsizetype>(each.first.length, 12);
        out.append(std::move(each));
    }
    return out;
}

} // namespace diagnosis
