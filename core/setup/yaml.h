// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringList>

namespace setup {

/// A member of a mapping, an item of a list, or a scalar. Block and flow style look alike here.
struct YamlNode
{
    QString key {};      ///< empty for a list's item
    QString value {};    ///< without quotes, folded; empty where there are children
    bool item = false;
    int line = 0;        ///< from 1; where the text stands, for what comes by alias as well
    QList<YamlNode> children {};

    const YamlNode* child(QStringView name) const;
};

/// YAML as compose files, manifests and pipelines are written (YAML 1.2.2): block and flow collections, plain, quoted and block
/// scalars over several lines, anchors, aliases, merge keys, several documents, whose members stand beside each other. What is
/// not understood (tags that change a value, keys of several lines, what is not closed) is named in `notRead` as "line N: why";
/// the rest is read all the same.
YamlNode readYaml(QByteArrayView text, QStringList& notRead);

} // namespace setup
