// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "pseudonyms_p.h"

#include "core/http/message.h"

#include <QRegularExpression>

#include <algorithm>
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

/// Members of a run whose values are words of its own: ids, kinds, outcomes. In claims only scopes and roles are.
constexpr const char* ownWords[] = {"schema", "setup", "flow", "against", "result", "state", "outcome", "kind", "targetKind", "confidence", "use", "slot", "fingerprint", "part", "claim",
    "rule", "severity", "word", "source", "step", "root", "code", "method", "reason", "pointer", "fixPointer", "explain", "carries", "presentedAt", "requestId", "prefix", "predicted"};
constexpr const char* claimWords[] = {"scp", "scope", "roles", "alg", "typ", "kid"};
/// Where objects of the setup are named by their ids.
constexpr const char* idMembers[] = {"id", "name", "from", "to", "party"};
/// Accounts that are nobody in particular.
constexpr const char* accounts[] = {"admin", "administrator", "root", "test", "tester", "demo", "guest", "service", "system", "operator", "someone", "anonymous"};

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

bool isClaims(const json::Value& object) { return object["iss"] || object["aud"] || object["sub"] || object["oid"]; }

/// The name that a value goes by; an element goes by that of its list.
QByteArrayView nameAt(const NamePath& path, qsizetype up = 0)
{
    QByteArrayView found;
    for (auto it = path.rbegin(); it != path.rend() && up >= 0; ++it)
        if (!it->isEmpty()) {
            found = *it;
            --up;
        }
    return up < 0 ? found : QByteArrayView();
}

bool isFixed(const NamePath& path)
{
    const QByteArrayView name = nameAt(path), above = nameAt(path, 1);
    if (path.contains(QByteArrayView("claims")))
        return isOneOf(name, claimWords);
    const bool idOfStep = name == "id" && (above == "steps" || above == "links" || above == "checks" || above == "clientChecks");
    const bool nameOfHeader = name == "name" && (above == "headers" || above == "origins");
    return idOfStep || nameOfHeader || (name == "principal" && above == "tokens") || isOneOf(name, ownWords);
}

bool namesObject(const NamePath& path) { return isOneOf(nameAt(path), idMembers) && !path.contains(QByteArrayView("claims")); }

bool isWordLetter(QChar c) { return c.isLetterOrNumber() || c == u'_'; }

/// Behind an escape a word begins although a letter stands before it: %20Alice, \nAlice, \u0022Alice.
bool beginsWord(QStringView text, qsizetype at)
{
    static const QRegularExpression escape(u"(?:%[0-9A-Fa-f]{2}|\\\\[nrtbf]|\\\\u[0-9A-Fa-f]{4})$"_s);
    return at == 0 || !isWordLetter(text[at - 1]) || escape.match(text.sliced(std::max<qsizetype>(0, at - 6), std::min<qsizetype>(at, 6)).toString()).hasMatch();
}

qsizetype replaceWord(QString& text, const QString& word, const QString& by)
{
    qsizetype count = 0;
    for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at)) {
        const qsizetype end = at + word.size();
        const bool whole = (!isWordLetter(word.front()) || beginsWord(text, at)) && (!isWordLetter(word.back()) || end == text.size() || !isWordLetter(text[end]));
        if (whole)
            text.replace(at, word.size(), by);
        count += whole;
        at += whole ? by.size() : 1;
    }
    return count;
}

QString escaped(const QString& text) { return QString::fromUtf8(json::quoted(text).sliced(1).chopped(1)); }

/// "M\u00fcller", as some write what is not ASCII.
QString inAscii(const QString& text, const char* form)
{
    QString out;
    for (const QChar c : text)
        out += c.unicode() < 128 ? QString(c) : QString::asprintf(form, c.unicode());
    return out;
}

/// As it may stand in an address, a form, a JSON text, and a JSON text in that.
QStringList spellings(const QString& value)
{
    const QString inAddress = QString::fromLatin1(value.toUtf8().toPercentEncoding());
    QStringList all {value, inAddress, QString(inAddress).replace(u"%20"_s, u"+"_s), escaped(value), escaped(escaped(value)), inAscii(escaped(value), "\\u%04x"), inAscii(escaped(value), "\\u%04X")};
    all.removeDuplicates();
    return all;
}

