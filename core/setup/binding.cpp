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

/// A client id may be the address of the client's own document (OAuth client id metadata document): then it names a server as well.
constexpr auto clientIdRow = "/targets/*/clientId";
bool isDocument(const QString& clientId) { return clientId.startsWith("https://"_L1); }

/// Lists in which an MCP server is named by its URL: what its own identifier, audience and scopes are made of. Other
/// identifier URIs look like addresses too and are none (https://graph.microsoft.com), so only an MCP server's origin moves.
constexpr const char* namesServer[] = {"/apps/*/identifierUris", "/targets/*/validAudiences", "/targets/*/scopes",
    "/targets/*/requiredScopes", "/flows/*/scopes", "/providers/*/scopes"};

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
    QByteArray json{}; ///< in place of a text: JSON as it stands
};

void rebase(const json::Value& value, const Bindings& bindings, QList<Edit>& edits)
{
    if (!value.isString())
        return;
    const QString text = rebased(value.text(), bindings);
    if (text != value.text())
        edits += Edit{value.pointer(), text};
}

/// The same where a vendor writes URLs without their scheme: host and port stand at the beginning, alone or before a
/// path (AWS: an OIDC provider's Url).
QString rebasedHostBy(const QString& text, const Bindings& bindings, Qt::CaseSensitivity sensitivity)
{
    for (const Binding& binding : bindings) {
        const QString real = binding.real.section("://"_L1, 1), bound = binding.bound.section("://"_L1, 1);
        if (!real.isEmpty() && (text.compare(real, sensitivity) == 0 || text.startsWith(real + u'/', sensitivity)))
            return bound + text.sliced(real.size());
    }
    return rebased(text, bindings);
}

QString rebasedHost(const QString& text, const Bindings& bindings) { return rebasedHostBy(text, bindings, Qt::CaseSensitive); }

/// "arn:aws:iam::111122223333:oidc-provider/<url>"
QString rebasedProvider(const QString& arn, const Bindings& bindings)
{
    static constexpr QLatin1StringView mark {":oidc-provider/"};
    const qsizetype at = arn.startsWith("arn:"_L1) ? arn.indexOf(mark) : -1;
    return at < 0 ? arn : QString(arn.left(at + mark.size()) + rebasedHost(arn.sliced(at + mark.size()), bindings));
}

/// "<url>:sub": a condition key ends with its last colon, because the URL may name a port. Names of keys have no case (AWS: IAM
/// JSON policy elements, Condition), unlike everything else here.
QString rebasedKey(const QString& key, const Bindings& bindings)
{
    const qsizetype colon = key.lastIndexOf(u':');
    return colon < 0 ? key : QString(rebasedHostBy(key.left(colon), bindings, Qt::CaseInsensitive) + key.sliced(colon));
}

void rebaseTexts(const json::Value& value, QString (*change)(const QString&, const Bindings&), const Bindings& bindings,
    QList<Edit>& edits)
{
    for (json::Value each = value.isArray() ? value.first() : value; each; each = value.isArray() ? each.next() : json::Value()) {
        const QString text = each.isString() ? change(each.text(), bindings) : QString();
        if (each.isString() && text != each.text())
            edits += Edit{each.pointer(), text};
    }
}

/// An operator of a policy's condition: its members' names hold the provider's URL. The text around them stays.
void rebaseKeys(const json::Value& comparisons, const Bindings& bindings, QList<Edit>& edits)
{
    const QByteArrayView raw = comparisons.raw();
    QByteArray out;
    qsizetype done = 0;
    for (json::Value each = comparisons.first(); each; each = each.next()) {
        const QString key = rebasedKey(each.keyText(), bindings);
        if (key == each.keyText())
            continue;
        const qsizetype at = each.rawKey().data() - raw.data();
        out += raw.sliced(done, at - done);
        out += json::quoted(key);
        done = at + each.rawKey().size();
    }
    if (done > 0)
        edits += Edit{.pointer = comparisons.pointer(), .json = out + raw.sliced(done)};
}

