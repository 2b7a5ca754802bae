// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>

#include <memory>

QT_BEGIN_NAMESPACE
class QScreen;
QT_END_NAMESPACE

/// What is remembered between two starts: how the window stands and which setups were open. Never a secret, never a value
/// of a setup or a token.
class Settings
{
public:
    template <typename T>
    struct Key
    {
        const char* name;
        T fallback;
    };

    inline static const Key<QString> appearance {"appearance", QStringLiteral("system")};
    inline static const Key<QStringList> recentSetups {"recentSetups", {}};  ///< files and "sample:<id>", newest first
    inline static const Key<QString> lastSetup {"lastSetup", {}};
    inline static const Key<bool> railShown {"window/rail", true};
    inline static const Key<bool> explainShown {"window/explain", true};
    inline static const Key<bool> sampleHintSeen {"sampleHintSeen", false};

    /// `file` empty: the user's own. A file that is not one of ours, or newer than this program knows, is kept aside under
    /// a dated name, and defaults are used; problem() says so.
    explicit Settings(const QString& file = {});

    template <typename T>
    T get(const Key<T>& key) const
    {
        const QVariant value = m_store->value(QLatin1StringView(key.name));
        return value.isValid() && value.canConvert<T>() ? value.value<T>() : key.fallback;
    }
    template <typename T>
    void set(const Key<T>& key, const T& value)
    {
        m_store->setValue(QLatin1StringView(key.name), value);
    }

    /// Geometry and splitters, one set per class of screen, so that a laptop does not inherit the desk's.
    QByteArray layout(const QString& part, const QScreen* screen) const;
    void setLayout(const QString& part, const QScreen* screen, const QByteArray& state);

    /// Puts a setup on top of the recent ones; at most ten, each once.
    void remember(const QString& fileOrSample);
    /// It is there no more.
    void forget(const QString& fileOrSample);

    QString file() const { return m_store->fileName(); }
    QString problem() const { return m_problem; } ///< a sentence; empty when all is well
    void sync();

private:
    void keepAside(const QString& file);

    std::unique_ptr<QSettings> m_store {};
    QString m_problem {};
};
