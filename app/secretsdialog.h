// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/layeredsecrets.h"
#include "core/setup/setup.h"

#include <QDialog>
#include <QStringList>

QT_BEGIN_NAMESPACE
class QLabel;
class QLineEdit;
class QPushButton;
class QTableWidget;
QT_END_NAMESPACE

namespace app {

/// The client secrets of a setup: which there are, where they are kept, and the two places to keep one: the system's
/// keychain, or memory until the program ends. A higher setup keeps none, and says what to use instead.
class SecretsDialog : public QDialog
{
    Q_OBJECT
public:
    SecretsDialog(const setup::Setup& setup, setup::Keychain& keychain, LayeredSecrets& secrets, QWidget* parent);

private:
    struct Row
    {
        QString identity;
        QString credential;
        setup::SecretKey key;
        bool clientSecret = false;
    };
    void createTable();
    void createEntry();
    void refresh();
    void show(const QStringList& stored, const QString& problem);
    void store(bool inMemory);
    void remove();
    const Row* selected() const;
    base::Secret takeValue();
    void say(const QString& text);
    void enable();

    QList<Row> m_rows {};
    QString m_setupId;
    setup::Keychain& m_keychain;
    LayeredSecrets& m_secrets;
    bool m_mayStore = true;
    QTableWidget* m_table = nullptr;
    QLineEdit* m_value = nullptr;
    QLabel* m_text = nullptr;
    QPushButton* m_toKeychain = nullptr;
    QPushButton* m_toMemory = nullptr;
    QPushButton* m_delete = nullptr;
};

} // namespace app
