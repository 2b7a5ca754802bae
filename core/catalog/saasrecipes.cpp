// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "saasrecipes.h"

#include "cast.h"
#include "need_p.h"

#include "core/federation/saas.h"
#include "core/setup/saasprofile.h"

namespace catalog {

using namespace Qt::StringLiterals;
using base::Result;
using flow::Flow;

Result<Flow> saasSignIn(const setup::Setup& setup, const setup::FlowSpec& spec)
{
    const Cast cast(setup, spec);
    NEED(user, cast.user());
    NEED(target, cast.target(spec.target, "target"));
    const QStringList scopes = spec.scopes.isEmpty() ? target.scopes : spec.scopes;
    Flow flow;
    flow.steps = {federation::saasSignIn(target, user, scopes, {}), federation::saasRedeem(setup, target, user, {})};
    const flow::Party client = flow.steps.back().becomes;
    flow.steps.append(federation::saasCall(target, client, u"Ts"_s, u"saas-call"_s, {}));
    if (!setup::givesRefreshTokens(target))
        return flow;
    flow.steps.append(federation::saasRefresh(setup, target, user, {}));
    flow.steps.append(federation::saasCall(target, client, u"Ts2"_s, u"saas-call-again"_s, {}));
    return flow;
}

} // namespace catalog
