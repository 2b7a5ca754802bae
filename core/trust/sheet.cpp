// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "sheet_p.h"

using namespace Qt::StringLiterals;

namespace trust {

QString sentence(const Answer& answer, const QString& presented, const QString& expected)
{
    // One pass: a presented value that spells a placeholder stays what it is.
    const QString text = QString::fromUtf8(answer.text);
    QString out;
    for (qsizetype at = 0; at < text.size();) {
        const QStringView rest = QStringView(text).sliced(at);
        if (rest.startsWith("{presented}"_L1)) {
            out += presented;
            at += 11;
        } else if (rest.startsWith("{expected}"_L1)) {
            out += expected;
            at += 10;
        } else {
            out += text[at++];
        }
    }
    return out;
}

Sheet::Sheet(QString receiver) : m_receiver(std::move(receiver))
{
    m_checks.reserve(24);
}

void Sheet::put(base::Check&& check)
{
    if (check.group.isEmpty())
        check.group = m_group;
    m_checks.append(std::move(check));
}

bool Sheet::add(base::Check check, const Answer& answer, const QString& text)
{
    const bool failed = check.outcome == base::Outcome::Fail;
    if (failed && !m_answer) {
        m_answer = &answer;
        m_text = text.isEmpty() ? sentence(answer, check.presented, check.expected) : text;
    }
    put(std::move(check));
    return !failed;
}

bool Sheet::hold(base::Check check, bool holds, const Answer& answer, const QString& text)
{
    check.outcome = holds ? base::Outcome::Pass : base::Outcome::Fail;
    if (holds) {
        check.near.reset();
        check.fix.clear();
        check.fixValue.clear();
    } else {
        check.relation.clear();
    }
    return add(std::move(check), answer, text);
}

void Sheet::refuse(base::Check check, QString why, const Answer& answer, const QString& text)
{
    check.outcome = base::Outcome::Fail;
    check.relation = std::move(why);
    add(std::move(check), answer, text);
}

void Sheet::unknown(base::Check check, QString why)
{
    check.outcome = base::Outcome::NotEvaluated;
    check.relation = std::move(why);
    check.fix.clear();
    put(std::move(check));
}

void Sheet::warn(base::Check check)
{
    check.outcome = base::Outcome::Warning;
    put(std::move(check));
}

base::Verdict Sheet::verdict(QString contract)
{
    base::Verdict out {.receiver = m_receiver, .contract = std::move(contract),
                       .decision = base::decide(m_checks)};
    out.checks = std::move(m_checks);
    if (!m_answer)
        return out;
    out.refusal = base::Refusal {
        .status = m_answer->status,
        .error = QString::fromLatin1(m_answer->error),
        .code = m_answer->aadsts ? QString(u"AADSTS"_s + QString::number(m_answer->aadsts)) : QString(),
        .text = std::move(m_text),
        .suberror = QString::fromLatin1(m_answer->suberror)};
    if (!m_answer->confirmed)
        out.confidence = base::Confidence::Likely;
    return out;
}

} // namespace trust
