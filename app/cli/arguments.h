// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/cli/cli.h"

#include "core/base/clock.h"
#include "core/base/result.h"

#include <QHash>

#include <optional>

namespace cli {

/// The arguments of one command, checked against its row.
class Arguments
{
public:
    static base::Result<Arguments> parse(const Command& command, const QStringList& arguments);

    QString at(qsizetype index) const { return m_positional.value(index); }
    qsizetype count() const { return m_positional.size(); }
    const QStringList& positional() const { return m_positional; }
    bool has(const char* option) const { return m_options.contains(QString::fromLatin1(option)); }
    QString value(const char* option) const { return m_options.value(QString::fromLatin1(option)).value(0); }
    QStringList values(const char* option) const { return m_options.value(QString::fromLatin1(option)); }
    bool json() const { return has("json"); }
    /// RFC 3339; an Error names the option and the text.
    base::Result<std::optional<base::Instant>> time(const char* option) const;
    base::Result<std::optional<int>> number(const char* option) const;

private:
    QStringList m_positional {};
    QHash<QString, QStringList> m_options {};
};

} // namespace cli
