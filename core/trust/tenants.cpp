// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tenants_p.h"

#include "core/trust/codes.h"
#include "core/trust/compare.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace trust {

namespace {

bool isShared(const QString& segment)
{
    return segment == "common"_L1 || segment == "organizations"_L1 || segment == "consumers"_L1;
}

const setup::Tenant* find(const setup::Setup& setup, const QString& segment)
{
    const auto it = std::ranges::find_if(setup.tenants, [&](const setup::Tenant& t) {
        return segment.compare(t.id, Qt::CaseInsensitive) == 0
            || (!t.domain.isEmpty() && segment.compare(t.domain, Qt::CaseInsensitive) == 0);
    });
    return it == setup.tenants.end() ? nullptr : &*it;
}

base::Check tenantCheck(const QString& segment)
{
    return {.id = u"tenant"_s, .title = u"Tenant"_s, .presented = segment,
            .presentedFrom = u"path of the address"_s,
            .expectedFrom = u"tenants of the setup"_s,
            .source = u"Microsoft: OAuth 2.0 endpoints of the identity platform"_s};
}

QString known(const setup::Setup& setup)
{
    QStringList ids;
    for (const setup::Tenant& tenant : setup.tenants)
        ids.append(tenant.id);
    return ids.join(u", "_s);
}

base::Check unknownClient(const setup::Setup& setup, const setup::Tenant& tenant, const QString& clientId)
{
    base::Check check {.id = u"client"_s, .title = u"Application"_s};
    QStringList ids;
    for (const setup::App& app : setup.apps)
        if (setup.tenantOf(app) == &tenant)
            ids.append(app.clientId);
    const CompareHints request {
        .setup = &setup, .presenter = u"request"_s, .contract = u"tenant"_s, .requestIsWrong = true};
    check = comparedWithAny(std::move(check), {clientId}, ids, request);
    check.expected = tenant.id;
    check.fix = u"Send the client id of an application of this tenant."_s;
    if (!check.near)
        check.fixValue.clear();
    return check;
}

QByteArray firstRepeated(const http::Form& form)
{
    for (const http::Parameter& parameter : form)
        if (parameter.name != "resource" && form.count(parameter.name) > 1)
            return parameter.name;
    return {};
}

} // namespace

void checkRepeats(Sheet& sheet, const http::Form& form)
{
    const QByteArray repeated = firstRepeated(form);
    if (repeated.isEmpty())
        return;
    const QString name = QString::fromUtf8(repeated.left(64));
    sheet.hold({.id = u"parameters"_s, .title = u"Parameters"_s, .expected = u"each once"_s,
                .presented = name,
                .fix = u"Send the parameter %1 once."_s.arg(name), .presentedFrom = u"request"_s,
                .source = u"RFC 6749, 3.2"_s},
               false, aadsts(9000411));
}

const setup::Tenant* checkTenant(Sheet& sheet, const setup::Setup& setup, const QString& segment,
    bool needsTenant)
{
    base::Check check = tenantCheck(segment);
    if (isShared(segment)) {
        check.expected = u"a tenant"_s;
        check.relation = u"the account's own tenant"_s;
        check.fix = u"Put the tenant's id into the address."_s;
        const bool available = !needsTenant && segment != "consumers"_L1 && setup.home();
        return sheet.hold(std::move(check), available, aadsts(9001023)) ? setup.home() : nullptr;
    }
    const setup::Tenant* tenant = find(setup, segment);
    check.expected = tenant ? tenant->id : known(setup);
    check.relation = segment == check.expected ? u"equal"_s : u"names the tenant"_s;
    check.fix = u"Put the id or a verified domain of the tenant into the address."_s;
    sheet.hold(std::move(check), tenant, aadsts(90002));
    return tenant;
}

const setup::App* checkClientKnown(Sheet& sheet, const setup::Setup& setup, const setup::Tenant* tenant,
    const QString& clientId)
{
    const setup::App* app = setup.appByClientId(clientId);
    if (app && tenant && setup.tenantOf(*app) != tenant)
        app = nullptr;
    base::Check check {.id = u"client"_s, .title = u"Application"_s};
    if (app) {
        check.presented = check.expected = clientId;
        check.relation = app->displayName.isEmpty() ? app->name : app->displayName;
    } else if (tenant) {
        check = unknownClient(setup, *tenant, clientId);
    } else {
        check.presented = clientId;
        check.expected = u"an application of the tenant"_s;
    }
    check.presentedFrom = u"client_id in the request"_s;
    check.expectedFrom = u"applications of the tenant"_s;
    check.source = u"Microsoft: error codes, AADSTS700016"_s;
    sheet.hold(std::move(check), app, aadsts(700016));
    if (app && app->disabled)
        sheet.hold({.id = u"client.state"_s, .title = u"State"_s, .expected = u"enabled"_s,
                    .presented = u"disabled"_s,
                    .fix = u"Enable the application in the tenant."_s, .fixValue = u"false"_s,
                    .fixPointer = app->pointer + u"/disabled"_s,
                    .source = u"Microsoft: error codes, AADSTS7000112"_s},
                   false, aadsts(7000112), sentence(aadsts(7000112), app->displayName));
    return app;
}

} // namespace trust
