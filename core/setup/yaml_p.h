// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/setup/yaml.h"

#include <QHash>

namespace setup {

/// What the parts of the YAML reader share: the lines, what was named before, and what was given up.
struct YamlState
{
    QStringList lines {};
    QStringList& notRead;
    QHash<QString, YamlNode> anchors {};
    int copied = 0; ///< nodes that stand in by alias

    void giveUp(qsizetype line, const QString& why);
    /// Puts what was anchored under this name in the node's place.
    void put(const QString& name, YamlNode& node);
};

/// A place in the lines, that walks over their ends.
struct YamlCursor
{
    const QStringList& lines;
    qsizetype line = 0;
    qsizetype column = 0;

    bool atEnd() const { return line >= lines.size(); }
    bool atLineEnd() const;  ///< nothing more on this line, or a comment alone
    QChar here() const;      ///< a newline at the end of a line
    QChar after() const;
    void next();
    void skipSpaces();       ///< on this line
    void skipAll();          ///< spaces, comments, ends of lines
};

constexpr int deepestYaml = 64; ///< far more than a manifest nests

/// Anchor and tag before a value, on one line; a tag that changes the value is given up, the value is read. Returns the anchor.
QString yamlProperties(YamlCursor& at, YamlState& state);
/// A quoted scalar from its quote on, over several lines if need be; false where it is not closed.
bool readQuoted(YamlCursor& at, QString& into);
/// `[a, b]`, `{a: b}`, a quoted or plain scalar, an alias inside of them. False where it is not closed.
bool readFlow(YamlCursor& at, YamlNode& into, YamlState& state, int depth);
/// The lines under `|` or `>`; `at` stands on that sign and ends behind the last of them. `indent`: of the line it belongs to.
QString readBlockScalar(YamlCursor& at, int indent, YamlState& state);
/// `<<: *name` brings the members of another mapping, where this one has none of the name (YAML merge key).
void mergeKeys(QList<YamlNode>& members);

int yamlIndent(const QString& line);
/// "---" and "..." between documents.
bool isYamlMarker(const QString& line);

} // namespace setup
