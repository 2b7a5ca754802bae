// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"

namespace trust {

/// What a receiver answers when a check is the first to fail: one row of a receiver's table. `{presented}` and
/// `{expected}` in the text stand for the values of that check.
struct Answer
{
    int aadsts = 0;           ///< Entra's number; 0 for other receivers
    int status = 400;
    const char* error = "";   ///< OAuth error or the vendor's type
    const char* text = "";    ///< our own sentence
    const char* suberror = "";
    bool confirmed = true;    ///< false: the vendor does not promise this number or class
    const char* reason = "";  ///< what a history says, where the wire is silent
};

/// The answer's sentence with both values filled in.
QString sentence(const Answer& answer, const QString& presented, const QString& expected = {});

/// Collects a receiver's checks in its order. All are kept; the first that fails decides the answer.
class Sheet
{
public:
    explicit Sheet(QString receiver);

    /// The heading of the checks that follow.
    void begin(QString group) { m_group = std::move(group); }

    /// A check whose outcome is known. True unless it fails.
    bool add(base::Check check, const Answer& answer, const QString& text = {});
    /// The same with the outcome given. `relation` is kept when it holds; what is only needed on failure (fix, fixValue,
    /// fixPointer, near) when it does not.
    bool hold(base::Check check, bool holds, const Answer& answer, const QString& text = {});
    /// A check that fails, and why in a sentence.
    void refuse(base::Check check, QString why, const Answer& answer, const QString& text = {});
    /// Not evaluated, and why.
    void unknown(base::Check check, QString why);
    /// Says something without deciding.
    void warn(base::Check check);

    bool refused() const { return m_answer != nullptr; }
    const Answer* answer() const { return m_answer; }
    const QList<base::Check>& checks() const { return m_checks; }

    base::Verdict verdict(QString contract);

private:
    void put(base::Check&& check);

    QString m_receiver {};
    QString m_group {};
    QList<base::Check> m_checks {};
    const Answer* m_answer = nullptr;
    QString m_text {};
};

} // namespace trust
