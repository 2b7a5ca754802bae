// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "core/diagnosis/facts_p.h"
#include "core/diagnosis/finding_p.h"
#include "core/diagnosis/tables_p.h"
#include "core/diagnosis/visit_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace diagnosis {

namespace {

using base::Severity;

/// A value that can be copied and has to be replaced some day: a client secret, or what a vault keeps.
struct Key
{
    QString object {};
    QString pointer {};
    Facts facts;
    std::optional<base::Instant> created {}, expires {}, lastUsed {};
    std::chrono::days longest {}; ///< it may live
};

/// The newest open version of each of a vault's secrets; older ones have a rule of their own.
bool isNewest(const setup::Target& vault, const setup::VaultSecret& secret)
{
    return secret.enabled && std::ranges::none_of(vault.secrets, [&](const setup::VaultSecret& other) {
        return other.name == secret.name && other.enabled && other.created > secret.created;
    });
}

QList<Key> keysOf(const Case& c)
{
    QList<Key> found;
    forCredentials(c, setup::CredentialType::Secret, [&](const setup::App& app, const setup::Credential& secret) {
        found.append({u"Client secret %1 of %2"_s.arg(secret.name, titleOf(app)), secret.pointer, factsOf(c, secret), base::fromRfc3339(secret.created),
            base::fromRfc3339(secret.expires), base::fromRfc3339(secret.lastUsed), halfYear});
    });
    forVaults(c, [&](const setup::Target& vault) {
        for (const setup::VaultSecret& secret : vault.secrets)
            if (isNewest(vault, secret))
                found.append({u"Secret %1 in %2"_s.arg(secret.name, titleOf(vault)), secret.pointer, factsOf(c, secret), base::fromRfc3339(secret.created),
                    base::fromRfc3339(secret.expires), factsOf(c, secret).time("lastUsed"), quarter});
    });
    return found;
}

void noExpiry(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const Key& key : keysOf(c)) {
        if (key.facts.is("neverExpires", true))
            out.append(finding(rule, Severity::Warning, {.object = key.object, .presented = u"without an end"_s}, {.pointer = key.facts.pointer("neverExpires")}));
        else if (key.created && key.expires && *key.expires - *key.created > key.longest)
            out.append(finding(rule, Severity::Warning,
                {.object = key.object, .presented = base::duration(std::chrono::floor<std::chrono::seconds>(*key.expires - *key.created))},
                {.pointer = key.pointer + u"/expires"_s}));
    }
}

void orphan(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const Key& key : keysOf(c)) {
        const bool unowned = key.facts.has("owner") && key.facts.text("owner").isEmpty();
        if (!unowned && !isOlder(key.lastUsed, c.now, quarter))
            continue;
        const QString why = unowned ? u"Nobody owns it."_s : u"It was last used %1 ago."_s.arg(ago(*key.lastUsed, c.now));
        out.append(finding(rule, Severity::Warning, {.object = key.object, .text = why + u" What nobody uses or owns is still good for whoever finds it."_s}, {.pointer = key.pointer}));
    }
}

void overdue(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const Key& key : keysOf(c)) {
        const auto known = key.facts.time("compromised");
        if (known && key.created && *key.created < *known)
            out.append(finding(rule, Severity::Error,
                {.object = key.object, .text = u"It became known to others at %1 and was not replaced since."_s.arg(base::toRfc3339(*known)), .fix = u"Replace it now, and disable this version."_s},
                {.pointer = key.facts.pointer("compromised")}));
        else if (key.facts.text("rotation") == u"manual" && isOlder(key.created, c.now, quarter))
            out.append(finding(rule, Severity::Error, {.object = key.object, .presented = ago(*key.created, c.now)}, {.pointer = key.pointer + u"/created"_s}));
    }
}

const setup::VaultSecret* vaultSecret(const Case& c, const QString& name)
{
    for (const setup::Target& target : c.setup.targets)
        for (const setup::VaultSecret& secret : target.secrets)
            if (!name.isEmpty() && secret.name == name && isNewest(target, secret))
                return &secret;
    return nullptr;
}

/// The stored key that opens a flow's target.
QString storedKey(const setup::Target& target) { return target.settings.root()["apiKeySecret"].text(); }

/// Two secrets on one way: when only one is replaced, the other one still opens its half.
void rotationSplit(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    const QList<setup::FlowSpec> specs = specsOf(c);
    for (const setup::FlowSpec& spec : specs) {
        const setup::App* blueprint = c.setup.app(spec.blueprint);
        const setup::Credential* secret = blueprint ? blueprint->credential(setup::CredentialType::Secret) : nullptr;
        const setup::Target* target = c.setup.target(spec.target);
        const setup::VaultSecret* key = target ? vaultSecret(c, storedKey(*target)) : nullptr;
        if (!secret || !key)
            continue;
        const auto one = base::fromRfc3339(secret->created), other = base::fromRfc3339(key->created);
        if (one && other && (*one > *other ? *one - *other : *other - *one) > quarter)
            out.append(finding(rule, Severity::Warning,
                {.object = titleOf(*blueprint), .presented = base::toRfc3339(*one), .expected = base::toRfc3339(*other), .receiver = titleOf(*target)}, {.pointer = secret->pointer + u"/created"_s}));
    }
}

