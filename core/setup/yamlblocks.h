// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringList>

namespace setup {

/// A mapping, a list item or a scalar of YAML's block style, as compose files are written.
struct YamlNode
{
    QString key {};      ///< empty for a list's item
    QString value {};    ///< without quotes; empty where there are children
    bool item = false;
    int line = 0;        ///< from 1
    QList<YamlNode> children {};

    const YamlNode* child(QStringView name) const;
};

/// The block subset: mappings, lists, plain and quoted scalars, comments, `[a, b]` of scalars. What is outside of it
/// (anchors, tags, block scalars, flow mappings) is named in `notRead` with its line; the rest is read all the same.
YamlNode readYaml(QByteArrayView text, QStringList& notRead);

} // namespace setup
