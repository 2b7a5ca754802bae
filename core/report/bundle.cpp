// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "bundle.h"

#include "core/base/clock.h"
#include "core/base/jsonwriter.h"

#include <QRegularExpression>
#include <QSet>

#include <map>
#include <span>

namespace report {

using namespace Qt::StringLiterals;

namespace {

/// Claims that name a person (OpenID Connect Core 5.1; entra: upn, unique_name, ipaddr).
constexpr const char* personal[] = {"name", "given_name", "family_name", "preferred_username", "email", "upn", "unique_name", "phone_number", "ipaddr", "login_hint", "username"};

/// Members of a directory's answer about a person (Microsoft Graph: user; SCIM core schema, RFC 7643 section 4.1).
constexpr const char* directory[] = {"displayName", "givenName", "surname", "mail", "userPrincipalName", "mobilePhone", "businessPhones", "homePhone", "faxNumber",
    "otherMails", "mailNickname", "employeeId", "streetAddress", "postalCode", "birthday", "onPremisesSamAccountName", "familyName", "userName", "formatted"};
/// Headers that say where somebody sits, or who signed in at the platform in front of the application.
constexpr const char* personalHeaders[] = {"X-Forwarded-For", "X-Real-IP", "True-Client-IP", "CF-Connecting-IP", "X-Client-IP", "X-Azure-ClientIP",
    "X-MS-CLIENT-PRINCIPAL", "X-MS-CLIENT-PRINCIPAL-NAME"};

bool isOneOf(QByteArrayView name, std::span<const char* const> names)
{
    return std::ranges::any_of(names, [name](const char* each) { return name.compare(each, Qt::CaseInsensitive) == 0; });
}

/// Applications and groups have a displayName too; only people have these.
bool isPerson(const json::Value& object)
{
    static constexpr const char* own[] = {"userPrincipalName", "givenName", "surname", "mobilePhone", "familyName"};
    return std::ranges::any_of(own, [&object](const char* name) { return bool(object[name]); }) || object["@odata.type"].text() == u"#microsoft.graph.user";
}

class Pseudonyms
{
public:
    /// Learns every personal value of the document, wherever it stands.
    void learn(const json::Value& value)
    {
        learnHeader(value);
        for (json::Value v = value.first(); v; v = v.next()) {
            if (isOneOf(v.key(), directory) && isPerson(value))
                learnTexts(v);
            learnBody(v);
            const bool named = std::ranges::any_of(personal, [&](const char* name) { return v.key() == name; });
            // A header or parameter is an object with a name of its own; those names are no person's.
            if (named && v.isString() && v.text().size() > 2 && isClaims(value))
                add(v.text());
            if (v.isString())
                learnAddresses(v.text());
            learn(v);
        }
        if (value["kind"].text() == u"user")
            learnUser(value);
    }

    QByteArray applied(QByteArray text)
    {
        for (const auto& [value, pseudonym] : m_names) {
            const QByteArray from = json::quoted(value).sliced(1).chopped(1);
            // In a body that is a text of the document it stands escaped once more.
            const QByteArray inBody = json::quoted(QString::fromUtf8(from)).sliced(1).chopped(1);
            QByteArrayList spellings {from, from.toPercentEncoding()};
            if (inBody != from)
                spellings.append(inBody);
            for (const QByteArray& spelled : std::as_const(spellings)) {
                m_replaced += text.count(spelled);
                text.replace(spelled, pseudonym.toUtf8());
            }
        }
        return withoutWords(withoutIds(std::move(text)));
    }
    qsizetype people() const { return qsizetype(m_names.size()); }
    qsizetype replaced() const { return m_replaced; }

private:
    void learnTexts(const json::Value& value)
    {
        if (value.isString() && value.text().size() > 2)
            add(value.text());
        for (json::Value v = value.first(); v; v = v.next())
            learnTexts(v);
    }
    /// The body of a message is a text in which a document may stand.
    void learnBody(const json::Value& value)
    {
        const QByteArrayView text = value.isString() ? value.bytes().trimmed() : QByteArrayView();
        if (!text.startsWith('{') && !text.startsWith('['))
            return;
        if (const auto body = json::Document::parse(text.toByteArray()))
            learn(body->root());
    }
    void learnHeader(const json::Value& header)
    {
        if (header["name"].isString() && header["value"].isString() && header["value"].text().size() > 2 && isOneOf(header["name"].bytes(), personalHeaders))
            add(header["value"].text());
    }
    /// A user of the setup goes by a title and by the object's name in parties, chain and cast.
    void learnUser(const json::Value& user)
    {
        const QString title = user["title"].text(), id = user["id"] ? user["id"].text() : user["name"].text();
        if (title.contains(u' ')) {
            add(title);
            for (const QString& word : title.split(u' ', Qt::SkipEmptyParts))
                m_words.insert(word);
        }
        if (id.isEmpty())
            return;
        const auto known = m_names.find(title);
        QString& pseudonym = m_ids[id];
        if (known != m_names.end())
            pseudonym = known->second;
        else if (pseudonym.isEmpty())
            pseudonym = u"user-%1"_s.arg(m_ids.size());
    }
    /// Where parties are named by their objects, and nowhere else: somebody may be called "user".
    QByteArray withoutIds(QByteArray text)
    {
        QString out = QString::fromUtf8(text);
        for (const auto& [id, pseudonym] : m_ids) {
            const QRegularExpression named(u"(\"(?:id|name|from|to|party)\":\\s*)\""_s + QRegularExpression::escape(QString::fromUtf8(json::quoted(id)).sliced(1).chopped(1)) + u'"');
            m_replaced += out.count(named);
            out.replace(named, u"\\1\""_s + pseudonym + u'"');
        }
        return out.toUtf8();
    }
    /// A first name alone, in titles: "Agent for Alice".
    QByteArray withoutWords(QByteArray text)
    {
        QString out = QString::fromUtf8(text);
        for (const QString& word : std::as_const(m_words)) {
            const QRegularExpression whole(u"\\b"_s + QRegularExpression::escape(word) + u"\\b"_s);
            m_replaced += word.size() > 2 ? out.count(whole) : 0;
            if (word.size() > 2)
                out.replace(whole, u"person"_s);
        }
        return out.toUtf8();
    }
    static bool isClaims(const json::Value& object) { return object["iss"] || object["aud"] || object["sub"] || object["oid"]; }
    void learnAddresses(const QString& text)
    {
        static const QRegularExpression address(u"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+"_s);
        for (auto it = address.globalMatch(text); it.hasNext();)
            add(it.next().captured());
    }
    void add(const QString& value)
    {
        const QString number = QString::number(m_names.size() + 1);
        m_names.try_emplace(value, value.contains(u'@') ? u"person-%1@redacted.example"_s.arg(number) : u"person-%1"_s.arg(number));
    }

