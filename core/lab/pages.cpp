// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "pages.h"

#include "core/jose/key.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

constexpr auto style = R"(
:root {
  color-scheme: light dark;
  --ink: #1A2028; --soft: #4A5462; --page: #F3F4F6; --card: #FFFFFF; --line: #7C8794;
  --button: #1F2A3A; --onbutton: #FFFFFF; --bad: #C2251F; --lab: #E9ECF0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #E8EBF0; --soft: #B6BFCA; --page: #1B1F25; --card: #22272E; --line: #7F8B99;
    --button: #E3E8F0; --onbutton: #15181D; --bad: #FF8F80; --lab: #15181D;
  }
}
* { box-sizing: border-box }
body {
  margin: 0; min-height: 100vh; display: grid; place-items: center; font: 16px/1.5 system-ui, sans-serif;
  background: var(--page); color: var(--ink);
}
main {
  width: min(26rem, calc(100vw - 2rem)); margin: 1rem 0; padding: 2rem;
  background: var(--card); border: 1px solid var(--line); border-radius: 5px;
}
h1 { margin: .5rem 0 .25rem; font-size: 1.4rem; font-weight: 600 }
p { margin: .25rem 0 1rem; overflow-wrap: anywhere }
.lab {
  margin: -2rem -2rem 1rem; padding: .5rem 2rem; border-radius: 4px 4px 0 0;
  background: var(--lab); font-size: .875rem;
}
.bad { color: var(--bad); font-weight: 600 }
.hint { margin: 1.5rem 0 0; color: var(--soft); font-size: .875rem }
label { display: block; margin: .75rem 0 .25rem; font-weight: 600 }
input {
  width: 100%; padding: .5rem .625rem; font: inherit; color: inherit;
  background: var(--page); border: 1px solid var(--line); border-radius: 4px;
}
ul { margin: .25rem 0 1rem; padding-left: 1.25rem; overflow-wrap: anywhere }
.keys { display: flex; gap: .75rem; margin-top: 1.25rem }
button {
  padding: .5rem 1rem; font: inherit; color: var(--ink); background: none;
  border: 1px solid var(--line); border-radius: 4px; cursor: pointer;
}
button.main {
  color: var(--onbutton); background: var(--button); border-color: var(--button); font-weight: 600;
}
:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px }
code { font-family: ui-monospace, monospace; overflow-wrap: anywhere }
)";

constexpr auto formPostScript = "document.forms[0].submit()";

QByteArray hashOf(QByteArrayView text) { return "sha256-" + jose::sha256(text).toBase64(); }

QByteArray page(const QByteArray& title, const QByteArray& banner, const QByteArray& body)
{
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
           "content=\"width=device-width, initial-scale=1\"><title>"
        + title + " - Trustwalk lab</title><style>" + style
        + "</style></head>\n<body><main>\n<p class=\"lab\">Trustwalk lab" + banner
        + ". Nothing here is real.</p>\n<h1>" + title + "</h1>\n" + body + "</main></body></html>\n";
}

QByteArray bannerOf(const QString& tenant)
{
    return tenant.isEmpty() ? QByteArray() : ", in the place of " + escaped(tenant);
}

QByteArray hiddenInputs(const QList<Hidden>& hidden)
{
    QByteArray out;
    for (const Hidden& h : hidden)
        out += "<input type=\"hidden\" name=\"" + escapedUtf8(h.name) + "\" value=\"" + escapedUtf8(h.value)
            + "\">\n";
    return out;
}

QByteArray formStart(const char* id, const QByteArray& action, const QList<Hidden>& hidden)
{
    return QByteArray("<form id=\"") + id + "\" method=\"post\" action=\"" + escapedUtf8(action) + "\">\n"
        + hiddenInputs(hidden);
}

QByteArray keys(const char* value, const char* label)
{
    return QByteArray("<div class=\"keys\"><button class=\"main\" type=\"submit\" name=\"action\" value=\"")
        + value + "\">" + label
        + "</button>\n<button type=\"submit\" name=\"action\" value=\"cancel\" "
          "formnovalidate>Cancel</button></div>\n";
}

QByteArray message(const QString& text)
{
    return text.isEmpty() ? QByteArray() : "<p class=\"bad\" role=\"alert\">" + escaped(text) + "</p>\n";
}

QByteArray hint(const CredentialsPage& p)
{
    if (p.hintUser.isEmpty())
        return {};
    return "<p class=\"hint\">Lab user: <code>" + escaped(p.hintUser) + "</code> / <code>"
        + escapedUtf8(p.hintPassword) + "</code></p>\n";
}

QByteArray scopeItems(const QStringList& scopes)
{
    QByteArray out;
    for (const QString& scope : scopes)
        out += "<li><code>" + escaped(scope) + "</code></li>\n";
    return out;
}

} // namespace

QByteArray escaped(const QString& text) { return escapedUtf8(text.toUtf8()); }

QByteArray escapedUtf8(QByteArrayView utf8)
{
    QByteArray out;
    out.reserve(utf8.size());
    for (const char c : utf8) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        case '\r':
            out += "&#13;";
            break; // an attribute would lose these
        case '\n':
            out += "&#10;";
            break;
        case '\t':
            out += "&#9;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

QByteArray credentialsPage(const CredentialsPage& p)
{
    return page("Sign in", bannerOf(p.tenant),
        "<p>to go on to <strong>" + escaped(p.app) + "</strong></p>\n" + message(p.message)
            + formStart("signin", p.action, p.hidden)
            + "<label for=\"username\">Username</label>\n<input id=\"username\" name=\"username\" "
              "type=\"text\" "
              "autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\" required value=\""
            + escaped(p.username)
            + "\">\n"
              "<label for=\"password\">Password</label>\n<input id=\"password\" name=\"password\" "
              "type=\"password\" "
              "autocomplete=\"current-password\" required>\n"
            + keys("signin", "Sign in") + "</form>\n" + hint(p));
}

QByteArray consentPage(const ConsentPage& p)
{
    return page("Permissions asked for", bannerOf(p.tenant),
        "<p><strong>" + escaped(p.app) + "</strong> wants to act for <strong>" + escaped(p.user)
            + "</strong> at <strong>" + escaped(p.resource) + "</strong>:</p>\n<ul>\n" + scopeItems(p.scopes)
            + "</ul>\n" + formStart("consent", p.action, p.hidden) + keys("accept", "Accept") + "</form>\n");
}

QByteArray formPostPage(const QByteArray& redirectUri, const QList<Hidden>& parameters)
{
    return page("Signed in", {},
        "<p>Going back to the application.</p>\n" + formStart("response", redirectUri, parameters)
            + "<div class=\"keys\"><button class=\"main\" "
              "type=\"submit\">Continue</button></div>\n</form>\n<script>"
            + formPostScript + "</script>\n");
}

QByteArray formPostScriptHash() { return hashOf(formPostScript); }

QByteArray messagePage(const QString& title, const QString& text, const QString& detail)
{
    const QByteArray more
        = detail.isEmpty() ? QByteArray() : "<p class=\"hint\"><code>" + escaped(detail) + "</code></p>\n";
    return page(escaped(title), {}, "<p>" + escaped(text) + "</p>\n" + more);
}

QByteArray styleHash()
{
    static const QByteArray hash = hashOf(style);
    return hash;
}

} // namespace lab
