// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "atomicfile.h"

#include <QFile>
#include <QFileInfo>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <unistd.h>
#else
#include <QSaveFile>
#endif

using namespace Qt::StringLiterals;

namespace setup {

namespace {

tl::unexpected<base::Error> unwritable(const QString& code, const QString& file, const QString& why)
{
    return base::fail(code,
        u"%1 could not be saved: %2. What stood there is untouched."_s.arg(QFileInfo(file).fileName(), why),
        file);
}

QString behindLink(const QString& file)
{
    const QFileInfo info(file);
    return info.isSymLink() && info.exists() ? info.canonicalFilePath() : file;
}

} // namespace

#ifdef Q_OS_UNIX

namespace {

class Descriptor
{
public:
    explicit Descriptor(int fd)
        : m_fd(fd)
    {
    }
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    explicit operator bool() const { return m_fd >= 0; }
    int get() const { return m_fd; }
    bool close() { return m_fd < 0 || ::close(std::exchange(m_fd, -1)) == 0; }

private:
    int m_fd;
};

bool writeAll(int fd, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(fd, bytes.data(), size_t(bytes.size()));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes = bytes.sliced(written);
    }
    return true;
}

/// A rename is on disk when its folder is. Some file systems cannot synchronise folders; the rename happened
/// all the same.
void synchroniseFolder(const QByteArray& file)
{
    const qsizetype slash = file.lastIndexOf('/');
    const QByteArray folder = slash < 0 ? "."_ba : file.left(qMax(slash, qsizetype(1)));
    const Descriptor fd(::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd)
        (void)::fsync(fd.get());
}

bool fill(Descriptor& fd, QByteArrayView bytes)
{
    return writeAll(fd.get(), bytes) && ::fsync(fd.get()) == 0 && fd.close();
}

QString reason() { return QString::fromLocal8Bit(std::strerror(errno)); }

} // namespace

base::Result<void> writeAtomically(const QString& file, QByteArrayView bytes, const QString& code)
{
    const QByteArray target = QFile::encodeName(behindLink(file));
    QByteArray temporary = target + ".XXXXXX"_ba;
    // mkostemp makes the file with mode 0600 whatever the umask says.
    Descriptor fd(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!fd)
        return unwritable(code, file, reason());
    if (fill(fd, bytes) && ::rename(temporary.constData(), target.constData()) == 0) {
        synchroniseFolder(target);
        return {};
    }
    const QString why = reason();
    ::unlink(temporary.constData());
    return unwritable(code, file, why);
}

#else

base::Result<void> writeAtomically(const QString& file, QByteArrayView bytes, const QString& code)
{
    QSaveFile out(behindLink(file));
    if (out.open(QIODevice::WriteOnly) && out.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && out.write(bytes.data(), bytes.size()) == bytes.size() && out.commit())
        return {};
    return unwritable(code, file, out.errorString());
}

#endif

} // namespace setup
