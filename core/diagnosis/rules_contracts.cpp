// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/facts_p.h"
#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/subjects_p.h"
#include "core/diagnosis/tables_p.h"
#include "core/diagnosis/visit_p.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Severity;

/// Subjects of platforms that name a place as well as a workload: what has to be pinned, as a pattern of the open forms.
struct Place
{
    QLatin1StringView begins; ///< few subjects do, and only those cost a regular expression
    const char16_t* open;     ///< regular expression of what follows where the part is left open
    const char16_t* part;
};
constexpr Place places[] {
    {"system:serviceaccount:"_L1, u"^(?:\\*|[^:]*\\*[^:]*:|$)", u"the namespace"},
    {"repo:"_L1, u"^(?:\\*|[^/:]*\\*|[^/:]+/\\*)", u"the repository"},
    {"repo:"_L1, u"^[^:*]+:\\*", u"the branch or environment"},
    {"project_path:"_L1, u"^[^:]*\\*", u"the project"},
    {"organization:"_L1, u"^[^:*]+:(?:project:[^:*]+:)?(?:\\*|workspace:\\*)", u"the workspace"},
    {"spiffe://"_L1, u"^[^/]+/\\*", u"the workload's path"},
    {"arn:aws:iam::"_L1, u"^(?:\\*|[0-9]+:(?:role/)?\\*)", u"the role"},
};

QString openPart(const QString& subject)
{
    for (const Place& place : places)
        if (subject.startsWith(place.begins) && QRegularExpression(QString::fromUtf16(place.open)).match(subject.sliced(place.begins.size())).hasMatch())
            return QString::fromUtf16(place.part);
    return {};
}

void addAws(const setup::Target& target, QList<Subject>& out)
{
    int index = 0;
    for (json::Value statement = target.trustPolicy.root()["Statement"].first(); statement; statement = statement.next(), ++index)
        for (json::Value op = statement["Condition"].first(); op; op = op.next())
            for (json::Value key = op.first(); key; key = key.next())
                if (key.keyText().endsWith(u":sub"_s, Qt::CaseInsensitive) && op.keyText() == u"StringLike")
                    out.append({key.isArray() ? key.first().text() : key.text(), {.pointer = target.pointer + u"/trustPolicy"_s + key.pointer()}});
}

QList<Subject> subjectsOf(const Case& c)
{
    QList<Subject> found = policySubjects(c);
    forCredentials(c, setup::CredentialType::Federated, [&](const setup::App&, const setup::Credential& credential) {
        found.append({subjectInExpression(credential.expression), {.pointer = credential.pointer + u"/claimsMatchingExpression/value"_s}});
    });
    for (const setup::Target& target : c.setup.targets) {
        found.append({target.rule.root()["match"]["subject_prefix"].text(), {.pointer = target.pointer + u"/rule/match/subject_prefix"_s}});
        found.append({subjectInExpression(target.provider.root()["attributeCondition"].text()), {.pointer = target.pointer + u"/provider/attributeCondition"_s}});
        addAws(target, found);
    }
    return found;
}

void placeUnpinned(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const Subject& subject : subjectsOf(c))
        if (const QString part = openPart(subject.text); !part.isEmpty())
            out.append(finding(rule, Severity::Error, {.presented = subject.text, .expected = part}, subject.place));
}

void noTenant(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::Target& target : c.setup.targets)
        if (const Facts facts = factsOf(c, target); facts.is("multiTenant", true) && facts.is("checksTenant", false))
            out.append(finding(rule, Severity::Error, {.object = titleOf(target)}, {.pointer = facts.pointer("checksTenant")}));
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        const setup::Target* target = c.setup.target(step.to.id);
        const QByteArray header = record.exchange.request.headers.value("Authorization");
        const jose::Jwt token = target && header.left(7).toLower() == "bearer " ? jose::decode(header.mid(7)) : jose::Jwt();
        if (token.isJwt() && record.state == flow::StepState::Accepted && factsOf(c, *target).is("multiTenant", true) && !token.claim("tid"))
            out.append(finding(rule, Severity::Error, {.object = titleOf(*target), .text = u"It accepted a token that names no tenant."_s},
                {.step = step.id, .part = u"request"_s, .claim = u"tid"_s}));
    });
}

/// Scopes that open more than any flow of this program uses: it asks a model, or calls one API.
constexpr std::array broad {
    std::pair {"https://www.googleapis.com/auth/cloud-platform"_L1, u"every API of the project"},
    std::pair {"cloud-platform"_L1, u"every API of the project"},
    std::pair {"workspace:developer"_L1, u"the workspace's files, batches and keys"},
    std::pair {"org:admin"_L1, u"the whole organization"},
    std::pair {"*"_L1, u"everything"},
    std::pair {"Directory.ReadWrite.All"_L1, u"the whole directory"},
};

