// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "output.h"

#include "core/base/text.h"
#include "core/setup/atomicfile.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <algorithm>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

int outputError = 0; ///< errno of the first write to standard output that failed

} // namespace

void print(const QByteArray& text)
{
    const bool whole = std::fwrite(text.constData(), 1, size_t(text.size()), stdout) == size_t(text.size());
    if ((!whole || std::fflush(stdout) != 0) && outputError == 0)
        outputError = errno;
}

int whenPrinted(int code)
{
    // Who reads no further has what was wanted.
    if (outputError == 0 || outputError == EPIPE)
        return code;
    return fail({u"write-failed"_s, u"Standard output cannot be written: %1."_s.arg(QString::fromLocal8Bit(std::strerror(outputError))), {}});
}

void print(const QString& text) { print(text.toUtf8()); }

void tell(const QString& text)
{
    for (const QString& line : text.split(u'\n', Qt::SkipEmptyParts)) {
        const QByteArray bytes = base::visible(line).toUtf8() + '\n';
        std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stderr);
    }
}

void complain(const base::Error& error)
{
    QString line = u"trustwalk: "_s + error.text;
    if (!error.where.isEmpty() && !error.text.contains(error.where))
        line += u" ("_s + error.where + u')';
    const QByteArray bytes = base::visible(line).toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stderr);
}

int exitOf(const base::Error& error)
{
    static constexpr const char* surroundings[] = {"port-taken", "no-browser", "no-display", "write-failed", "lab-failed", "module-missing"};
    const bool outside = std::ranges::any_of(surroundings, [&](const char* code) { return error.code == QLatin1String(code); });
    return outside || error.code.startsWith(u"keychain") || error.code.startsWith(u"port") || error.code.startsWith(u"lab-") ? Surroundings : Usage;
}

int fail(const base::Error& error)
{
    complain(error);
    return exitOf(error);
}

base::Result<QByteArray> readInput(const QString& name)
{
    QFile file(name);
    const bool opened = name == u"-" ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!opened)
        return base::fail(u"unreadable"_s, u"%1 cannot be read: %2."_s.arg(name, file.errorString()));
    return base::asUtf8(file.readAll());
}

base::Result<void> writeOutput(const QString& name, const QByteArray& bytes)
{
    if (name == u"-") {
        print(bytes);
        return {};
    }
    // A pipe or a device is written to, not replaced.
    if (const QFileInfo there(name); there.exists() && !there.isFile()) {
        QFile file(name);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.flush())
            return base::fail(u"write-failed"_s, u"%1 cannot be written: %2."_s.arg(name, file.errorString()));
        return {};
    }
    return setup::writeAtomically(name, bytes, u"write-failed"_s);
}

bool hasErrors(const QList<base::Finding>& findings)
{
    return std::ranges::any_of(findings, [](const base::Finding& f) { return f.severity == base::Severity::Error; });
}

} // namespace cli
