// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "secretsdialog.h"

#include "core/setup/secretslots.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace app {

using namespace Qt::StringLiterals;

SecretsDialog::SecretsDialog(const setup::Setup& setup, setup::Keychain& keychain, LayeredSecrets& secrets, QWidget* parent)
    : QDialog(parent)
    , m_setupId(setup.id)
    , m_keychain(keychain)
    , m_secrets(secrets)
{
    setWindowTitle(u"Secrets of %1"_s.arg(setup.title));
    resize(620, 340);
    for (const setup::SecretSlot& slot : setup::secretSlots(setup))
        m_rows.append({slot.owner, slot.credential, slot.key, slot.kind == setup::SecretSlot::Kind::ClientSecret});
    auto* layout = new QVBoxLayout(this);
    createTable();
    layout->addWidget(m_table);
    createEntry();
    const auto may = setup::mayStoreSecret(setup);
    m_mayStore = may.has_value();
    if (!may)
        say(may.error().text);
    else if (m_rows.isEmpty())
        say(u"Nothing in this setup is kept secret."_s);
    refresh();
}

void SecretsDialog::createTable()
{
    m_table = new QTableWidget(int(m_rows.size()), 3, this);
    m_table->setAccessibleName(u"Secrets"_s);
    m_table->setHorizontalHeaderLabels({u"Identity"_s, u"Credential"_s, u"Kept"_s});
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->verticalHeader()->hide();
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    if (!m_rows.isEmpty())
        m_table->selectRow(0);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &SecretsDialog::enable);
}

void SecretsDialog::createEntry()
{
    auto* layout = static_cast<QVBoxLayout*>(this->layout());
    m_text = new QLabel(this);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    layout->addWidget(m_text);
    auto* label = new QLabel(u"&Value"_s, this);
    m_value = new QLineEdit(this);
    m_value->setEchoMode(QLineEdit::Password);
    m_value->setDragEnabled(false);
    m_value->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    m_value->setAccessibleName(u"Value of the secret"_s);
    label->setBuddy(m_value);
    auto* line = new QHBoxLayout;
    line->addWidget(label);
    line->addWidget(m_value, 1);
    layout->addLayout(line);
    m_toKeychain = new QPushButton(u"Store in the &keychain"_s, this);
    m_toMemory = new QPushButton(u"Keep in &memory until quit"_s, this);
    m_delete = new QPushButton(u"&Delete"_s, this);
    auto* close = new QPushButton(u"&Close"_s, this);
    m_toKeychain->setDefault(true);
    auto* buttons = new QHBoxLayout;
    for (QPushButton* button : {m_toKeychain, m_toMemory, m_delete})
        buttons->addWidget(button);
    buttons->addStretch();
    buttons->addWidget(close);
    layout->addLayout(buttons);
    connect(m_toKeychain, &QPushButton::clicked, this, [this] { store(false); });
    connect(m_toMemory, &QPushButton::clicked, this, [this] { store(true); });
    connect(m_delete, &QPushButton::clicked, this, &SecretsDialog::remove);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_value, &QLineEdit::textChanged, this, &SecretsDialog::enable);
}

const SecretsDialog::Row* SecretsDialog::selected() const
{
    const int row = m_table->currentRow();
    return row >= 0 && row < m_rows.size() ? &m_rows.at(row) : nullptr;
}

void SecretsDialog::enable()
{
    // Higher environments keep no client secret; keys and tokens they may.
    const bool may = selected() && (m_mayStore || !selected()->clientSecret);
    const bool ready = may && !m_value->text().isEmpty();
    m_toKeychain->setEnabled(ready);
    m_toMemory->setEnabled(ready);
    m_value->setEnabled(may);
    m_delete->setEnabled(selected());
}

void SecretsDialog::refresh()
{
    enable();
    m_keychain.list(m_setupId, this, [this](base::Result<QStringList> stored) {
        show(stored.value_or(QStringList {}), stored ? QString {} : stored.error().text);
    });
}

void SecretsDialog::show(const QStringList& stored, const QString& problem)
{
    for (int i = 0; i < m_rows.size(); ++i) {
        const Row& row = m_rows.at(i);
        const QString kept = m_secrets.isInMemory(row.key) ? u"in memory, until quit"_s : stored.contains(row.key.entry()) ? u"in the keychain"_s : u"nowhere"_s;
        for (const auto& [column, text] : {std::pair(0, row.identity), std::pair(1, row.credential), std::pair(2, kept)})
            m_table->setItem(i, column, new QTableWidgetItem(text));
    }
    if (!problem.isEmpty() && m_mayStore)
        say(problem);
}

/// The field is emptied at once: the value lives on only as a Secret.
base::Secret SecretsDialog::takeValue()
{
    QByteArray bytes = m_value->text().toUtf8();
    base::Secret secret(bytes);
    bytes.fill('\0');
    m_value->clear();
    return secret;
}

void SecretsDialog::store(bool inMemory)
{
    const Row* row = selected();
    if (!row)
        return;
    if (inMemory) {
        m_secrets.keepInMemory(row->key, takeValue());
        say(u"Kept in memory until you quit. It is never written to disk."_s);
        return refresh();
    }
    m_secrets.write(row->key, takeValue(), this, [this](base::Result<void> done) {
        say(done ? u"Stored in the keychain."_s : QString(done.error().text + u" Keep it in memory until you quit, if you like: enter it again."_s));
        refresh();
    });
}

void SecretsDialog::remove()
{
    const Row* row = selected();
    if (!row)
        return;
    m_secrets.remove(row->key, this, [this](base::Result<void> done) {
        say(done ? u"Deleted."_s : done.error().text);
        refresh();
    });
}

void SecretsDialog::say(const QString& text) { m_text->setText(text); }

} // namespace app
