// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "handlers.h"

#include "output.h"

#include "core/base/jsonwriter.h"
#include "core/jose/keypair.h"
#include "core/setup/file.h"
#include "core/setup/secretslots.h"

#include <QCoreApplication>
#include <QFile>
#include <QTimer>

#include <cstdio>
#include <termios.h>
#include <unistd.h>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

using Named = setup::SecretSlot;

base::Result<Named> choose(const QList<Named>& all, const QString& wanted)
{
    QStringList names;
    for (const Named& one : all) {
        names.append(one.name);
        if (one.name == wanted || one.name.section(u'/', 1) == wanted || one.name.section(u'/', 0, 0) == wanted || (wanted.isEmpty() && all.size() == 1))
            return one;
    }
    return base::fail(u"secret-name"_s, names.isEmpty() ? u"The setup has no secret, no certificate and no token to keep."_s : u"Name one of the setup's secrets: %1."_s.arg(names.join(u", "_s)));
}

/// From the terminal without echo, or a line of standard input. Never an argument.
base::Secret readValue()
{
    const bool terminal = isatty(STDIN_FILENO);
    termios before {};
    if (terminal && tcgetattr(STDIN_FILENO, &before) == 0) {
        termios silent = before;
        silent.c_lflag &= ~tcflag_t(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
        std::fputs("Value: ", stderr);
    }
    QFile input;
    QByteArray line;
    if (input.open(stdin, QIODevice::ReadOnly | QIODevice::Unbuffered))
        line = input.readLine(64 * 1024);
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        std::fputs("\n", stderr);
    }
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    base::Secret value(line);
    line.fill('\0');
    return value;
}

/// A private key, without its password: the keychain keeps it from here on. PEM or PKCS#12, out of a file or as it comes.
base::Result<base::Secret> readKey(const QString& file)
{
    const auto text = readInput(file.isEmpty() ? u"-"_s : file);
    if (!text)
        return tl::unexpected(text.error());
    auto pair = jose::readKeyPair(*text);
    if (!pair && pair.error().code == u"pkcs12-password" && !file.isEmpty() && file != u"-") {
        const base::Secret password = readValue();
        pair = jose::readKeyPair(*text, password.reveal());
    }
    if (!pair)
        return base::fail(pair.error().code, pair.error().text, file);
    return base::Secret(jose::toPem(*pair));
}

base::Result<base::Secret> readFor(const Named& slot, const Arguments& arguments)
{
    if (slot.kind == Named::Kind::PrivateKey)
        return readKey(arguments.value("file"));
    if (arguments.has("file"))
        return base::fail(u"usage"_s, u"--file is for the private key of a certificate. Other values come from the terminal or standard input."_s);
    return readValue();
}

void answered(const base::Result<void>& result, const QString& done)
{
    if (result)
        print(done + u'\n');
    QCoreApplication::exit(result ? int(Accepted) : fail(result.error()));
}

void deleted(const base::Result<qsizetype>& removed)
{
    answered(removed ? base::Result<void>() : tl::unexpected(removed.error()), removed ? u"Deleted from the keychain: %1"_s.arg(*removed == 1 ? u"1 entry"_s : QString::number(*removed) + u" entries"_s) : QString());
}

void listed(const base::Result<QStringList>& entries, const QList<Named>& all, bool asJson)
{
    if (!entries)
        return QCoreApplication::exit(fail(entries.error()));
    json::Writer out;
    out.beginObject().beginArray("secrets");
    for (const Named& one : all) {
        const bool stored = entries->contains(one.key.entry());
        out.beginObject().text("name", one.name).text("entry", one.key.entry()).flag("stored", stored).endObject();
        if (!asJson)
            print(u"%1  %2\n"_s.arg(one.name, -32).arg(stored ? u"in the keychain"_s : u"not stored"_s));
    }
    out.endArray().endObject();
    if (asJson)
        print(out.done());
    QCoreApplication::exit(Accepted);
}

} // namespace

int secretCommand(const Arguments& arguments)
{
    const QString action = arguments.at(0);
    if (action != u"set" && action != u"list" && action != u"delete")
        return fail({u"usage"_s, u"secret takes set, list or delete, and got %1."_s.arg(action), {}});
    const auto setup = setup::load(arguments.at(1));
    if (!setup)
        return fail(setup.error());
    const QList<Named> all = setup::secretSlots(*setup);
    setup::Keychain keychain;
    if (action == u"list") {
        QTimer::singleShot(0, &keychain, [&] {
            keychain.list(setup->id, &keychain, [&](base::Result<QStringList> entries) { listed(entries, all, arguments.json()); });
        });
        return QCoreApplication::exec();
    }
    if (arguments.has("all")) {
        if (action != u"delete" || !arguments.at(2).isEmpty())
            return fail({u"usage"_s, u"--all goes with delete, and without a name."_s, {}});
        QTimer::singleShot(0, &keychain, [&] { keychain.removeAll(setup->id, &keychain, [](const base::Result<qsizetype>& removed) { deleted(removed); }); });
        return QCoreApplication::exec();
    }
    const auto chosen = choose(all, arguments.at(2));
    if (!chosen)
        return fail(chosen.error());
    if (action == u"set") {
        const auto may = setup::mayStoreSecret(*setup);
        if (!may && chosen->kind == Named::Kind::ClientSecret)
            return fail(may.error());
        auto value = readFor(*chosen, arguments);
        if (!value)
            return fail(value.error());
        if (value->isEmpty())
            return fail({u"secret-empty"_s, u"The value is empty. Nothing was stored."_s, {}});
        keychain.write(chosen->key, std::move(*value), &keychain, [&](base::Result<void> result) { answered(result, u"Stored in the keychain: %1"_s.arg(chosen->name)); });
    } else {
        keychain.remove(chosen->key, &keychain, [&](base::Result<void> result) { answered(result, u"Deleted from the keychain: %1"_s.arg(chosen->name)); });
    }
    return QCoreApplication::exec();
}

} // namespace cli
