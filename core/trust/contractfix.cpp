// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "contractfix.h"

#include "core/trust/aws.h"
#include "core/trust/contractcommand_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

/// Each round mends what the last one showed. Real contracts take three at most.
constexpr int mostRounds = 8;

using Written = base::Result<json::Document>;

/// The name of a member is wrong, not its value.
bool isOnKey(const base::Check& check) { return check.presentedFrom == awsKeyOrigin(); }

bool corrects(const base::Check& check)
{
    const bool decides = check.near && check.near->kind == base::Near::WrongTenant;
    const bool knowsWhat = !check.fixValue.isEmpty() || isOnKey(check);
    return check.outcome == base::Outcome::Fail && !check.fixPointer.isEmpty() && knowsWhat && !decides;
}

/// A number where a number stood, or where the member's name counts seconds; true and false where one of them stood; a text
/// everywhere else.
QByteArray asJson(const base::Check& check, const json::Value& old)
{
    bool number = false;
    check.fixValue.toLongLong(&number);
    const bool counts = number && (old.isNumber() || check.fixPointer.endsWith(u"_seconds"_s));
    return counts || old.isBool() ? check.fixValue.toUtf8() : json::quoted(check.fixValue);
}

/// The value at its place. An element that belongs into a list makes one of what is no list yet, and an object that is not
/// there is written along with its member.
Written written(const json::Document& document, const QString& pointer, const QByteArray& value)
{
    const QString place = pointer.section(u'/', 0, -2), name = pointer.section(u'/', -1);
    const json::Value holder = document.find(place);
    if (name == "-"_L1 && !holder.isArray())
        return written(document, place, '[' + (holder.isString() ? holder.raw().toByteArray() + ", " : QByteArray()) + value + ']');
    if (!holder && !place.isEmpty())
        return written(document, place, '{' + json::quoted(QString(name).replace(u"~1"_s, u"/"_s).replace(u"~0"_s, u"~"_s)) + ": " + value + '}');
    return document.with(pointer, value);
}

/// The member under another name. Two of that name would be one too many.
Written renamed(const json::Document& document, const QString& pointer, const QString& name)
{
    const json::Value member = document.find(pointer);
    const QByteArrayView key = member.rawKey();
    if (key.isEmpty() || document.find(pointer.section(u'/', 0, -2))[name.toUtf8()])
        return base::fail(u"json-pointer"_s, u"The member cannot take this name."_s, pointer);
    QByteArray text = document.source();
    text.replace(key.data() - document.source().constData(), key.size(), json::quoted(name));
    return json::Document::parse(text);
}

/// Everything that the checks would have otherwise; false when that changes nothing.
bool correct(json::Document& document, const base::Verdict& verdict)
{
    const QByteArray before = document.source();
    for (const base::Check& check : verdict.checks) {
        if (!corrects(check))
            continue;
        auto changed = isOnKey(check) ? renamed(document, check.fixPointer, check.presented)
                                      : written(document, check.fixPointer, asJson(check, document.find(check.fixPointer)));
        if (changed)
            document = std::move(*changed);
    }
    return document.source() != before;
}

QString titlesOf(const base::Verdict& verdict, base::Outcome outcome)
{
    QStringList out;
    for (const base::Check& check : verdict.checks)
        if (check.outcome == outcome && !out.contains(check.title))
            out.append(check.title);
    return out.join(u", "_s);
}

/// A fresh token of the same kind would pass what only time is in the way of.
bool isWorthWriting(const base::Verdict& verdict)
{
    return std::ranges::all_of(verdict.checks,
        [](const base::Check& c) { return c.outcome != base::Outcome::Fail || c.id.startsWith("lifetime."_L1); });
}

QString noteOn(const base::Verdict& verdict)
{
    const QString failing = titlesOf(verdict, base::Outcome::Fail), open = titlesOf(verdict, base::Outcome::NotEvaluated);
    QStringList out;
    if (!failing.isEmpty())
        out.append(u"This is a part alone: a fresh token is needed as well (%1)."_s.arg(failing));
    if (!open.isEmpty())
        out.append(u"Whether it is enough is not known here. Not evaluated: %1."_s.arg(open));
    return out.join(u' ');
}

} // namespace

ContractFix contractFix(const ContractCase& match, const base::Verdict& verdict)
{
    json::Document document = json::Document::read(match.contract.raw().toByteArray());
    const json::Document before = document;
    base::Verdict now = verdict;
    for (int round = 0; round < mostRounds && now.decision == base::Decision::Refuse && correct(document, now); ++round) {
        ContractCase again = match;
        again.contract = document.root();
        auto judged = matchContract(again);
        if (!judged)
            return {};
        now = std::move(*judged);
    }
    if (document.source() == before.source() || !isWorthWriting(now))
        return {};
    return {.corrected = json::formatted(document.root(), 2), .note = noteOn(now),
        .command = contractCommands(before.root(), document.root()).join(u'\n')};
}

} // namespace trust
