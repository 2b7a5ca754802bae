// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QPushButton>

/// A button that names what is chosen and opens a menu of what else there is: "Setup  Claims desk  higher  v".
class Chooser : public QPushButton
{
    Q_OBJECT
public:
    /// `caption` stands before the name where there is room.
    explicit Chooser(const QString& caption, QWidget* parent = nullptr);

    void setChosen(const QString& title, const QString& chip = {});
    void setCaptionShown(bool shown);
    void setChipShown(bool shown);
    void setTitleWeight(int weight);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int widthBesideTitle() const;
    bool showsChip() const { return m_chipShown && !m_chip.isEmpty(); }

    QString m_caption;
    QString m_title {};
    QString m_chip {};
    bool m_captionShown = true;
    bool m_chipShown = true;
    int m_weight = 400;
};
