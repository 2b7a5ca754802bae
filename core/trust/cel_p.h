// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/trust/cel.h"

#include <QString>

#include <memory>
#include <vector>

namespace cel {

struct Token
{
    enum class Kind { End, Name, Text, Int, Double, Sign, Bad } kind {};
    QString text {};       ///< name, sign, content of a string, or what is bad
    qint64 whole = 0;
    double fraction = 0;
    qsizetype from = 0;    ///< where it stands in the expression
    qsizetype to = 0;
};
/// All tokens of the expression, an End or a Bad one last.
std::vector<Token> tokens(QStringView expression);

struct Node
{
    enum class Kind { Null, Bool, Int, Double, Text, List, Map, Name, Member, Index, Call, Not, Minus, Binary, Choice } kind {};
    QString text {};       ///< name, member, function, operator or string literal
    bool truth = false;
    qint64 whole = 0;
    double fraction = 0;
    qsizetype from = 0;    ///< where it stands in the expression, brackets around it left out
    qsizetype to = 0;
    bool method = false;   ///< Call: the first child is the value it is called on
    std::vector<std::unique_ptr<Node>> children {}; ///< Map: key, value, key, value, ...
};

struct Parsed
{
    std::unique_ptr<Node> root {}; ///< null when it cannot be read
    QString problem {};
};
/// At most 16 KiB and 100 levels.
Parsed parse(QStringView expression);
Result evaluate(const Node& node, const Environment& environment);
QString notRead(const Parsed& parsed); ///< why, as a sentence

} // namespace cel
