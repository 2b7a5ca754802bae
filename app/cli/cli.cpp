// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "cli.h"

#include "arguments.h"
#include "output.h"

namespace cli {

using namespace Qt::StringLiterals;

namespace {

QString optionLine(const Option& option)
{
    QString name = QString::fromLatin1(option.name);
    name.prepend(name.size() == 1 ? u"-"_s : u"--"_s);
    if (option.value)
        name += u' ' + QLatin1String(option.value);
    return u"    %1%2\n"_s.arg(name, -28).arg(QString::fromUtf8(option.help) + (option.repeatable ? u" (repeatable)"_s : QString {}));
}

/// A bash completion script, from the same table.
QString completion()
{
    QString words;
    QString cases;
    for (const Command& c : commands()) {
        words += QLatin1String(c.name) + u' ';
        QString options;
        for (const Option& o : c.options)
            options += (QString::fromLatin1(o.name).size() == 1 ? u"-"_s : u"--"_s) + QLatin1String(o.name) + u' ';
        cases += u"    %1) COMPREPLY=( $(compgen -f -W \"%2\" -- \"$word\") );;\n"_s.arg(QLatin1String(c.name), options);
    }
    return u"_trustwalk() {\n  local word=${COMP_WORDS[COMP_CWORD]}\n  if [ \"$COMP_CWORD\" = 1 ]; then COMPREPLY=( $(compgen -f -W \"%1\" -- \"$word\") ); return; fi\n"
           "  case ${COMP_WORDS[1]} in\n%2  esac\n}\ncomplete -o default -F _trustwalk trustwalk\n"_s.arg(words, cases);
}

} // namespace

QString usage(const Command& c)
{
    QString text = u"trustwalk %1 %2\n  %3\n"_s.arg(QLatin1String(c.name), QLatin1String(c.arguments), QString::fromUtf8(c.help));
    for (const Option& option : c.options)
        text += optionLine(option);
    return text;
}

QString usage()
{
    QString text = u"Trustwalk walks a chain of trust one hop at a time.\n\n  trustwalk [SETUP]             open the window\n"_s;
    for (const Command& c : commands())
        text += u"  trustwalk %1%2\n"_s.arg(u"%1 %2"_s.arg(QLatin1String(c.name), QLatin1String(c.arguments)), -20).arg(u"  "_s + QString::fromUtf8(c.help));
    return text + u"\n  trustwalk COMMAND --help      options of a command\n  trustwalk --completion        completion for bash\n  trustwalk --version\n"_s;
}

bool isCommandLine(const QStringList& arguments)
{
    if (arguments.isEmpty())
        return false;
    const QString& first = arguments.front();
    return command(first) || first == u"--help" || first == u"-h" || first == u"help" || first == u"--version" || first == u"--completion";
}

namespace {

/// What is asked of the program itself; nothing when a command is named.
std::optional<QString> answerOf(const QString& first, const Command* chosen)
{
    if (first == u"--version")
        return u"trustwalk %1\n"_s.arg(QLatin1String(TRUSTWALK_VERSION));
    if (first == u"--completion")
        return completion();
    return chosen ? std::nullopt : std::optional(usage());
}

} // namespace

int run(const QStringList& arguments)
{
    const QString& first = arguments.front();
    const Command* chosen = command(first);
    if (const auto answer = answerOf(first, chosen)) {
        print(*answer);
        return whenPrinted(Accepted);
    }
    if (arguments.contains(u"--help"_s) || arguments.contains(u"-h"_s)) {
        print(usage(*chosen));
        return whenPrinted(Accepted);
    }
    const auto parsed = Arguments::parse(*chosen, arguments.mid(1));
    return parsed ? whenPrinted(chosen->run(*parsed)) : fail(parsed.error());
}

} // namespace cli