void addBroad(const QString& scope, const QString& object, const QString& pointer, const Rule& rule, QList<base::Finding>& out)
{
    const auto row = std::ranges::find_if(broad, [&](const auto& each) { return scope == each.first; });
    if (row != broad.end())
        out.append(finding(rule, Severity::Warning, {.object = object, .presented = scope, .expected = QString::fromUtf16(row->second)}, {.pointer = pointer}));
}

QString shortName(const QString& scope) { return scope.section(u'/', -1); }

/// What a flow asks for, by short names; empty when it asks for whatever was granted.
QStringList askedBy(const Case& c, const setup::FlowSpec& spec, const setup::Target& target)
{
    QStringList names;
    for (const QString& scope : spec.scopes)
        names.append(shortName(scope));
    if (names.isEmpty() || names.contains(u".default"_s))
        return {};
    for (const setup::Target& each : c.setup.targets) // a server on the way asks on for its own
        names += each.requiredScopes;
    for (const setup::Tool& tool : target.tools)
        names.append(shortName(tool.scope));
    return names;
}

void unusedInRun(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    const setup::FlowSpec* spec = c.flow ? c.setup.flow(c.flow->id) : nullptr;
    static const QStringList signIn {u"openid"_s, u"profile"_s, u"email"_s, u"offline_access"_s};
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        const setup::Target* target = c.setup.target(step.to.id);
        const QByteArray header = record.exchange.request.headers.value("Authorization");
        if (!spec || !target || target->name != spec->target || header.left(7).toLower() != "bearer ")
            return;
        const jose::Jwt token = jose::decode(header.mid(7));
        const QStringList asked = askedBy(c, *spec, *target);
        QStringList more = token.isJwt() ? token.text("scp").split(u' ', Qt::SkipEmptyParts) : QStringList();
        more.removeIf([&](const QString& scope) { return asked.contains(scope) || signIn.contains(scope); });
        if (!asked.isEmpty() && !more.isEmpty())
            out.append(finding(rule, Severity::Warning, {.object = step.title, .presented = more.join(u' '), .text = u"The token grants %1, and this run did not ask for it."_s.arg(more.join(u' '))},
                {.step = step.id, .part = u"request"_s, .claim = u"scp"_s}));
    });
}

void overscoped(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::Target& target : c.setup.targets) {
        addBroad(target.rule.root()["oauth_scope"].text(), titleOf(target), target.pointer + u"/rule/oauth_scope"_s, rule, out);
        for (qsizetype i = 0; i < target.scopes.size(); ++i)
            addBroad(target.scopes[i], titleOf(target), target.pointer + u"/scopes/%1"_s.arg(i), rule, out);
    }
    for (const setup::App& app : c.setup.apps)
        for (const setup::Permission& permission : app.permissions)
            for (const QString& granted : permission.scopes + permission.roles)
                addBroad(granted, titleOf(app), permission.pointer, rule, out);
    unusedInRun(c, rule, out);
}

void noRevocation(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    constexpr qint64 longest = 900;
    const QList<setup::FlowSpec> specs = specsOf(c);
    for (const setup::FlowSpec& spec : specs) {
        const setup::Target* target = spec.user.isEmpty() ? nullptr : c.setup.target(spec.target);
        if (!target)
            continue;
        const Facts facts = factsOf(c, *target);
        if (const qint64 seconds = facts.number("cacheSeconds").value_or(0); seconds > longest && facts.is("revocationEvents", false))
            out.append(finding(rule, Severity::Warning, {.object = titleOf(*target), .presented = base::duration(std::chrono::seconds {seconds})}, {.pointer = facts.pointer("cacheSeconds")}));
    }
}

void oldDevOpsIssuer(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const Subject& issuer : policyIssuers(c))
        if (QUrl(issuer.text).host() == u"vstoken.dev.azure.com")
            out.append(finding(rule, Severity::Warning, {.object = u"The contract"_s, .presented = issuer.text}, issuer.place));
    forCredentials(c, setup::CredentialType::Federated, [&](const setup::App&, const setup::Credential& credential) {
        if (QUrl(credential.issuer).host() == u"vstoken.dev.azure.com")
            out.append(finding(rule, Severity::Warning, {.object = u"Federated credential "_s + credential.name, .presented = credential.issuer}, {.pointer = credential.pointer + u"/issuer"_s}));
    });
}

