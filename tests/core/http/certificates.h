// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/server.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QTemporaryDir>

/// An authority and leaves, made by the `openssl` command in a folder that goes away again.
class Certificates
{
public:
    Certificates()
    {
        run(QStringLiteral(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days 2 "
            "-subj /CN=test-authority -addext keyUsage=critical,keyCertSign"));
    }

    bool isComplete() const { return m_complete; }
    QList<QSslCertificate> authority() const
    {
        return QSslCertificate::fromData(read(QStringLiteral("ca.pem")));
    }
    QString path(const QString& name) const { return m_folder.filePath(name); }

    /// A leaf for these names ("DNS:localhost,IP:127.0.0.1"), valid so many days from now (negative: ended).
    http::TlsIdentity leaf(const QString& name, const QString& alternativeNames, int days = 2)
    {
        QFile extensions(path(name + QStringLiteral(".ext")));
        m_complete = extensions.open(QIODevice::WriteOnly) && m_complete;
        extensions.write("subjectAltName=" + alternativeNames.toLatin1() + "\n");
        extensions.close();
        run(QStringLiteral(
            "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout %1.key -out %1.csr -subj /CN=%1")
                .arg(name));
        run(QStringLiteral("x509 -req -in %1.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out %1.pem -days "
                           "%2 -extfile %1.ext")
                .arg(name)
                .arg(days));
        return {read(name + QStringLiteral(".pem")), read(name + QStringLiteral(".key"))};
    }

private:
    void run(const QString& arguments)
    {
        QProcess openssl;
        openssl.setWorkingDirectory(m_folder.path());
        openssl.setProcessChannelMode(QProcess::MergedChannels);
        openssl.start(QStringLiteral("openssl"), arguments.split(u' '));
        const bool ok = openssl.waitForFinished(20000) && openssl.exitCode() == 0;
        if (!ok)
            qWarning("openssl: %s", openssl.readAll().constData());
        m_complete = m_complete && ok;
    }
    QByteArray read(const QString& name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_folder{};
    bool m_complete = true;
};
