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
};
constexpr std::array ways {
    Way {u"\\b(AADSTS\\d{4,9})\\b", u"Microsoft Entra", false},
    Way {u"\\b(AADB2C\\d{4,9})\\b", u"Azure AD B2C", false},
    Way {u"\\b(AKV\\d{5})\\b", u"Azure Key Vault", false},
    Way {u"\\b(IDX\\d{5})\\b", u"Microsoft.IdentityModel", false},
    Way {u"An error occurred \\(([A-Za-z]+)\\) when calling the [A-Za-z]+ operation[^:]{0,60}: *([^\\n]*)", u"AWS", false},
    Way {u"operation error STS: [A-Za-z]+, [^\\n]{0,160}api error ([A-Za-z]+): *([^\\n]*)", u"AWS", false},
    Way {u"(?i:\"?error[_ ]?codes?\"?)\\s*[:=]?\\s*\\[?\\s*\"?(\\d{5,8})\\b", u"Microsoft Entra", true},
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

void addByCode(const QString& text, const Way& way, QList<std::pair<Found, Item>>& out)
{
    const QRegularExpression pattern(QString::fromUtf16(way.pattern));
    auto it = pattern.globalMatch(text);
    while (it.hasNext() && out.size() < mostItems) {
        const auto match = it.next();
        const QString code = match.captured(1);
        if (way.knownOnly && !errorEntry(code))
            continue;
        const bool apart = match.lastCapturedIndex() > 1;
        const QString said = apart ? match.captured(2) : saidAfter(text, match.capturedStart());
        const qsizetype length = std::max(match.capturedLength(), said.section(u'\n', 0, 0).size());
        const QString full = way.knownOnly ? u"AADSTS"_s + code : code;
        out.append({{match.capturedStart(), length}, errorItem(QString::fromUtf16(way.vendor), full, said)});
    }
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
            out.append({{match.capturedStart(), length}, errorItem(each.entry->vendor, each.entry->code, said)});
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

} // namespace

Item errorItem(const QString& vendorHint, const QString& code, const QString& said)
{
    Item item {.kind = ItemKind::Error, .code = code, .said = clipped(said), .error = errorEntry(code, said, vendorHint)};
    item.vendor = item.error ? item.error->vendor : vendorHint.isEmpty() ? vendorOf(code) : vendorHint;
    const QString name = item.vendor.isEmpty() ? u"Error"_s : u"Error of "_s + item.vendor;
    item.label = item.error ? u"%1: %2"_s.arg(name, item.error->meaning)
                            : u"%1 with a code that is not known here"_s.arg(name);
    if (!item.error) {
        item.wrong = {u"The catalogue of errors has no entry for %1, so nothing is said about its cause."_s.arg(code.isEmpty() ? u"it"_s : code)};
        item.ask = {u"The whole answer: status, headers and body, and the request that led to it."_s};
        return item;
    }
    item.wrong = {item.error->meaning};
    item.causes = causesFor(*item.error, said);
    item.fix = item.error->fix;
    item.ask = item.error->ask;
    item.rule = item.error->rule;
    readPairs(item, said);
    return item;
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