/// Members of an AWS provider object and trust policy that name the issuer.
bool rebaseAws(const json::Value& child, const Bindings& bindings, QList<Edit>& edits)
{
    if (child.key() == "Url")
        rebaseTexts(child, rebasedHost, bindings, edits);
    else if (child.key() == "Federated")
        rebaseTexts(child, rebasedProvider, bindings, edits);
    else if (child.key() == "Condition" && child.isObject())
        for (json::Value each = child.first(); each; each = each.next())
            rebaseKeys(each, bindings, edits);
    else
        return false;
    return true;
}

/// Every text of a document that its server serves about itself.
void rebaseAll(const json::Value& value, const Bindings& bindings, QList<Edit>& edits)
{
    rebase(value, bindings, edits);
    for (json::Value child = value.first(); child; child = child.next())
        rebaseAll(child, bindings, edits);
}

void rebaseForeign(const json::Value& value, const Bindings& bindings, QList<Edit>& edits)
{
    for (json::Value child = value.first(); child; child = child.next()) {
        if (child.key() == "identityProviders")
            rebaseAll(child, bindings, edits);
        else if (child.key() == "issuer_url" || child.key() == "issuerUri")
            rebase(child, bindings, edits);
        else if (child.key() == "jwks" && child["url"])
            rebase(child["url"], bindings, edits);
        else if (!rebaseAws(child, bindings, edits))
            rebaseForeign(child, bindings, edits);
    }
}

Bindings ofMcpServers(const json::Document& document, const Bindings& bindings)
{
    Bindings out;
    for (json::Value target = document.root()["targets"].first(); target; target = target.next()) {
        const QString origin = target["kind"].text() == "mcp"_L1 ? originOf(target["url"].text()) : QString();
        const auto bound = std::ranges::find(bindings, origin, &Binding::real);
        if (!origin.isEmpty() && bound != bindings.end())
            out += *bound;
    }
    return out;
}

QList<Edit> editsFor(const json::Document& document, const Bindings& bindings)
{
    QList<Edit> edits;
    const Bindings mcpServers = ofMcpServers(document, bindings);
    eachMember(document, [&](const Field& row, const json::Value& value) {
        using enum FieldKind;
        const auto is = [&row](const char* path) { return QByteArrayView(row.path) == path; };
        if (std::ranges::any_of(namesServer, is))
            rebaseAll(value, mcpServers, edits);
        else if (is(clientIdRow) && isDocument(value.text()))
            rebase(value, bindings, edits);
        else if (is("/targets/*/metadata"))
            rebaseAll(value, bindings, edits);
        else if (row.kind == Origin || row.kind == Url || row.kind == Issuer)
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

/// The host and port of a bound origin where they stand without a scheme: in ARNs and condition keys.
QString withoutBoundHost(QString text, const Binding& binding)
{
    const QString from = binding.bound.section("://"_L1, 1), to = binding.real.section("://"_L1, 1);
    for (qsizetype at = text.indexOf(from); at >= 0; at = text.indexOf(from, at)) {
        const qsizetype end = at + from.size();
        const QStringView before = QStringView(text).left(at);
        const bool starts = !before.endsWith("//"_L1) && (before.isEmpty() || !carriesOn(before.back()));
        const bool ends = end == text.size() || !carriesOn(text[end])
            || (text[end] == u':' && end + 1 < text.size() && text[end + 1].isLetter());
        if (starts && ends)
            text.replace(at, from.size(), to);
        at += starts && ends ? to.size() : from.size();
    }
    return text;
}

} // namespace

QStringList originsToBind(const Setup& setup)
{
    QStringList origins;
    eachMember(setup.document, [&origins](const Field& row, const json::Value& value) {
        const auto is = [&row](const char* path) { return QByteArrayView(row.path) == path; };
        if (std::ranges::none_of(served, is) && !(is(clientIdRow) && isDocument(value.text())))
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
        auto next = document.with(edit.pointer, edit.json.isEmpty() ? json::quoted(edit.text) : edit.json);
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
            out = withoutBoundHost(replaced(std::move(out), binding.bound, binding.real), binding);
    }
    return out;
}

} // namespace setup
