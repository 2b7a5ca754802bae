// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/contractmatch.h"

#include <QWidget>

#include <memory>
#include <optional>

/// A token held against contracts in the vendors' own JSON, both from outside: verdict, every comparison with the characters
/// that differ, the nearest contract first, and the contract put right. Nothing is sent.
class ContractPage : public QWidget
{
    Q_OBJECT
public:
    explicit ContractPage(QWidget* parent = nullptr);
    ~ContractPage() override;

    /// `setup` tells whose ids stand there; without it they are only ids.
    void hold(const diagnosis::TokensAndContracts& both, std::optional<setup::Setup> setup);
    const diagnosis::TokensAndContracts& shown() const;
    const QList<diagnosis::ContractAnswer>& answers() const;
    /// The contract put right, as it stands on screen; empty where nothing has to be written.
    QString correctedText() const;
    void copyVerdict();

signals:
    void closed();
    /// Another token or contract, put into the page.
    void pasted(const QByteArray& text);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Parts;
    void showAnswer(int row);
    void makeHead();
    QWidget* makeBody();
    QWidget* makeFix(QWidget* parent);
    std::unique_ptr<Parts> m;
};
