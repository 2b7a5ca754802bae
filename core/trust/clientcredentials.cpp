// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "tokencase_p.h"

#include "core/trust/codes.h"

using namespace Qt::StringLiterals;

namespace trust {

void checkClientCredentials(TokenCase& c)
{
    if (!checkParameter(c, "scope"))
        return;
    const ScopeRequest scopes = readScopes(c.text("scope"), c.setup);
    if (!scopes.asksResource())
        c.sheet.hold({.id = u"scope"_s, .title = u"Scopes"_s, .expected = u"<resource>/.default"_s,
                      .presented = scopes.text,
                      .fix = u"Name the resource: <resource>/.default."_s,
                      .presentedFrom = u"scope in the request"_s,
                      .source = u"Microsoft: OAuth 2.0 client credentials flow"_s},
                     false, aadsts(700023));
    checkScopes(c, scopes);
    checkBlueprintRules(c, scopes);
}

} // namespace trust
