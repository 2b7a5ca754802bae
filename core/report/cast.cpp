// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "cast.h"

#include <QSet>

#include <array>

namespace report {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array appKinds {"publicApp"_L1, "confidentialApp"_L1, "blueprint"_L1, "agentIdentity"_L1, "resource"_L1};

void collectTexts(const json::Value& value, QSet<QString>& into)
{
    if (value.isString())
        into.insert(value.text());
    for (json::Value v = value.first(); v; v = v.next())
        collectTexts(v, into);
}

/// What a run speaks of: the names of its parties and every text of its tokens.
QSet<QString> mentioned(const flow::Flow& flow, const flow::Run& run)
{
    QSet<QString> found;
    for (const flow::Step& step : flow.steps) {
        for (const flow::Party& party : {step.from, step.to, step.becomes})
            found += {party.id, party.id.section(u'/', 0, 0)};
        found.insert(step.audienceAsked);
    }
    for (const flow::StepRecord& record : run.records)
        for (const flow::Token& token : record.tokens)
            collectTexts(token.jwt.payload.root(), found);
    found.remove({});
    return found;
}

template <typename... Texts>
bool isIn(const QSet<QString>& found, const Texts&... texts)
{
    return (found.contains(texts) || ...);
}

void writeApp(json::Writer& out, const setup::App& app)
{
    out.beginObject().text("kind", appKinds.at(size_t(app.kind))).text("name", app.name).textIf("title", app.displayName).textIf("clientId", app.clientId)
        .textIf("objectId", app.objectId).texts("identifierUris", app.identifierUris).textIf("parent", app.parent).endObject();
}

setup::App appFrom(const json::Value& v, setup::AppKind kind)
{
    setup::App app {.name = v["name"].text(), .kind = kind, .displayName = v["title"].text(), .clientId = v["clientId"].text(), .objectId = v["objectId"].text(), .parent = v["parent"].text()};
    for (json::Value uri = v["identifierUris"].first(); uri; uri = uri.next())
        app.identifierUris.append(uri.text());
    return app;
}

void readOne(const json::Value& v, setup::Setup& into)
{
    const QString kind = v["kind"].text(), name = v["name"].text(), title = v["title"].text();
    if (kind == u"tenant")
        into.tenants.append({.name = name, .id = v["id"].text(), .displayName = title, .authority = v["authority"].text(), .v1Issuer = v["v1Issuer"].text()});
    else if (kind == u"user")
        into.users.append({.name = name, .username = v["username"].text(), .objectId = v["objectId"].text(), .displayName = title, .agent = v["agent"].text()});
    else if (kind == u"managedIdentity")
        into.managedIdentities.append({.name = name, .displayName = title, .clientId = v["clientId"].text(), .objectId = v["objectId"].text()});
    else if (kind == u"issuer")
        into.issuers.append({.name = name, .displayName = title, .issuer = v["issuer"].text(), .subject = v["subject"].text()});
    else if (kind == u"provider")
        into.providers.append({.name = name, .issuer = v["issuer"].text(), .clientId = v["clientId"].text()});
    else if (kind == u"target")
        into.targets.append({.name = name, .kind = v["targetKind"].text(), .displayName = title, .url = v["url"].text()});
    else if (const auto app = std::ranges::find(appKinds, kind); app != appKinds.end())
        into.apps.append(appFrom(v, setup::AppKind(app - appKinds.begin())));
}

} // namespace

void writeCast(json::Writer& out, const Source& source)
{
    const setup::Setup& setup = source.setup;
    const QSet<QString> found = mentioned(source.flow, source.run);
    const auto real = [&source](const QString& text) { return setup::unbound(text, source.bindings); };
    out.beginArray("cast");
    for (const setup::Tenant& t : setup.tenants)
        if (isIn(found, t.id, t.issuerV1(), t.issuerV2()))
            out.beginObject().text("kind", u"tenant"_s).text("name", t.name).textIf("title", t.displayName).text("id", t.id).text("authority", real(t.authority)).textIf("v1Issuer", real(t.v1Issuer)).endObject();
    for (const setup::User& u : setup.users)
        if (isIn(found, u.name, u.objectId))
            out.beginObject().text("kind", u"user"_s).text("name", u.name).textIf("title", u.displayName).textIf("username", u.username).text("objectId", u.objectId).textIf("agent", u.agent).endObject();
    for (const setup::App& app : setup.apps) {
        const bool named = std::ranges::any_of(app.identifierUris, [&](const QString& uri) { return found.contains(uri); });
        if (named || isIn(found, app.name, app.clientId, app.objectId))
            writeApp(out, app);
    }
    for (const setup::ManagedIdentity& m : setup.managedIdentities)
        if (isIn(found, m.name, m.clientId, m.objectId))
            out.beginObject().text("kind", u"managedIdentity"_s).text("name", m.name).textIf("title", m.displayName).text("clientId", m.clientId).text("objectId", m.objectId).endObject();
    for (const setup::Issuer& i : setup.issuers)
        if (isIn(found, i.name, i.issuer))
            out.beginObject().text("kind", u"issuer"_s).text("name", i.name).textIf("title", i.displayName).text("issuer", real(i.issuer)).textIf("subject", i.subject).endObject();
    for (const setup::Provider& p : setup.providers)
        if (isIn(found, p.name, p.issuer))
            out.beginObject().text("kind", u"provider"_s).text("name", p.name).text("issuer", real(p.issuer)).textIf("clientId", p.clientId).endObject();
    for (const setup::Target& t : setup.targets)
        if (isIn(found, t.name, t.url))
            out.beginObject().text("kind", u"target"_s).text("name", t.name).textIf("title", t.displayName).text("targetKind", t.kind).text("url", real(t.url)).endObject();
    out.endArray();
}

setup::Setup castOf(const json::Value& run, const setup::Bindings& bindings)
{
    setup::Setup setup {.id = run["setup"].text(), .title = run["setupTitle"].text()};
    for (json::Value v = run["cast"].first(); v; v = v.next())
        readOne(v, setup);
    const auto play = [&bindings](QString& text) {
        for (const setup::Binding& b : bindings)
            if (!b.real.isEmpty() && text.startsWith(b.real))
                text = b.bound + text.sliced(b.real.size());
    };
    for (setup::Tenant& t : setup.tenants) {
        play(t.authority);
        play(t.v1Issuer);
    }
    for (setup::Issuer& i : setup.issuers)
        play(i.issuer);
    for (setup::Provider& p : setup.providers)
        play(p.issuer);
    for (setup::Target& t : setup.targets)
        play(t.url);
    return setup;
}

} // namespace report