/// Loopback, and link-local: a metadata service has no certificate.
bool staysOnHost(const QString& host)
{
    return host == u"localhost" || host.startsWith(u"127."_s) || host == u"::1" || host.startsWith(u"169.254."_s) || host.endsWith(u".localhost"_s);
}

bool isInTheClear(const QString& address)
{
    const QUrl url(address);
    return url.scheme() == u"http" && !staysOnHost(url.host());
}

void clearText(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    const auto look = [&](const QString& address, const QString& object, const QString& pointer) {
        if (isInTheClear(address))
            out.append(finding(rule, Severity::Error, {.object = object, .presented = address}, {.pointer = pointer}));
    };
    for (const setup::Tenant& tenant : c.setup.tenants)
        look(tenant.authority, tenant.name, tenant.pointer + u"/authority"_s);
    for (const setup::Issuer& issuer : c.setup.issuers)
        look(issuer.issuer, issuer.displayName, issuer.pointer + u"/issuer"_s);
    for (const setup::Target& target : c.setup.targets) {
        if (target.kind != u"sidecar") // it shares the agent's network
            look(target.url, titleOf(target), target.pointer + u"/url"_s);
        const Facts facts = factsOf(c, target);
        if (facts.text("mutualTls") == u"required" && facts.is("usesMutualTls", false))
            out.append(finding(rule, Severity::Error, {.object = titleOf(target), .text = u"It demands mutual TLS, and its callers send no certificate."_s,
                                   .fix = u"Give each caller a client certificate, and send it."_s}, {.pointer = facts.pointer("usesMutualTls")}));
    }
    forSteps(c, [&](const flow::Step& step, const flow::StepRecord& record) {
        if (isInTheClear(QString::fromUtf8(record.exchange.request.url)) && !c.setup.target(step.to.id))
            out.append(finding(rule, Severity::Error, {.object = step.title, .presented = QString::fromUtf8(http::splitUrl(record.exchange.request.url).origin())},
                {.step = step.id, .part = u"request"_s}));
    });
}

void auditGap(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::Target& target : c.setup.targets) {
        const Facts facts = factsOf(c, target);
        if (!facts.has("auditFields"))
            continue;
        QStringList missing {u"agent"_s, u"workload"_s, u"user"_s, u"tenant"_s, u"decision"_s};
        for (json::Value each = facts.at("auditFields").first(); each; each = each.next())
            missing.removeAll(each.text());
        if (!missing.isEmpty())
            out.append(finding(rule, Severity::Warning, {.object = titleOf(target), .presented = missing.join(u", "_s)}, {.pointer = facts.pointer("auditFields")}));
    }
}

constexpr std::array table {
    Rule {"TR-NS-UNPINNED", "{presented} leaves {expected} open", "Whoever gets a token from another place of the same issuer fits as well.",
        "Write {expected} into the subject.", "Microsoft: flexible federated identity credentials", placeUnpinned, AboutFederated | AboutRule | AboutRole | AboutGoogle},
    Rule {"TR-TENANT-CONTEXT-MISSING", "{object} serves several tenants and looks at none", "A token of one tenant opens the data of another.",
        "Demand the tenant in the token (tid), and hold it against the tenant of the data.", "Microsoft: multitenant applications, tenant isolation", noTenant, AboutApi},
    Rule {"TR-OVERSCOPED", "{object}: {presented} is more than is used", "It opens {expected}. Whoever gets the token gets all of that.",
        "Ask for the narrow scope.", "RFC 9700, 2.3", overscoped},
    Rule {"TR-NO-REVOCATION", "{object}: a revoked user goes on", "A token is kept for {presented}, and nobody tells the cache that the user's rights changed.",
        "Exchange anew within 15 minutes, or take notice of revocation events.", "Microsoft: continuous access evaluation", noRevocation, AboutUser},
    Rule {"X-ADO-OLD-ISSUER", "{object} trusts the old issuer of Azure DevOps", "{presented} ends on 2027-07-01.", "Convert the service connection, and take issuer and subject from it.",
        "Microsoft: Azure DevOps workload identity federation issuer", oldDevOpsIssuer, AboutFederated},
    Rule {"NET-TLS", "{object} is reached without TLS", "What goes to {presented} can be read and changed on the way, tokens included.", "Use https with TLS 1.2 or newer.", "RFC 9700, 2.6; RFC 6750, 5.3", clearText},
    Rule {"AUD-CHAIN-BROKEN", "{object}: its records lack {presented}", "Who called, on which workload, for whom, in which tenant, and what was decided: with one missing the chain cannot be followed.",
        "Record all five under one correlation id.", "Microsoft: agent identity, sign-in and audit logs", auditGap},
};

} // namespace

std::span<const Rule> contractRules() { return table; }

} // namespace diagnosis
