// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/finding_p.h"

#include "core/base/text.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

/// Long enough for two GUIDs; what is longer is read in the Match tab.
constexpr qsizetype longest = 90;

struct Gap
{
    QLatin1StringView name;
    QString Words::*word;
    const char16_t* general;
};
constexpr std::array gaps {
    Gap {"{object}"_L1, &Words::object, u"the object"},
    Gap {"{check}"_L1, &Words::check, u"the comparison"},
    Gap {"{presented}"_L1, &Words::presented, u"what is presented"},
    Gap {"{expected}"_L1, &Words::expected, u"what is expected"},
    Gap {"{receiver}"_L1, &Words::receiver, u"the receiver"},
    Gap {"{step}"_L1, &Words::step, u"the step"},
    Gap {"{near}"_L1, &Words::near, u"spelling"},
};

QString filledIn(const char* text, const Words& words)
{
    QString out = QString::fromUtf8(text);
    for (const Gap& gap : gaps)
        if (out.contains(gap.name))
            out.replace(gap.name, base::elidedMiddle(base::visible(words.*gap.word), longest));
    return out;
}

template <typename T>
QString shownName(const T& object)
{
    return object.displayName.isEmpty() ? object.name : object.displayName;
}

/// Where the two values say nothing side by side: a condition is no value, equal values do not differ, and without the issuer's keys
/// nothing is said of the signature. The receiver's own sentence says it then.
QString ownWords(const base::Check& check)
{
    const bool ofCondition = check.id == u"condition";
    const bool withoutKeys = check.id == u"signature" && check.relation.endsWith(u"cannot be had.");
    if (check.relation.isEmpty() || !(ofCondition || withoutKeys || check.presented == check.expected))
        return {};
    if (!ofCondition || check.presented.isEmpty() || !check.relation.endsWith(u'.'))
        return check.relation;
    return u"%1 It looked at %2."_s.arg(check.relation, base::elidedMiddle(base::visible(check.presented), longest));
}

} // namespace

base::Finding finding(const Rule& rule, base::Severity severity, const Words& words, base::Place place)
{
    return {.rule = QString::fromLatin1(rule.id),
        .severity = severity,
        .title = words.title.isEmpty() ? filledIn(rule.title, words) : words.title,
        .text = words.text.isEmpty() ? filledIn(rule.why, words) : words.text,
        .fix = words.fix.isEmpty() ? filledIn(rule.fix, words) : words.fix,
        .place = std::move(place)};
}

QString generalText(const char* sentences)
{
    static const QRegularExpression between(u"(?<=[.!?])\\s+"_s), about(u"^\\{object\\}: "_s), gap(u"\\{[a-z]+\\}"_s);
    const QString all = QString::fromUtf8(sentences).remove(about);
    QStringList kept;
    for (const QString& sentence : all.split(between))
        if (!gap.match(sentence).hasMatch())
            kept.append(sentence);
    QString text = kept.isEmpty() ? all : kept.join(u' ');
    for (const Gap& each : gaps)
        text.replace(each.name, QString::fromUtf16(each.general));
    return text.left(1).toUpper() + text.mid(1);
}

Words wordsOf(const base::Check& check, const QString& object)
{
    Words words {.object = object,
        .check = check.title.toLower(),
        .presented = check.presented,
        .expected = check.expected,
        .near = u"spelling"_s,
        .fix = check.fix};
    if (!check.near) {
        words.text = ownWords(check);
        return words;
    }
    words.text = check.near->text;
    if (check.near->kind == base::Near::Case)
        words.near = u"case"_s;
    return words;
}

QString titleOf(const setup::App& app) { return shownName(app); }
QString titleOf(const setup::ManagedIdentity& identity) { return shownName(identity); }
QString titleOf(const setup::Target& target) { return shownName(target); }

} // namespace diagnosis
