// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

#include <memory>

namespace session { class Session; }

/// Asked for, issued as, accepted: one row a token; below, all lifetimes on one axis.
class AudiencesPage : public QWidget
{
    Q_OBJECT
public:
    explicit AudiencesPage(session::Session& session, QWidget* parent = nullptr);
    ~AudiencesPage() override;

    QWidget* cornerWidget(); ///< "Copy table", for the right side of the tab bar

private:
    struct Parts;
    std::unique_ptr<Parts> m;
};