/// A token on the wire has lost its signature before, but its payload names people where no text would be found. What stays
/// is its length and the mark that equal tokens share; its claims stand beside it.
QString withoutPayloads(const QString& from)
{
    static const QRegularExpression token(u"(eyJ[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*\\.)\\[hidden, (\\d+) characters?, ([0-9a-f]+)\\]"_s);
    if (!from.contains(u"[hidden, "_s))
        return from;
    QString out;
    qsizetype at = 0;
    for (auto it = token.globalMatch(from); it.hasNext();) {
        const auto m = it.next();
        out += from.mid(at, m.capturedStart() - at) + u"[hidden, %1 characters, %2]"_s.arg(m.capturedLength(1) + m.captured(2).toInt()).arg(m.captured(3));
        at = m.capturedEnd();
    }
    return out + from.mid(at);
}

const QRegularExpression& pseudonym()
{
    static const QRegularExpression expression(u"\\bperson-(\\d+)(?:@redacted\\.example)?\\b|\\bperson\\b"_s);
    return expression;
}

} // namespace

bool isPseudonym(const QString& text)
{
    const auto match = pseudonym().match(text, 0, QRegularExpression::NormalMatch, QRegularExpression::AnchorAtOffsetMatchOption);
    return match.hasMatch() && match.capturedLength() == text.size();
}

bool sameButForPseudonyms(const QString& left, const QString& right)
{
    const auto fits = [](const QString& text, const QString& other) {
        QString pattern;
        qsizetype at = 0;
        for (auto it = pseudonym().globalMatch(text); it.hasNext();) {
            const auto match = it.next();
            pattern += QRegularExpression::escape(text.mid(at, match.capturedStart() - at)) + u".+"_s;
            at = match.capturedEnd();
        }
        pattern += QRegularExpression::escape(text.mid(at));
        return at > 0 && QRegularExpression(QRegularExpression::anchoredPattern(pattern), QRegularExpression::DotMatchesEverythingOption).match(other).hasMatch();
    };
    return fits(left, right) || fits(right, left);
}

Pseudonyms::Pseudonyms(const json::Value& run) : m_run(run)
{
    for (const char* account : accounts)
        m_ordinary.insert(QString::fromLatin1(account));
    learnPseudonyms();
    learnOrdinary(run, false);
    learn(run);
    for (const auto& [value, stands] : m_names)
        for (const QString& spelled : spellings(value))
            m_spelled.append({spelled, stands});
}

/// A bundle may be bundled again.
void Pseudonyms::learnPseudonyms()
{
    for (auto it = pseudonym().globalMatch(QString::fromUtf8(m_run.raw())); it.hasNext();)
        if (const auto match = it.next(); match.hasCaptured(1)) {
            m_before.insert(match.captured());
            m_number = std::max(m_number, match.captured(1).toInt());
        }
}

/// The words that the run itself is written in.
void Pseudonyms::learnOrdinary(const json::Value& value, bool inClaims)
{
    static const QRegularExpression name(u"^[a-z][A-Za-z0-9_]*$"_s), word(u"[A-Z]?[a-z0-9]+"_s);
    for (json::Value v = value.first(); v; v = v.next()) {
        const QString key = v.keyText();
        if (name.match(key).hasMatch())
            for (auto it = word.globalMatch(key); it.hasNext();)
                m_ordinary.insert(it.next().captured().toLower());
        const bool own = isOneOf(v.key(), inClaims ? std::span<const char* const>(claimWords) : std::span<const char* const>(ownWords));
        for (const QString& each : own ? v.text().toLower().split(u' ', Qt::SkipEmptyParts) : QStringList {})
            m_ordinary.insert(each);
        learnOrdinary(v, inClaims || v.key() == "claims");
    }
}

/// Every personal value of the document, wherever it stands.
void Pseudonyms::learn(const json::Value& value, bool inBody)
{
    learnHeader(value);
    const bool claims = value.isObject() && isClaims(value), person = value.isObject() && isPerson(value);
    for (json::Value v = value.first(); v; v = v.next()) {
        if (person && isOneOf(v.key(), directory))
            learnTexts(v, inBody);
        learnBody(v);
        // A header or parameter is an object with a name of its own; those names are no person's.
        if (claims && v.isString() && std::ranges::any_of(personal, [&](const char* name) { return v.key() == name; }))
            learnValue(v, inBody);
        if (v.isString())
            learnAddresses(v.text());
        learn(v, inBody);
    }
    if (value["kind"].text() == u"user")
        learnUser(value);
}

