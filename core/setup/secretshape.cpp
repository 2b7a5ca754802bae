// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "secretshape.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

struct Shape
{
    qsizetype least;     ///< characters of the shortest text that fits; most texts are shorter
    const char* needle;  ///< stands in every text that fits; few texts hold it, and only those cost a regular expression
    const char* pattern;
    const char* what;
};
// The makers' own prefixes and alphabets; the first that fits gives the name.
constexpr Shape shapes[] = {
    {22, "PRIVATE KEY", "-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY", "a private key"},
    // The same without its frame: the first bytes of PKCS#8 and PKCS#1 in base64.
    {30, "MI", "^MI[A-Za-z0-9+/]{2,6}(?:IBADAN|IBAAKC|AgEAM|CAQEE)[A-Za-z0-9+/]{20}", "a private key"},
    {17, "eyJ", "(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]*", "a JWT"},
    // White space behind the brace of the header: a blank, a line break or a tab.
    {30, "ey", "(?<![A-Za-z0-9_-])ey[A-D][A-Za-z0-9_-]{20,}\\.[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]*", "a JWT"},
    {30, "ew", "(?<![A-Za-z0-9_-])ew[k-r0-3][A-Za-z0-9_-]{20,}\\.[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]*", "a JWT"},
    {37, "Q~", "(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~-])",
        "an Entra client secret"},
    {21, "sk-ant-", "sk-ant-(?:api|admin)[0-9]{2}-[A-Za-z0-9_-]{8,}", "an Anthropic API key"},
    {20, "sk-ant-", "sk-ant-[a-z]{2,8}[0-9]{2}-[A-Za-z0-9_-]{8,}", "an Anthropic access token"},
    {35, "sk-", "(?<![A-Za-z0-9_-])sk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{32,}", "an OpenAI API key"},
    {20, "IA", "(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])", "an AWS access key"},
    {34, "gh", "(?<![A-Za-z0-9_])gh[pousr]_[A-Za-z0-9]{30,}", "a GitHub token"},
    {41, "github_pat_", "(?<![A-Za-z0-9_])github_pat_[A-Za-z0-9_]{30,}", "a GitHub token"},
    {26, "glpat-", "(?<![A-Za-z0-9_])glpat-[A-Za-z0-9_-]{20,}", "a GitLab token"},
    {15, "xox", "(?<![A-Za-z0-9_])xox[abeprs]-[A-Za-z0-9-]{10,}", "a Slack token"},
    {39, "AIza", "(?<![A-Za-z0-9_])AIza[A-Za-z0-9_-]{35}", "a Google API key"},
    {25, "ya29.", "(?<![A-Za-z0-9_])ya29\\.[A-Za-z0-9_-]{20,}", "a Google access token"},
    {31, "Key=", "(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{20,}", "an Azure access key"},
    {25, "sig=", "[?&]sig=[A-Za-z0-9%+/_-]{20,}", "a shared access signature"},
    {7, "@", "://[^/?#\\s:@]+:[^/?#\\s@]+@", "a password in a URL"},
    {22, "", "^(?i:Bearer|Basic)\\s+[A-Za-z0-9+/=_.~-]{16,}$", "an Authorization header"},
    {203, ".A", "^[01]\\.A[A-Za-z0-9_-]{200,}", "an Entra refresh token"},
};

struct Name
{
    const char* name; ///< lower case, without "-" and "_"
    const char* what;
};
constexpr Name names[] = {
    {"clientsecret", "a client secret"},
    {"secrettext", "a client secret"},
    {"secretvalue", "a client secret"},
    {"secret", "a client secret"},
    {"appsecret", "a client secret"},
    {"password", "a password"},
    {"passwd", "a password"},
    {"passphrase", "a password"},
    {"apikey", "an API key"},
    {"accesskey", "an access key"},
    {"secretkey", "an access key"},
    {"secretaccesskey", "an access key"},
    {"accountkey", "an access key"},
    {"sharedkey", "an access key"},
    {"privatekey", "a private key"},
    {"accesstoken", "a token"},
    {"refreshtoken", "a token"},
    {"idtoken", "a token"},
    {"token", "a token"},
    {"sastoken", "a token"},
    {"connectionstring", "a connection string"},
    {"authorization", "an Authorization header"},
};

std::vector<QRegularExpression> expressions()
{
    std::vector<QRegularExpression> out; // each is compiled at its first use, not here
    for (const Shape& shape : shapes)
        out.emplace_back(QString::fromLatin1(shape.pattern));
    return out;
}

int classOf(QChar c) { return c.isDigit() ? 0 : c.isUpper() ? 1 : c.isLower() ? 2 : 3; }

/// Bits a character, from how often each one stands here (Shannon).
double entropy(const QString& value)
{
    QHash<QChar, int> counts;
    for (QChar c : value)
        ++counts[c];
    double bits = 0;
    for (int count : std::as_const(counts)) {
        const double p = double(count) / double(value.size());
        bits -= p * std::log2(p);
    }
    return bits;
}

/// How often neighbours differ in class. Words and camel case change seldom, random text at more than every
/// other place.
double restlessness(const QString& value)
{
    int changes = 0;
    for (qsizetype i = 1; i < value.size(); ++i)
        changes += classOf(value[i]) != classOf(value[i - 1]);
    return double(changes) / double(value.size() - 1);
}

/// GUIDs, and ids that vendors make long and random on purpose: "fdrl_01Hb...", "wrkspc_...". Secrets with
/// such a prefix are in the table above and were found before.
bool isPublicId(const QString& value)
{
    static const QRegularExpression id(
        u"^(?:[a-z]{2,12}_[0-9A-Za-z]{8,60}|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})\\z"_s);
    return id.match(value).hasMatch();
}

} // namespace

QString secretShape(const QString& value)
{
    static const auto table = expressions();
    for (size_t row = 0; row < table.size(); ++row) {
        const bool mayFit = value.size() >= shapes[row].least && value.contains(QLatin1StringView(shapes[row].needle))
            && (*shapes[row].needle || value.front().toLower() == u'b'); // the one without a needle begins with Bearer or Basic
        if (mayFit && table[row].match(value).hasMatch())
            return QString::fromLatin1(shapes[row].what);
    }
    return {};
}

QString secretName(const QString& member)
{
    QString plain = member.toLower();
    plain.remove(u'-').remove(u'_');
    for (const Name& each : names) {
        if (plain == QLatin1StringView(each.name))
            return QString::fromLatin1(each.what);
    }
    return {};
}

bool looksRandom(const QString& value)
{
    constexpr qsizetype least = 24, most = 200;
    if (value.size() < least || value.size() > most)
        return false;
    static const QRegularExpression token(u"^[A-Za-z0-9+/=_~.-]+\\z"_s);
    if (!token.match(value).hasMatch() || value.startsWith(u'/') || isPublicId(value))
        return false;
    // A certificate in base64 is public however random it looks.
    if (value.startsWith("MI"_L1) && value.size() > 100)
        return false;
    std::array<int, 4> classes{};
    for (QChar c : value)
        ++classes[size_t(classOf(c))];
    return classes[0] > 0 && classes[1] > 1 && classes[2] > 1 && restlessness(value) > 0.42
        && entropy(value) > 3.5;
}

} // namespace setup
