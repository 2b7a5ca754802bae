// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace lab {

/// The pages between the authorize request and the redirect. Plain forms that work without scripts and load
/// nothing; everything that changes is escaped here and nowhere else.

/// Text for HTML, quotes included.
QByteArray escaped(const QString& text);
QByteArray escapedUtf8(QByteArrayView utf8);

struct Hidden
{
    QByteArray name {};
    QByteArray value {};
};

struct CredentialsPage
{
    QString tenant {}; ///< display name
    QString app {}; ///< who asks
    QByteArray action {}; ///< path the form goes to
    QString username {}; ///< filled in already
    QString message {}; ///< why the page is shown again
    QString hintUser {}; ///< the lab user's name and password, shown below the form
    QByteArray hintPassword {};
    QList<Hidden> hidden {};
};
QByteArray credentialsPage(const CredentialsPage& page);

struct ConsentPage
{
    QString tenant {};
    QString app {};
    QString user {};
    QByteArray action {};
    QString resource {};
    QStringList scopes {};
    QList<Hidden> hidden {};
};
QByteArray consentPage(const ConsentPage& page);

/// The answer of `response_mode=form_post`: goes on by itself in a browser, by its button without scripts.
QByteArray formPostPage(const QByteArray& redirectUri, const QList<Hidden>& parameters);
/// "sha256-..." of the one script there is, on the page above.
QByteArray formPostScriptHash();

/// An error that must not be redirected, or any other page that only says something.
QByteArray messagePage(const QString& title, const QString& text, const QString& detail = {});

/// "sha256-..." of the style sheet, for the content security policy.
QByteArray styleHash();

} // namespace lab