setup::Environment environmentOf(const Case& c, const setup::FlowSpec& spec) { return spec.environment.value_or(c.setup.environment); }

void sameSecretId(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    QHash<QString, QString> seen;
    forCredentials(c, setup::CredentialType::Secret, [&](const setup::App& app, const setup::Credential& secret) {
        if (!secret.secretId.isEmpty() && seen.contains(secret.secretId))
            out.append(finding(rule, Severity::Error, {.object = u"Client secret %1"_s.arg(secret.name), .presented = seen.value(secret.secretId), .expected = titleOf(app)},
                {.pointer = secret.pointer + u"/secretId"_s}));
        seen.insert(secret.secretId, titleOf(app));
    });
}

/// One stored key at two services, or one client secret walked in both environments.
void sharedSecret(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    sameSecretId(c, rule, out);
    QHash<QString, QString> services;
    for (const setup::Target& target : c.setup.targets) {
        const QString key = storedKey(target);
        if (!key.isEmpty() && services.contains(key))
            out.append(finding(rule, Severity::Error, {.object = u"Stored key "_s + key, .presented = services.value(key), .expected = titleOf(target)},
                {.pointer = target.pointer + u"/settings/apiKeySecret"_s}));
        services.insert(key, titleOf(target));
    }
    QHash<QString, setup::Environment> environments;
    for (const setup::FlowSpec& spec : c.setup.flows) {
        const QString app = spec.blueprint.isEmpty() ? spec.middleTier : spec.blueprint;
        if (spec.credential != u"secret" || app.isEmpty())
            continue;
        const auto before = environments.constFind(app);
        if (before != environments.constEnd() && *before != environmentOf(c, spec))
            out.append(finding(rule, Severity::Error, {.object = u"The secret of "_s + app, .presented = u"lower"_s, .expected = u"higher environments"_s}, {.pointer = spec.pointer}));
        environments.insert(app, environmentOf(c, spec));
    }
}

/// Between one's own services a certificate is possible where the called one takes it.
void secretBetweenServices(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    const QList<setup::FlowSpec> specs = specsOf(c);
    for (const setup::FlowSpec& spec : specs) {
        const setup::App* app = c.setup.app(spec.middleTier.isEmpty() ? spec.blueprint : spec.middleTier);
        const setup::Credential* secret = app && spec.credential == u"secret" ? app->credential(setup::CredentialType::Secret) : nullptr;
        const setup::Target* target = c.setup.target(spec.target);
        const QString tls = target ? factsOf(c, *target).text("mutualTls") : QString();
        if (secret && factsOf(c, *target).is("ownService", true) && (tls == u"supported" || tls == u"required"))
            out.append(finding(rule, Severity::Warning, {.object = titleOf(*app), .receiver = titleOf(*target)}, {.pointer = secret->pointer}));
    }
}

void keysStillAllowed(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::Target& target : c.setup.targets)
        if (target.rule.root() && target.settings.root()["apiKeys"].text() == u"enabled" && storedKey(target).isEmpty())
            out.append(finding(rule, Severity::Warning, {.object = titleOf(target)}, {.pointer = target.pointer + u"/settings/apiKeys"_s}));
}

void noOwnKey(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    for (const setup::Target& target : c.setup.targets)
        if (const Facts facts = factsOf(c, target); facts.is("personalData", true) && facts.is("customerManagedKey", false))
            out.append(finding(rule, Severity::Info, {.object = titleOf(target)}, {.pointer = facts.pointer("customerManagedKey")}));
}

/// "/secrets/NAME" or "/secrets/NAME/VERSION" of a vault; empty for other addresses.
QString secretNamed(const http::Request& request)
{
    const QString path = QString::fromUtf8(http::splitUrl(request.url).path);
    return path.startsWith(u"/secrets/"_s) ? path.section(u'/', 2, 2) : QString();
}

bool carries(const http::Request& request, const QByteArray& value)
{
    constexpr qsizetype least = 8; // what is shorter stands in many requests
    return value.size() >= least
        && (request.body.contains(value) || std::ranges::any_of(request.headers, [&](const http::Header& header) { return header.value.contains(value); }));
}

