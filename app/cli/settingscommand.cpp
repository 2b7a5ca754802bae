// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "settingscommand.h"

#include "output.h"

#include "core/base/jsonwriter.h"
#include "core/diagnosis/settingsrules.h"
#include "core/report/shapes.h"
#include "core/setup/file.h"
#include "core/setup/sidecarreading.h"

#include <algorithm>
#include <array>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

struct Form
{
    QLatin1StringView name;
    setup::SettingsForm form;
};
constexpr std::array forms {Form {"env"_L1, setup::SettingsForm::Env}, Form {"appsettings"_L1, setup::SettingsForm::AppSettings},
    Form {"compose"_L1, setup::SettingsForm::Compose}};

QString sign(setup::SettingChange::Kind kind)
{
    using Kind = setup::SettingChange::Kind;
    return kind == Kind::Added ? u"+ "_s : kind == Kind::Removed ? u"- "_s : u"  "_s;
}

/// Secret-based on the left, federated on the right: what differs is one block.
int showDifference(const QList<setup::Setting>& secret, const QList<setup::Setting>& federated, bool json)
{
    using Kind = setup::SettingChange::Kind;
    json::Writer out;
    out.beginObject().beginArray("changes");
    for (const setup::SettingChange& change : setup::compareSettings(secret, federated)) {
        out.beginObject().text("change", change.kind == Kind::Added ? u"added"_s : change.kind == Kind::Removed ? u"removed"_s : u"same"_s)
            .text("key", change.setting.key).text("value", change.setting.value).endObject();
        if (!json)
            print(u"%1%2=%3\n"_s.arg(sign(change.kind), change.setting.key, change.setting.value));
    }
    out.endArray().endObject();
    if (json)
        print(out.done());
    return Accepted;
}

int showSettings(const QList<setup::Setting>& settings, setup::SettingsForm form, bool json)
{
    if (!json) {
        print(setup::writeSettings(settings, form));
        return Accepted;
    }
    json::Writer out;
    out.beginObject().beginArray("settings");
    for (const setup::Setting& setting : settings)
        out.beginObject().text("key", setting.key).text("value", setting.value).flag("secret", setting.secret).flag("credential", setting.ofCredential).endObject();
    print(out.endArray().text("text", QString::fromUtf8(setup::writeSettings(settings, form))).endObject().done());
    return Accepted;
}

void writeReading(json::Writer& out, const setup::SidecarReading& reading)
{
    out.text("tenantId", reading.tenantId).text("blueprint", reading.clientId).textIf("agent", reading.agentClientId).beginArray("credentials");
    for (const setup::SidecarCredential& credential : reading.credentials)
        out.beginObject().number("index", credential.index).text("sourceType", credential.sourceType).endObject();
    out.endArray().beginArray("apis");
    for (const setup::SidecarApi& api : reading.apis)
        out.beginObject().text("name", api.name).text("baseUrl", api.target).texts("scopes", api.scopes).flag("appToken", api.appToken).endObject();
    out.endArray().texts("notUnderstood", reading.notUnderstood);
}

int readFile(const QString& file, bool json)
{
    const auto text = readInput(file);
    if (!text)
        return fail(text.error());
    const auto reading = setup::readSidecarSettings(*text, file);
    if (!reading)
        return fail(reading.error());
    const QList<base::Finding> findings = diagnosis::lintSettings(*reading);
    json::Writer out;
    out.beginObject();
    writeReading(out, *reading);
    report::write(out, "findings", findings);
    const QByteArray document = out.endObject().done();
    if (json) {
        print(document);
    } else {
        print(u"tenant %1, blueprint %2\n"_s.arg(reading->tenantId, reading->clientId));
        for (const base::Finding& each : findings)
            print(u"%1  %2  %3\n    %4\n    %5\n"_s.arg(base::severityName(each.severity), each.rule, each.title, each.text, each.fix));
        for (const QString& each : reading->notUnderstood)
            print(u"not understood: %1\n"_s.arg(each));
    }
    return hasErrors(findings) ? Refused : Accepted;
}

} // namespace

int settingsCommand(const Arguments& arguments)
{
    if (arguments.has("read"))
        return readFile(arguments.value("read"), arguments.json());
    if (arguments.count() == 0)
        return fail({u"usage"_s, u"settings takes a setup, or --read FILE."_s, {}});
    const auto setup = setup::load(arguments.at(0));
    if (!setup)
        return fail(setup.error());
    const setup::Target* sidecar = setup::sidecarOf(*setup, arguments.value("flow"));
    if (!sidecar)
        return fail({u"usage"_s, u"The setup has no sidecar on that way."_s, {}});
    const QString as = arguments.has("as") ? arguments.value("as") : u"env"_s;
    const auto form = std::ranges::find_if(forms, [&](const Form& f) { return as == f.name; });
    if (form == forms.end())
        return fail({u"usage"_s, u"--as takes env, appsettings or compose, and got %1."_s.arg(as), {}});
    const auto plan = setup::sidecarPlan(*setup, *sidecar);
    const auto secret = setup::sidecarSettings(*setup, *sidecar, setup::SidecarPattern::Secret);
    const auto federated = setup::sidecarSettings(*setup, *sidecar, setup::federatedPattern(*setup, *sidecar));
    if (!secret || !federated)
        return fail(secret ? federated.error() : secret.error());
    if (arguments.has("diff"))
        return showDifference(*secret, *federated, arguments.json());
    return showSettings(plan->pattern == setup::SidecarPattern::Secret ? *secret : *federated, form->form, arguments.json());
}

} // namespace cli
