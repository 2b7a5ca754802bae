// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/http/transport.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QPointer>
#include <QSslError>
#include <QTimer>

namespace http {

/// One request under way: collects what arrives, watches the limits, and hands over one Exchange, once.
class Call : public QObject
{
    Q_OBJECT

public:
    Call(Exchange exchange, Done done, const TransportLimits& limits, QObject* parent);
    ~Call() override;

    void follow(QNetworkReply* reply);
    void fail(Failure failure);
    void cancel(); ///< says nothing to anybody

private:
    void progress();
    void sent();
    void reached(double Exchange::Timings::*moment);
    void headArrived();
    void bodyArrived();
    void giveUp(Failure failure);
    void finished();
    void deliver();
    Failure networkFault() const;

    Exchange m_exchange;
    Done m_done;
    TransportLimits m_limits;
    QByteArray m_authority;
    QByteArray m_host;
    bool m_encrypted = false; ///< or never will be: plain http
    QList<QSslError> m_tlsErrors{};
    QPointer<QNetworkReply> m_reply{};
    QElapsedTimer m_clock{};
    QTimer m_total{};
    QTimer m_idle{};
};

} // namespace http
