// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/result.h"
#include "core/http/message.h"

#include <QObject>

#include <memory>

namespace flow {

/// Waits on 127.0.0.1, on a port of its own, for the one answer of an authorization request (RFC 8252 7.3). Answers the
/// browser with a plain page that holds nothing of the request. Closes after the first valid answer.
class RedirectListener : public QObject
{
    Q_OBJECT
public:
    explicit RedirectListener(QObject* parent = nullptr);
    ~RedirectListener() override;

    /// `path` as registered ("/callback"); `state` decides which answer is ours.
    base::Result<int> open(const QByteArray& path, const QByteArray& state);
    void close();
    bool isOpen() const;
    int port() const;
    QByteArray redirectUri() const; ///< "http://127.0.0.1:51873/callback"
    /// An address pasted from another machine's browser: judged like a real answer.
    base::Result<void> paste(const QByteArray& url);

signals:
    /// The answer's parameters and the whole callback URL. Emitted once.
    void answered(const http::Form& parameters, const QByteArray& url);
    /// Something came that was not used, in words: other state, second answer, code and error together.
    void ignored(const QString& why);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// Why these callback parameters cannot be used; empty when they can. RFC 6749 4.1.2, RFC 9700 4.
QString callbackFault(const http::Form& parameters, const QByteArray& state);

} // namespace flow
