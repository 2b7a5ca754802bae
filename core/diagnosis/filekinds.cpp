// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/base/json.h"
#include "core/diagnosis/sourcefiles.h"

#include <QRegularExpression>

#include <vector>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

/// Told by the whole path in lower case; the first that fits. `needs` has to stand in the text, where it is not empty.
struct Row
{
    const char16_t* path;
    const char* needs;
    FileKind kind;
};
constexpr Row rows[] {
    {u"(^|/)\\.(git|docker|npm|helm|gcloud)ignore$", "", FileKind::Ignore},
    {u"(^|/)(docker|container)file([._-][^/]*)?$|\\.dockerfile$", "", FileKind::Dockerfile},
    {u"(^|/)\\.aws/credentials$|(^|/)credentials(\\.ini)?$", "aws_access_key_id", FileKind::AwsCredentials},
    {u"(^|/)\\.env(\\.[^/]*)?$|\\.env$|\\.tfvars$|\\.properties$|(^|/)env\\.(example|sample|template)$", "", FileKind::Env},
    {u"\\.(pem|key|p8)$|(^|/)id_(rsa|ecdsa|ed25519)$", "PRIVATE KEY", FileKind::PrivateKey},
    {u"(^|/)\\.github/workflows/[^/]+\\.ya?ml$|(^|/)\\.gitlab-ci\\.yml$|(^|/)azure-pipelines[^/]*\\.ya?ml$|(^|/)bitbucket-pipelines\\.yml$|(^|/)\\.circleci/", "", FileKind::Pipeline},
    {u"\\.ya?ml$", "services:", FileKind::Compose},
    {u"\\.ya?ml$", "apiVersion:", FileKind::Manifest},
    {u"(^|/)(appsettings|local\\.settings)[^/]*\\.json$", "", FileKind::Settings},
    {u"(^|/)(values|application|bootstrap)[^/]*\\.ya?ml$", "", FileKind::Source}, // of a Helm chart, of Spring
    {u"(^|/)(web|app)[^/]*\\.config$|\\.toml$|\\.bicepparam$", "", FileKind::Source},
    {u"\\.(py|js|mjs|cjs|ts|tsx|jsx|cs|java|kt|go|rb|php|rs|c|cc|cpp|h|hpp|swift|scala|sh|bash|ps1|psm1|tf|bicep|ipynb|sql|pl)$", "", FileKind::Source},
};

std::vector<QRegularExpression> expressions()
{
    std::vector<QRegularExpression> out; // each is compiled at its first use
    for (const Row& row : rows)
        out.emplace_back(QString::fromUtf16(row.path));
    return out;
}

FileKind kindOfJson(const QByteArray& text)
{
    const json::Document document = json::Document::read(text);
    const json::Value root = document.root();
    const QString type = root["type"].isString() ? root["type"].text() : QString();
    if (type == u"service_account" && root["private_key"])
        return FileKind::ServiceAccount;
    if (type == u"external_account")
        return FileKind::ExternalAccount;
    const bool trust = root["Statement"] || (root["issuer"] && root["subject"]) || root["oidc"] || root["value"].first()["issuer"] || root["match"] || root["AssumeRolePolicyDocument"] || root["Role"]["AssumeRolePolicyDocument"];
    return trust ? FileKind::Policy : root["AzureAd"] || root["DownstreamApis"] || root["ConnectionStrings"] ? FileKind::Settings : FileKind::Other;
}

constexpr std::pair<FileKind, const char16_t*> names[] {
    {FileKind::Env, u"An environment file"},
    {FileKind::Compose, u"A compose file"},
    {FileKind::Manifest, u"A Kubernetes manifest"},
    {FileKind::Pipeline, u"A pipeline's definition"},
    {FileKind::Dockerfile, u"A Dockerfile"},
    {FileKind::Ignore, u"Ignore rules"},
    {FileKind::Settings, u"A program's settings"},
    {FileKind::ServiceAccount, u"A service account key of Google"},
    {FileKind::ExternalAccount, u"A credential configuration of Google: a pointer, not a credential"},
    {FileKind::AwsCredentials, u"A credentials file of AWS"},
    {FileKind::PrivateKey, u"A private key"},
    {FileKind::Policy, u"A trust contract"},
    {FileKind::Source, u"Source code"},
};

} // namespace

FileKind fileKind(const QString& path, const QByteArray& text)
{
    static const auto patterns = expressions();
    const QString lower = path.toLower();
    for (std::size_t i = 0; i < patterns.size(); ++i)
        if (patterns[i].match(lower).hasMatch() && (!*rows[i].needs || text.contains(rows[i].needs)))
            return rows[i].kind;
    return text.trimmed().startsWith('{') ? kindOfJson(text) : FileKind::Other;
}

QString fileKindName(FileKind kind)
{
    for (const auto& [each, name] : names)
        if (each == kind)
            return QString::fromUtf16(name);
    return {};
}

} // namespace diagnosis