    struct LongestFirst
    {
        bool operator()(const QString& a, const QString& b) const { return a.size() != b.size() ? a.size() > b.size() : a < b; }
    };
    std::map<QString, QString, LongestFirst> m_names {};
    std::map<QString, QString> m_ids {};
    QSet<QString> m_words {};
    qsizetype m_replaced = 0;
};

/// A token on the wire has lost its signature before, but its payload names people where no text would be found. What stays
/// is its length and the mark that equal tokens share; its claims stand beside it.
QByteArray withoutPayloads(const QByteArray& text)
{
    static const QRegularExpression token(u"(eyJ[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*\\.)\\[hidden, (\\d+) characters?, ([0-9a-f]+)\\]"_s);
    const QString from = QString::fromUtf8(text);
    QString out;
    qsizetype at = 0;
    for (auto it = token.globalMatch(from); it.hasNext();) {
        const auto m = it.next();
        out += from.mid(at, m.capturedStart() - at) + u"[hidden, %1 characters, %2]"_s.arg(m.capturedLength(1) + m.captured(2).toInt()).arg(m.captured(3));
        at = m.capturedEnd();
    }
    return QString(out + from.mid(at)).toUtf8();
}

qsizetype countOf(const QByteArray& text, const char* what) { return text.count(what); }

} // namespace

QByteArray bundle(const json::Value& run, base::Instant made)
{
    Pseudonyms pseudonyms;
    pseudonyms.learn(run);
    const QByteArray text = pseudonyms.applied(withoutPayloads(json::formatted(run, -1)));
    const qsizetype steps = run["steps"].size(), left = json::Document::read(text).root()["steps"].size();
    json::Writer out;
    out.beginObject().text("schema", u"bundle"_s).number("version", 1).text("made", base::toRfc3339(made));
    out.beginObject("counts");
    if (const json::Value archive = run["counts"])
        out.number("exchangesIn", archive["entries"].integer().value_or(0)).number("exchangesRecognised", archive["recognised"].integer().value_or(0)).number("exchangesHidden", archive["hidden"].integer().value_or(0));
    out.number("stepsIn", qint64(steps)).number("stepsOut", qint64(left)).number("findings", qint64(run["findings"].size())).endObject();
    out.beginObject("receipt")
        .number("hiddenValues", qint64(countOf(text, "[hidden, ")))
        .number("peoplePseudonyms", qint64(pseudonyms.people()))
        .number("placesReplaced", qint64(pseudonyms.replaced()))
        .texts("removed", {u"signatures of tokens"_s, u"secrets, codes, verifiers and tokens in requests and answers"_s, u"names and addresses of people"_s})
        .texts("kept", {u"claims, identifiers of tenants and applications, verdicts with what was compared, fingerprints of tokens"_s})
        .endObject();
    out.raw("run", text);
    return out.endObject().done();
}

base::Result<json::Value> runIn(const json::Value& document)
{
    const json::Value run = document["schema"].text() == u"bundle" || document["schema"].text() == u"inspection" ? document["run"] : document;
    if (run["schema"].text() == u"run" && run["version"].integer() == 1)
        return run;
    return base::fail(u"not-a-run"_s, u"This is not a run that this program knows: `schema` has to be run, `version` 1. Write one with walk --json, or inspect --json of an archive."_s, u"/schema"_s);
}

} // namespace report
