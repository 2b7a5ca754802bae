// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/http/transport.h"

#include <QHash>
#include <QObject>

namespace app {

/// Signs the lab's user in without a browser: follows the sign-in pages as the manifest describes them (`signIn`, `users`)
/// until the loopback redirect. A client of the lab like any other; it knows nothing but the manifest.
class SelfSignIn : public QObject
{
    Q_OBJECT
public:
    /// `user` is a name from the manifest; Error "sign-in-user" lists the known ones.
    static base::Result<std::unique_ptr<SelfSignIn>> fromManifest(const QString& manifestPath, const QString& user, http::Transport& transport);

    /// Walks the pages behind this address, in the background.
    void open(const QByteArray& url);

signals:
    /// A page came that cannot be filled in.
    void failed(const QString& why);

private:
    SelfSignIn(json::Document manifest, QString user, http::Transport& transport);
    void get(const QByteArray& url);
    void take(const QByteArray& from, const http::Exchange& exchange);
    void submit(const QByteArray& from, const QString& html);
    http::Request withCookies(http::Request request) const;

    json::Document m_manifest;
    QString m_user;
    http::Transport& m_transport;
    QHash<QByteArray, QByteArray> m_cookies {};
    int m_pages = 0;
};

} // namespace app