/// A value that was read before a new version was made, and is sent after.
void staleInRun(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    QHash<QString, QByteArray> read, stale;
    for (const flow::StepRecord& record : c.flow && c.run ? c.run->records : QList<flow::StepRecord>()) {
        const flow::Step* step = c.flow->step(record.stepId);
        const http::Request& request = record.exchange.request;
        const QString name = step && step->contract.kind == u"key-vault" ? secretNamed(request) : QString();
        const bool done = record.exchange.response && record.exchange.response->status == 200;
        if (!name.isEmpty() && done && request.method == "GET") {
            read.insert(name, json::Document::read(record.exchange.response->body).root()["value"].bytes().toByteArray());
            stale.remove(name);
        } else if (!name.isEmpty() && done && request.method == "PUT") {
            stale.insert(name, read.value(name));
        } else if (step) {
            for (const auto& [secret, value] : stale.asKeyValueRange())
                if (carries(request, value))
                    out.append(finding(rule, Severity::Warning, {.object = secret, .text = u"The value was read before a new version was made, and is sent after it."_s}, {.step = step->id, .part = u"request"_s}));
        }
    }
}

void staleCache(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    staleInRun(c, rule, out);
    forVaults(c, [&](const setup::Target& vault) {
        const Facts facts = factsOf(c, vault);
        const qint64 seconds = facts.number("cacheSeconds").value_or(0);
        if (seconds > 0 && facts.is("readsAgainOnRotation", false))
            out.append(finding(rule, Severity::Warning, {.object = titleOf(vault), .presented = base::duration(std::chrono::seconds {seconds})}, {.pointer = facts.pointer("readsAgainOnRotation")}));
    });
}

/// The vault says who read the key, not who used it.
void vaultOnly(const Case& c, const Rule& rule, QList<base::Finding>& out)
{
    forStepsAtTarget(c, u"send-message.key", [&](const flow::Flow&, const flow::Step& step, const setup::Target& target) {
        if (!factsOf(c, target).at("auditFields"))
            out.append(finding(rule, Severity::Info, {.object = titleOf(target), .receiver = titleOf(target)}, placeAt(c, step, u"request"_s, target.pointer + u"/settings/apiKeySecret"_s)));
    });
}

constexpr auto owasp = "OWASP: secrets management";
constexpr auto keys = "Claude Platform: API keys";
constexpr auto rotation = "Microsoft: Key Vault, automate the rotation of a secret";

constexpr std::array table {
    Rule {"SEC-KEY-NOT-DISABLED", "{object} still takes API keys", "All callers federate, and a key that was made once still opens the workspace.",
        "Disable API keys at the workspace.", keys, keysStillAllowed, AboutRule},
    Rule {"SEC-KEY-NO-EXPIRY", "{object} lives too long", "It is good for {presented}. What is copied today works that long.",
        "Give it an end within 180 days (a key: 90), and somebody who rotates it.", "Microsoft: restrict client secrets by application management policies", noExpiry},
    Rule {"SEC-KEY-ORPHAN", "{object} belongs to nobody or is not used", "What nobody uses or owns is still good for whoever finds it.",
        "Revoke it. Where it is not known who needs it, disable it first and watch.", owasp, orphan},
    Rule {"SEC-ROTATION-OVERDUE", "{object} is overdue", "It is rotated by hand, and it is {presented} old.", "Rotate it now, and at least each quarter.", rotation, overdue},
    Rule {"SEC-ROTATION-SPLIT", "{object} and the key for {receiver} are rotated apart",
        "One was made at {presented}, the other at {expected}. When one of two secrets on a way is replaced, the other still opens its half.",
        "Rotate both in one go.", rotation, rotationSplit, AboutSecret},
    Rule {"SEC-SHARED-ACROSS-ENV", "{object} serves two places", "It is used for {presented} and for {expected}. What leaks at one opens the other, and neither can be rotated alone.",
        "Make one for each environment and service.", owasp, sharedSecret},
    Rule {"SEC-SECRET-FOR-S2S", "{object} shows a shared secret to a service of your own", "{receiver} takes certificates. A secret is known to both ends and to everything between.",
        "Use a certificate out of the vault, or federation.", "RFC 8705", secretBetweenServices, AboutSecret},
    Rule {"SEC-NO-CMK", "{object} stores personal data under a key that is not yours", "Erasure by destroying the key needs a key of your own.",
        "Encrypt the store with a customer-managed key.", "Microsoft: customer-managed keys for encryption", noOwnKey},
    Rule {"SEC-STALE-CACHE", "{object}: readers keep a value that was replaced", "A value is kept for {presented}, and the event of a new version drops nothing.",
        "Drop the cached value at SecretNewVersionCreated, and read again.", "Microsoft: Key Vault as an Event Grid source", staleCache},
    Rule {"AUD-VAULT-ONLY", "{object} sees a key, not a caller", "That the key is in a vault says who may read it. Which agent made a call, and for whom, {receiver} cannot say.",
        "Federate where {receiver} can. Elsewhere record each call with agent, user and tenant.", "Claude Platform: workload identity federation", vaultOnly},
};

} // namespace

std::span<const Rule> keyRules() { return table; }

} // namespace diagnosis