void Pseudonyms::learnValue(const json::Value& value, bool inBody)
{
    const QString text = value.text();
    if (text.size() <= 2)
        return;
    if (!isOrdinary(text))
        add(text);
    else if (!inBody)
        m_places.insert(value.offset(), newPseudonym());
}

void Pseudonyms::learnTexts(const json::Value& value, bool inBody)
{
    if (value.isString())
        learnValue(value, inBody);
    for (json::Value v = value.first(); v; v = v.next())
        learnTexts(v, inBody);
}

/// The body of a message is a text in which a document may stand.
void Pseudonyms::learnBody(const json::Value& value)
{
    const QByteArrayView text = value.isString() ? value.bytes().trimmed() : QByteArrayView();
    if (!text.startsWith('{') && !text.startsWith('['))
        return;
    const json::Document body = json::Document::read(text.toByteArray()); // one that was cut names people all the same
    learn(body.root(), true);
}

void Pseudonyms::learnHeader(const json::Value& header)
{
    if (header["name"].isString() && header["value"].isString() && isOneOf(header["name"].bytes(), personalHeaders))
        learnValue(header["value"], false);
}

/// A user of the setup goes by a title and by the object's name in parties, chain and cast.
void Pseudonyms::learnUser(const json::Value& user)
{
    const QString title = user["title"].text(), id = user["id"] ? user["id"].text() : user["name"].text();
    if (title.contains(u' ')) {
        add(title);
        for (const QString& word : title.split(u' ', Qt::SkipEmptyParts))
            if (word.size() > 2 && !isOrdinary(word) && !isPseudonym(word))
                m_words.insert(word);
    }
    if (id.isEmpty() || isPseudonym(id))
        return;
    QString& pseudonym = m_ids[id];
    if (const auto known = m_names.find(title); known != m_names.end())
        pseudonym = known->second;
    else if (pseudonym.isEmpty())
        pseudonym = u"user-%1"_s.arg(m_ids.size());
}

void Pseudonyms::learnAddresses(const QString& text)
{
    static const QRegularExpression address(u"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+"_s);
    for (auto it = address.globalMatch(text); it.hasNext();)
        add(it.next().captured());
    if (text.contains(u"%40"_s))
        learnAddresses(QString::fromUtf8(http::percentDecoded(text.toUtf8(), true)));
}

QString Pseudonyms::newPseudonym(const QString& ending)
{
    ++m_people;
    return u"person-%1"_s.arg(++m_number) + ending;
}

void Pseudonyms::add(const QString& value)
{
    if (!isPseudonym(value) && !m_names.contains(value))
        m_names.emplace(value, newPseudonym(value.contains(u'@') ? u"@redacted.example"_s : QString()));
}

bool Pseudonyms::isOrdinary(const QString& value) const { return m_ordinary.contains(value.toLower()); }

QString Pseudonyms::withoutNames(QString text)
{
    for (const auto& [spelled, stands] : std::as_const(m_spelled))
        m_replaced += replaceWord(text, spelled, stands);
    return text;
}

/// A first name alone, in titles: "Agent for Alice".
QString Pseudonyms::withoutWords(QString text)
{
    for (const QString& word : std::as_const(m_words))
        m_replaced += replaceWord(text, word, u"person"_s);
    return text;
}

QString Pseudonyms::instead(const json::Value& value, const NamePath& path)
{
    const auto place = m_places.constFind(value.offset());
    const auto id = namesObject(path) ? m_ids.find(value.text()) : m_ids.end();
    if (place == m_places.constEnd() && id == m_ids.end())
        return withoutWords(withoutNames(withoutPayloads(value.text())));
    ++m_replaced;
    return place != m_places.constEnd() ? *place : id->second;
}

QByteArray Pseudonyms::applied()
{
    return rewritten(m_run, [this](const json::Value& v, const NamePath& path) -> std::optional<QByteArray> {
        if (!v.isString() || isFixed(path))
            return {};
        const QString text = instead(v, path);
        return text == v.text() ? std::optional<QByteArray>() : json::quoted(text);
    });
}

} // namespace report
