// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace diagnosis {

/// One instruction of a Dockerfile over its lines: joined by a backslash at their ends, comments between them left out; of a
/// heredoc its lines to the closing word.
struct ImageInstruction
{
    struct Line
    {
        int number = 0;
        QString text {};
    };
    QString keyword {};    ///< upper case
    QList<Line> lines {};  ///< the first without the keyword
    QString whole() const; ///< on one line
};
QList<ImageInstruction> imageInstructions(const QByteArray& dockerfile);

/// A variable that an instruction sets.
struct ImageVariable
{
    QString name {};
    QString value {}; ///< without quotes
    int line = 0;
};
/// ENV and ARG in both spellings; what a RUN sets for its commands or exports.
QList<ImageVariable> variablesOf(const ImageInstruction& instruction);

} // namespace diagnosis
