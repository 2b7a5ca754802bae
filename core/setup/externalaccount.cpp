// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "externalaccount.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace setup {

namespace {

tl::unexpected<base::Error> bad(const json::Value& at, const QString& text, const QString& code = u"external-account"_s)
{
    const QString pointer = at.pointer();
    return base::fail(code, text, pointer.isEmpty() ? u"/"_s : pointer);
}

/// A member that is a text where it is there at all; `must` when it has to be.
base::Result<QString> textAt(const json::Value& object, const char* member, bool must = false)
{
    const json::Value value = object[member];
    const bool there = value && !value.isNull();
    if (!there && must)
        return bad(object, u"`%1` is missing."_s.arg(QLatin1StringView(member)));
    if (there && !value.isString())
        return bad(value, u"`%1` has to be a text."_s.arg(QLatin1StringView(member)));
    return value.text();
}

struct Text
{
    const char* member;
    QString ExternalAccount::*to;
    bool must;
};
constexpr std::array texts {
    Text {"audience", &ExternalAccount::audience, true},
    Text {"subject_token_type", &ExternalAccount::subjectTokenType, true},
    Text {"token_url", &ExternalAccount::tokenUrl, true},
    Text {"service_account_impersonation_url", &ExternalAccount::impersonationUrl, false},
    Text {"client_id", &ExternalAccount::clientId, false},
    Text {"workforce_pool_user_project", &ExternalAccount::workforceProject, false},
    Text {"quota_project_id", &ExternalAccount::quotaProject, false},
    Text {"universe_domain", &ExternalAccount::universeDomain, false},
};
constexpr std::array otherMembers {"type", "credential_source", "service_account_impersonation", "client_secret", "token_info_url"};

struct Source
{
    const char* member;
    TokenFrom from;
};
constexpr std::array sources {
    Source {"url", TokenFrom::Url}, Source {"file", TokenFrom::File}, Source {"certificate", TokenFrom::Certificate},
    Source {"executable", TokenFrom::Executable}, Source {"environment_id", TokenFrom::Aws},
};
constexpr std::array sourceMembers {"headers", "format", "region_url", "regional_cred_verification_url", "imdsv2_session_token_url"};

template <typename Known>
void listOthers(const json::Value& object, const Known& isKnown, QStringList& out)
{
    for (json::Value each = object.first(); each; each = each.next())
        if (!isKnown(each.key()))
            out.append(each.pointer());
}

base::Result<void> readFormat(const json::Value& format, ExternalAccount& out)
{
    const auto type = textAt(format, "type"), field = textAt(format, "subject_token_field_name");
    if (!type || !field)
        return tl::unexpected(!type ? type.error() : field.error());
    if (!type->isEmpty() && *type != u"text" && *type != u"json")
        return bad(format["type"], u"`format.type` is \"text\" or \"json\"."_s);
    out.json = *type == u"json";
    out.field = *field;
    if (out.json && out.field.isEmpty())
        return bad(format, u"A token in JSON needs `subject_token_field_name`."_s);
    return {};
}

/// environment_id ("aws1") comes with a url of its own, so it is looked for first.
const Source* sourceIn(const json::Value& object, int& count)
{
    if (object["environment_id"]) {
        count = 1;
        return &sources.back();
    }
    const Source* found = nullptr;
    for (const Source& each : sources)
        if (object[each.member]) {
            ++count;
            found = &each;
        }
    return found;
}

base::Result<void> readSource(const json::Value& object, ExternalAccount& out)
{
    if (!object.isObject())
        return bad(object, u"`credential_source` is missing: it says where the token comes from."_s);
    int count = 0;
    const Source* source = sourceIn(object, count);
    if (count != 1)
        return bad(object, count ? u"`credential_source` names several sources. Exactly one counts."_s
                                 : u"`credential_source` names no source: `url`, `file`, `certificate` or `executable`."_s);
    out.from = source->from;
    const json::Value value = object[source->member];
    out.source = value.isString() ? value.text() : value["command"].isString() ? value["command"].text()
                                                                                : value["certificate_config_location"].text();
    for (json::Value header = object["headers"].first(); header; header = header.next())
        out.headers.append({header.keyText(), header.text()});
    listOthers(object, [](QByteArrayView key) {
        return std::ranges::any_of(sources, [key](const Source& s) { return key == s.member; })
            || std::ranges::any_of(sourceMembers, [key](const char* m) { return key == m; });
    }, out.notUnderstood);
    return readFormat(object["format"], out);
}

base::Result<void> readTexts(const json::Value& root, ExternalAccount& out)
{
    for (const Text& each : texts) {
        auto text = textAt(root, each.member, each.must);
        if (!text)
            return tl::unexpected(text.error());
        out.*each.to = *text;
    }
    return {};
}

base::Result<void> readImpersonation(const json::Value& root, ExternalAccount& out)
{
    const json::Value seconds = root["service_account_impersonation"]["token_lifetime_seconds"];
    out.tokenLifetimeSeconds = int(std::clamp<qint64>(seconds.integer().value_or(3600), 0, 1'000'000));
    if (seconds && !seconds.integer())
        return bad(seconds, u"`token_lifetime_seconds` is a whole number of seconds."_s);
    if (!out.impersonationUrl.isEmpty() && out.serviceAccount().isEmpty())
        return bad(root["service_account_impersonation_url"],
            u"The impersonation URL has to end with serviceAccounts/<e-mail>:generateAccessToken."_s);
    return {};
}

} // namespace

GoogleFile googleFile(const json::Value& root)
{
    const QString type = root["type"].text();
    if (root["private_key"] && (type == u"service_account" || root["client_email"]))
        return GoogleFile::ServiceAccountKey;
    if (type == u"authorized_user" || (root["refresh_token"] && root["client_secret"]))
        return GoogleFile::AuthorizedUser;
    if (type == u"impersonated_service_account")
        return GoogleFile::Impersonated;
    return type == u"external_account" ? GoogleFile::ExternalAccount : GoogleFile::Other;
}

QString ExternalAccount::serviceAccount() const
{
    static const QRegularExpression form(u"serviceAccounts/([^/:]+@[^/:]+):generateAccessToken$"_s);
    return form.match(impersonationUrl).captured(1);
}

base::Result<ExternalAccount> readExternalAccount(const json::Value& root)
{
    const GoogleFile kind = googleFile(root);
    if (kind == GoogleFile::ServiceAccountKey)
        return bad(root, u"This is a service account key, a credential: whoever copies it is the account. Delete the key and use a file of "
                         "type external_account."_s, u"service-account-key"_s);
    if (kind != GoogleFile::ExternalAccount)
        return bad(root, u"This is no file of type external_account."_s, u"not-external-account"_s);
    ExternalAccount out {.hasClientSecret = bool(root["client_secret"])};
    for (const auto part : {readTexts, readImpersonation})
        if (auto done = part(root, out); !done)
            return tl::unexpected(done.error());
    if (auto done = readSource(root["credential_source"] ? root["credential_source"] : json::Value(), out); !done)
        return tl::unexpected(done.error());
    listOthers(root, [](QByteArrayView key) {
        return std::ranges::any_of(texts, [key](const Text& t) { return key == t.member; })
            || std::ranges::any_of(otherMembers, [key](const char* m) { return key == m; });
    }, out.notUnderstood);
    return out;
}

} // namespace setup
