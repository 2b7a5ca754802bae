// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/intakerequest_p.h"

#include "core/trust/clouds.h"
#include "core/trust/keyvault.h"

#include <array>

using namespace Qt::StringLiterals;

/// What a whole call shows beyond its parameters: headers that are missing, and a body of the wrong kind.
namespace diagnosis {

namespace {

struct Call
{
    const http::UrlParts parts;
    const http::Headers& headers;
    const QByteArray& body;
};

struct Fault
{
    bool (*holds)(const Call&);
    const char16_t* wrong;
    const char16_t* fix;
    const char16_t* rule;
};

/// IMDS refuses what a browser could be made to send (Microsoft: how to use managed identities on a VM).
bool lacksMetadata(const Call& c)
{
    return (c.parts.host == "169.254.169.254" || c.parts.path.startsWith("/metadata/identity")) && c.headers.value("Metadata").toLower() != "true";
}

bool isForAnotherThanVault(const Call& c)
{
    const jose::Jwt token = bearerOf(c.headers);
    const QString host = QString::fromUtf8(c.parts.host), aud = token.text("aud");
    const trust::Cloud* cloud = trust::cloudOfVault(host.section(u'.', 1));
    return cloud && token.isJwt() && !aud.isEmpty() && aud != trust::vaultGuid && aud != u"https://"_s + QString::fromUtf16(cloud->vault)
        && aud != u"https://"_s + QString::fromUtf16(cloud->vault) + u'/';
}

bool isAnthropicExchange(const Call& c) { return c.parts.host.endsWith("anthropic.com") && c.parts.path == "/v1/oauth/token" && !c.body.isEmpty(); }
bool isFormAtAnthropic(const Call& c) { return isAnthropicExchange(c) && !c.body.trimmed().startsWith('{'); }
bool lacksAtAnthropic(const Call& c)
{
    static constexpr std::array needed {"grant_type", "assertion", "federation_rule_id", "organization_id"};
    const json::Document body = json::Document::read(c.body);
    return isAnthropicExchange(c) && !isFormAtAnthropic(c) && std::ranges::any_of(needed, [&](const char* name) { return !body.root()[name]; });
}

constexpr std::array faults {
    Fault {lacksMetadata, u"The header Metadata: true is missing. The metadata service refuses a request without it.", u"Send the header Metadata: true.", u""},
    Fault {isForAnotherThanVault, u"The vault is called with a token that is meant for another resource.", u"Ask for a token of the vault: scope https://vault.azure.net/.default.", u"TR-AUD-MISMATCH"},
    Fault {isFormAtAnthropic, u"Anthropic's token exchange takes a JSON body, and this is a form.", u"Send JSON with Content-Type: application/json.", u""},
    Fault {lacksAtAnthropic, u"Anthropic's token exchange wants grant_type, assertion, federation_rule_id and organization_id.", u"Add what is missing.", u""},
};

} // namespace

jose::Jwt bearerOf(const http::Headers& headers)
{
    const QByteArray value = headers.value("Authorization").trimmed();
    return value.left(7).toLower() == "bearer " ? jose::decode(value.sliced(7).trimmed()) : jose::Jwt();
}

void noteCall(Item& item, const QByteArray& url, const http::Headers& headers, const QByteArray& body)
{
    noteFaults(item, faults, Call {http::splitUrl(url), headers, body});
}

} // namespace diagnosis
