// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "binding.h"

#include "core/setup/validate_p.h"

#include <QUrl>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

/// Rows whose origins are servers. What a contract expects (a credential's issuer, valid issuers, a vendor's
/// issuer_url) names a server too, but a mistyped one must stay without anybody to answer for it.
constexpr const char* served[] = {"/tenants/*/authority", "/tenants/*/v1Issuer",
    "/managedIdentities/*/endpoint", "/issuers/*/issuer", "/issuers/*/endpoint", "/providers/*/issuer", "/targets/*/url",
    "/targets/*/credentialsUrl", "/targets/*/authorizationServer"};

/// Scheme, host and port as they are written, case included; empty when the text is not a URL with a host.
QString originOf(const QString& url)
{
    const qsizetype scheme = url.indexOf("://"_L1);
    if (scheme <= 0 || QUrl(url).host().isEmpty())
        return {};
    const auto ends = [](QChar c) { return c == u'/' || c == u'?' || c == u'#'; };
    return url.left(std::find_if(url.begin() + scheme + 3, url.end(), ends) - url.begin());
}

/// The text with one origin for another where the whole origin stands at its beginning; nothing else is equal
/// to it, not another port, not a longer host, not another case.
QString rebased(const QString& text, const Bindings& bindings)
{
    for (const Binding& binding : bindings) {
        if (!binding.real.isEmpty() && originOf(text) == binding.real)
            return binding.bound + text.sliced(binding.real.size());
    }
    return text;
}

struct Edit
{
    QString pointer{};
    QString text{};
};

void rebase(const json::Value& value, const Bindings& bindings, QList<Edit>& edits)
{
    if (!value.isString())
        return;
    const QString text = rebased(value.text(), bindings);
    if (text != value.text())
        edits += Edit{value.pointer(), text};
}

void rebaseForeign(const json::Value& value, const Bindings& bindings, QList<Edit>& edits)
{
    for (json::Value child = value.first(); child; child = child.next()) {
        if (child.key() == "issuer_url")
            rebase(child, bindings, edits);
        else
            rebaseForeign(child, bindings, edits);
    }
}

QList<Edit> editsFor(const json::Document& document, const Bindings& bindings)
{
    QList<Edit> edits;
    eachMember(document, [&](const Field& row, const json::Value& value) {
        using enum FieldKind;
        if (row.kind == Origin || row.kind == Url || row.kind == Issuer)
            rebase(value, bindings, edits);
        else if (row.kind == Foreign)
            rebaseForeign(value, bindings, edits);
        for (json::Value each = row.kind == IssuerList ? value.first() : json::Value(); each;
             each = each.next())
            rebase(each, bindings, edits);
    });
    return edits;
}

/// Whether a character can carry on a host or port, so that an origin in running text does not end before it.
bool carriesOn(QChar c)
{
    return c.isLetterOrNumber() || c == u'-' || c == u'.' || c == u':' || c == u'_' || c == u'@';
}

/// A full stop or colon after an origin belongs to the sentence unless something of a host or port follows.
bool endsAt(const QString& text, qsizetype at)
{
    if (at == text.size() || !carriesOn(text[at]))
        return true;
    return (text[at] == u'.' || text[at] == u':')
        && (at + 1 == text.size() || !text[at + 1].isLetterOrNumber());
}

QString replaced(QString text, const QString& from, const QString& to)
{
    for (qsizetype at = text.indexOf(from); at >= 0; at = text.indexOf(from, at)) {
        if (endsAt(text, at + from.size())) {
            text.replace(at, from.size(), to);
            at += to.size();
        } else {
            at += from.size();
        }
    }
    return text;
}

} // namespace

QStringList originsToBind(const Setup& setup)
{
    QStringList origins;
    eachMember(setup.document, [&origins](const Field& row, const json::Value& value) {
        if (std::ranges::none_of(
                served, [&row](const char* path) { return QByteArrayView(row.path) == path; }))
            return;
        const QString origin = originOf(value.text());
        if (!origin.isEmpty() && !origins.contains(origin))
            origins += origin;
    });
    return origins;
}

base::Result<Setup> bind(const Setup& setup, const Bindings& bindings)
{
    json::Document document = setup.document;
    for (const Edit& edit : editsFor(setup.document, bindings)) {
        auto next = document.with(edit.pointer, json::quoted(edit.text));
        if (!next)
            return tl::unexpected(next.error());
        document = std::move(*next);
    }
    return parseSetup(document.source(), setup.file);
}

QString unbound(const QString& text, const Bindings& bindings)
{
    Bindings longestFirst = bindings;
    std::ranges::stable_sort(
        longestFirst, std::ranges::greater{}, [](const Binding& b) { return b.bound.size(); });
    QString out = text;
    for (const Binding& binding : std::as_const(longestFirst)) {
        if (!binding.bound.isEmpty())
            out = replaced(std::move(out), binding.bound, binding.real);
    }
    return out;
}

} // namespace setup
