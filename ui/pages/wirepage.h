// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/session/session.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QBoxLayout;
class QPushButton;
class QSplitter;
QT_END_NAMESPACE

class Label;
class TimeBar;
class WireSide;

/// Request and response of the selected step: as it would be sent before, as it was sent after. Secrets are marks that keep
/// length and fingerprint.
class WirePage : public QWidget
{
    Q_OBJECT
public:
    explicit WirePage(session::Session& session, QWidget* parent = nullptr);

    QWidget* cornerWidget(); ///< "Raw" and "Copy as", for the right side of the tab bar
    void setRedaction(bool on);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void createCorner();
    void refresh();
    void showRecord(const flow::StepRecord& record);
    void showPreview(const flow::Step& step);
    void showNoResponse(const flow::Step& step);
    void showSelection(const base::Place& place);
    void settle();
    http::Exchange shown(const http::Exchange& exchange) const;
    QString copied(bool asCurl) const;

    session::Session& m_session;
    bool m_redaction = true;
    http::Exchange m_exchange {};   ///< as shown
    http::Request m_asked {};       ///< live data, for forms of copying that redact themselves
    QSplitter* m_halves = nullptr;
    WireSide* m_request = nullptr;
    WireSide* m_response = nullptr;
    TimeBar* m_times = nullptr;
    QWidget* m_noteBox = nullptr;
    Label* m_note = nullptr;
    QWidget* m_corner = nullptr;
    QPushButton* m_raw = nullptr;
};
