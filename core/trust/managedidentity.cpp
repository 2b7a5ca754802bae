// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "managedidentity.h"

#include "core/trust/compare.h"
#include "core/trust/sheet_p.h"

#include "core/base/secret.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

// Microsoft: "How to use managed identities to acquire an access token", error handling.
constexpr Answer noHeader {0, 400, "invalid_request", "The header 'Metadata: true' is missing."};
constexpr Answer wrongHeader {0, 401, "unauthorized", "The header X-IDENTITY-HEADER is missing or wrong."};
constexpr Answer noResource {0, 400, "invalid_request", "The parameter resource is missing."};
constexpr Answer unknownResource {500011, 400, "invalid_resource",
    "The resource '{presented}' was not found in the tenant."};
constexpr Answer manySelectors {0, 400, "invalid_request", "More than one identity is named: {presented}."};
constexpr Answer unknownIdentity {0, 400, "invalid_request", "Identity not found"};
constexpr Answer wrongKey {0, 401, "unauthorized", "The key of the challenge is wrong, or was used before.", "", false};

/// What names one of several identities. `imds` and `app-service` spell some differently (entra.md 5.1, 5.2).
struct Selector
{
    const char* parameter;
    QString setup::ManagedIdentity::*field;
    bool imds;
    bool appService;
};
constexpr std::array selectors {
    Selector {"client_id", &setup::ManagedIdentity::clientId, true, true},
    Selector {"object_id", &setup::ManagedIdentity::objectId, true, true},
    Selector {"principal_id", &setup::ManagedIdentity::objectId, false, true},
    Selector {"msi_res_id", &setup::ManagedIdentity::resourceId, true, true},
    Selector {"mi_res_id", &setup::ManagedIdentity::resourceId, false, true},
};

struct IdentityCase
{
    const setup::Setup& setup;
    bool appService;
    const http::Form& query;
    const http::Headers& headers;
    const Knowledge& knowledge;
    Sheet& sheet;
    IdentityDecision& decision;
    bool arc = false;
    QString source = appService ? u"Microsoft: managed identities for App Service"_s
        : u"Microsoft: get a token from the metadata service"_s;
};

QString hidden(QByteArrayView value)
{
    return value.isEmpty() ? u"no header"_s : QString(u"hidden, "_s + QString::number(value.size())
        + u" characters"_s);
}

void checkIdentityHeader(IdentityCase& c)
{
    const QByteArray sent = c.headers.value("X-IDENTITY-HEADER");
    base::Check check {.id = u"header"_s, .title = u"Header X-IDENTITY-HEADER"_s,
                       .expected = u"the value of IDENTITY_HEADER"_s,
                       .presented = hidden(sent), .relation = u"equal"_s,
                       .fix = u"Send the value of the environment variable IDENTITY_HEADER."_s,
                       .presentedFrom = u"header of the request"_s,
                       .expectedFrom = u"environment of the host"_s, .source = c.source};
    if (!sent.isEmpty() && !c.knowledge.identityHeader) {
        c.sheet.unknown(std::move(check), u"Only the host knows the value."_s);
        return;
    }
    const bool holds = !sent.isEmpty() && base::equalInConstantTime(sent, *c.knowledge.identityHeader);
    c.sheet.hold(std::move(check), holds, wrongHeader);
}

void checkHeader(IdentityCase& c)
{
    if (c.appService) {
        checkIdentityHeader(c);
        return;
    }
    const QByteArray sent = c.headers.value("Metadata");
    c.sheet.hold({.id = u"header"_s, .title = u"Header Metadata"_s, .expected = u"true"_s,
                  .presented = sent.isEmpty() ? u"no header"_s : QString::fromLatin1(sent),
                  .relation = u"equal"_s,
                  .fix = u"Send the header Metadata: true. It keeps forwarded requests out."_s,
                  .fixValue = u"true"_s,
                  .presentedFrom = u"header of the request"_s, .source = c.source},
                 sent.toLower() == "true", noHeader);
}

void checkVersion(IdentityCase& c)
{
    const QString version = QString::fromUtf8(c.query.value("api-version"));
    if (!version.isEmpty())
        return;
    c.sheet.warn({.id = u"api-version"_s, .title = u"Version"_s,
                  .expected = c.appService ? u"2019-08-01"_s : u"2018-02-01"_s,
                  .presented = u"not in the request"_s, .fix = u"Send the parameter api-version."_s,
                  .source = c.source});
}

void checkResource(IdentityCase& c)
{
    c.decision.resourceAsked = QString::fromUtf8(c.query.value("resource"));
    const QString& asked = c.decision.resourceAsked;
    base::Check check {.id = u"resource"_s, .title = u"Resource"_s,
                       .expected = u"an identifier URI or client id"_s,
                       .presented = asked.isEmpty() ? u"not in the request"_s : asked,
                       .fix = u"Send the parameter resource."_s,
                       .presentedFrom = u"resource in the request"_s,
                       .expectedFrom = u"applications of the tenant"_s, .source = c.source};
    if (asked.isEmpty()) {
        c.sheet.hold(std::move(check), false, noResource);
        return;
    }
    c.decision.resource = c.setup.appByAudience(asked);
    if (c.decision.resource) {
        check.expected = asked;
        check.relation = c.decision.resource->displayName;
    } else {
        check.fix = asked.endsWith("/.default"_L1) ? u"Name the bare resource, without /.default."_s
                                                   : u"Register an application with this identifier URI, or ask for one that is registered."_s;
    }
    c.sheet.hold(std::move(check), c.decision.resource, unknownResource);
}

struct Asked
{
    const Selector* selector = nullptr;
    QString value {};
};

