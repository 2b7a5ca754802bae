// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "arguments.h"

#include <algorithm>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

const Option* optionOf(const Command& command, const QString& name)
{
    const auto it = std::ranges::find_if(command.options, [&](const Option& o) { return name == QLatin1String(o.name); });
    return it == command.options.end() ? nullptr : &*it;
}

base::Result<Arguments> bad(const Command& command, const QString& why)
{
    return base::fail(u"usage"_s, why + u" Usage: trustwalk %1 %2"_s.arg(QLatin1String(command.name), QLatin1String(command.arguments)));
}

} // namespace

base::Result<Arguments> Arguments::parse(const Command& command, const QStringList& arguments)
{
    Arguments parsed;
    bool onlyPositional = false;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString& argument = arguments.at(i);
        if (onlyPositional || argument == u"-" || !argument.startsWith(u"-")) {
            parsed.m_positional.append(argument);
            continue;
        }
        if (argument == u"--") {
            onlyPositional = true;
            continue;
        }
        const QString name = argument.section(u'=', 0, 0).mid(argument.startsWith(u"--") ? 2 : 1);
        const Option* option = optionOf(command, name);
        if (!option)
            return bad(command, u"There is no option %1."_s.arg(argument.section(u'=', 0, 0)));
        QStringList& values = parsed.m_options[name];
        if (!values.isEmpty() && !option->repeatable)
            return bad(command, u"The option --%1 is given twice."_s.arg(name));
        if (!option->value) {
            values.append(QString {});
        } else if (argument.contains(u'=')) {
            values.append(argument.section(u'=', 1));
        } else if (i + 1 < arguments.size()) {
            values.append(arguments.at(++i));
        } else {
            return bad(command, u"The option --%1 wants %2."_s.arg(name, QLatin1String(option->value)));
        }
    }
    if (parsed.count() < command.least)
        return bad(command, u"An argument is missing."_s);
    if (parsed.count() > command.most)
        return bad(command, u"The argument %1 is one too many."_s.arg(parsed.at(command.most)));
    return parsed;
}

base::Result<std::optional<base::Instant>> Arguments::time(const char* option) const
{
    if (!has(option))
        return std::optional<base::Instant> {};
    const auto instant = base::fromRfc3339(value(option));
    if (!instant)
        return base::fail(u"usage"_s, u"--%1 wants a time like 2026-11-23T16:00:00Z, and got %2."_s.arg(QLatin1String(option), value(option)));
    return instant;
}

base::Result<std::optional<int>> Arguments::number(const char* option) const
{
    if (!has(option))
        return std::optional<int> {};
    bool ok = false;
    const int number = value(option).toInt(&ok);
    if (!ok)
        return base::fail(u"usage"_s, u"--%1 wants a number, and got %2."_s.arg(QLatin1String(option), value(option)));
    return std::optional(number);
}

} // namespace cli