QList<Asked> askedSelectors(const IdentityCase& c)
{
    QList<Asked> out;
    for (const Selector& selector : selectors)
        if ((c.appService ? selector.appService : selector.imds) && c.query.has(selector.parameter))
            out.append({&selector, QString::fromUtf8(c.query.value(selector.parameter))});
    return out;
}

/// A setup describes one machine and, where it says so, one server that Azure Arc manages.
QList<const setup::ManagedIdentity*> attached(const IdentityCase& c)
{
    QList<const setup::ManagedIdentity*> out;
    for (const setup::ManagedIdentity& identity : c.setup.managedIdentities)
        if ((identity.flavour == "arc"_L1) == c.arc)
            out.append(&identity);
    return out;
}

const setup::ManagedIdentity* bySelector(const IdentityCase& c, const Asked& asked)
{
    const auto identities = attached(c);
    const auto it = std::ranges::find_if(identities, [&](const setup::ManagedIdentity* identity) {
        const QString& field = identity->*asked.selector->field;
        return !field.isEmpty() && field.compare(asked.value, Qt::CaseInsensitive) == 0;
    });
    return it == identities.end() ? nullptr : *it;
}

/// A setup describes one machine: all its identities hang on it. Without a selector: the system-assigned one;
/// else the only one there is.
const setup::ManagedIdentity* byDefault(const IdentityCase& c)
{
    const auto identities = attached(c);
    const auto it = std::ranges::find_if(identities, [](const setup::ManagedIdentity* i) { return i->systemAssigned; });
    if (it != identities.end())
        return *it;
    return identities.size() == 1 && !c.appService ? identities.front() : nullptr;
}

void checkIdentity(IdentityCase& c)
{
    const QList<Asked> asked = askedSelectors(c);
    base::Check check {.id = u"identity"_s, .title = u"Identity"_s,
                       .expected = u"an identity attached to the host"_s, .source = c.source};
    if (asked.size() > 1) {
        QStringList names;
        for (const Asked& one : asked)
            names.append(QString::fromLatin1(one.selector->parameter));
        check.presented = names.join(u", "_s);
        check.expected = u"one selector at most"_s;
        check.fix = u"Name the identity in one way."_s;
        c.sheet.hold(std::move(check), false, manySelectors);
        return;
    }
    c.decision.identity = asked.isEmpty() ? byDefault(c) : bySelector(c, asked.front());
    if (!asked.isEmpty()) {
        const CompareHints request {
            .setup = &c.setup, .presenter = u"request"_s, .contract = u"host"_s, .requestIsWrong = true};
        QStringList known;
        for (const setup::ManagedIdentity* identity : attached(c))
            known.append(identity->*asked.front().selector->field);
        check.presentedFrom = QString::fromLatin1(asked.front().selector->parameter) + u" in the request"_s;
        if (!c.decision.identity)
            check = comparedWithAny(std::move(check), {asked.front().value}, known, request);
        check.presented = asked.front().value;
    } else {
        check.presented = u"no selector"_s;
    }
    check.expectedFrom = u"identities attached to the host"_s;
    check.relation = c.decision.identity ? c.decision.identity->displayName : QString();
    check.fix = asked.isEmpty() ? u"Name the identity by client_id."_s
        : u"Name an identity that is attached to the host."_s;
    if (!check.near)
        check.fixValue.clear();
    c.sheet.hold(std::move(check), c.decision.identity, unknownIdentity);
}

/// Who may read a file that only administrators can read is one.
void checkKey(IdentityCase& c, std::optional<bool> holds)
{
    const bool sent = c.headers.has("Authorization");
    base::Check check {.id = u"key"_s, .title = u"Key of the challenge"_s, .expected = u"the content of the key file"_s,
                       .presented = sent ? u"hidden"_s : u"none yet"_s, .relation = u"equal"_s,
                       .fix = u"Read the file that the challenge names, and send its content as Basic."_s,
                       .presentedFrom = u"header Authorization"_s, .expectedFrom = u"file named in WWW-Authenticate"_s, .source = c.source};
    if (!sent) {
        check.relation = u"The agent answers with a challenge that names the file."_s;
        c.sheet.warn(std::move(check));
    } else if (!holds) {
        c.sheet.unknown(std::move(check), u"Only the agent knows what it wrote."_s);
    } else {
        c.sheet.hold(std::move(check), *holds, wrongKey);
    }
}

void checkAll(IdentityCase& c, std::optional<bool> keyHolds)
{
    c.sheet.begin(u"The request"_s);
    checkHeader(c);
    if (c.arc)
        checkKey(c, keyHolds);
    checkVersion(c);
    checkResource(c);
    c.sheet.begin(u"The host"_s);
    checkIdentity(c);
    c.decision.verdict = c.sheet.verdict(c.decision.identity ? c.decision.identity->displayName : QString());
}

} // namespace

IdentityDecision decideManagedIdentity(const setup::Setup& setup, bool appService, const http::Form& query,
    const http::Headers& headers, const Knowledge& knowledge, base::Instant)
{
    IdentityDecision decision;
    Sheet sheet(appService ? u"App Service"_s : u"Instance metadata service"_s);
    IdentityCase c {setup, appService, query, headers, knowledge, sheet, decision};
    checkAll(c, {});
    return decision;
}

IdentityDecision decideArcIdentity(const setup::Setup& setup, const http::Form& query, const http::Headers& headers,
    std::optional<bool> keyHolds, const Knowledge& knowledge, base::Instant)
{
    IdentityDecision decision;
    Sheet sheet(u"Azure Arc agent"_s);
    IdentityCase c {setup, false, query, headers, knowledge, sheet, decision, true, u"Microsoft: managed identity with Azure Arc-enabled servers"_s};
    checkAll(c, keyHolds);
    return decision;
}

} // namespace trust
