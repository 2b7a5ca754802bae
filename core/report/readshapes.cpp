// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "readshapes.h"

namespace report {

using namespace Qt::StringLiterals;

namespace {

base::Condition conditionFrom(Reading& in, const json::Value& v)
{
    base::Condition out {.text = in.text(v, "text"), .word = in.textIf(v, "word")};
    out.outcome = in.named(v, "outcome", base::Outcome::Warning, base::outcomeName);
    out.why = in.textIf(v, "why");
    out.values = in.texts(v, "values");
    for (json::Value part = in.array(v, "parts", false).first(); part; part = part.next())
        out.parts.append(conditionFrom(in, part));
    return out;
}

std::optional<base::NearMiss> nearFrom(Reading& in, const json::Value& check)
{
    const json::Value v = in.object(check, "near", false);
    if (!v)
        return {};
    base::NearMiss near {.kind = in.named(v, "kind", base::Near::Lookalike, base::nearName)};
    if (const auto at = in.integer(v, "at"))
        near.at = *at;
    near.text = in.text(v, "text");
    return near;
}

std::optional<base::Refusal> refusalFrom(Reading& in, const json::Value& verdict)
{
    const json::Value v = in.object(verdict, "refusal", false);
    if (!v)
        return {};
    return base::Refusal {.status = int(in.integer(v, "status", true).value_or(0)), .error = in.text(v, "error"), .code = in.textIf(v, "code"), .text = in.textIf(v, "text"),
        .suberror = in.textIf(v, "suberror")};
}

} // namespace

base::Check checkFrom(Reading& in, const json::Value& v)
{
    base::Check c {.id = in.text(v, "id"), .group = in.textIf(v, "group"), .title = in.text(v, "title"), .expected = in.text(v, "expected"), .presented = in.text(v, "presented")};
    c.outcome = in.named(v, "outcome", base::Outcome::Warning, base::outcomeName);
    c.relation = in.textIf(v, "relation");
    c.near = nearFrom(in, v);
    c.fix = in.textIf(v, "fix");
    c.fixValue = in.textIf(v, "fixValue");
    c.fixPointer = in.textIf(v, "fixPointer");
    c.presentedFrom = in.textIf(v, "presentedFrom");
    c.expectedFrom = in.textIf(v, "expectedFrom");
    c.source = in.textIf(v, "source");
    if (const json::Value condition = in.object(v, "condition", false))
        c.condition.append(conditionFrom(in, condition));
    return c;
}

QList<base::Check> checksFrom(Reading& in, const json::Value& parent, const char* name, bool needed)
{
    QList<base::Check> out;
    for (json::Value v = in.array(parent, name, needed).first(); v; v = v.next())
        out.append(checkFrom(in, v));
    return out;
}

std::optional<base::Verdict> verdictFrom(Reading& in, const json::Value& parent, const char* name)
{
    const json::Value v = in.object(parent, name, false);
    if (!v)
        return {};
    base::Verdict out {.receiver = in.text(v, "receiver"), .contract = in.text(v, "contract")};
    out.decision = in.named(v, "outcome", base::Decision::NotEvaluated, base::decisionName);
    out.checks = checksFrom(in, v, "checks");
    out.closest = in.textIf(v, "closest");
    out.confidence = in.named(v, "confidence", base::Confidence::Unknown, base::confidenceName);
    out.refusal = refusalFrom(in, v);
    return out;
}

flow::Party partyFrom(Reading& in, const json::Value& parent, const char* name)
{
    const json::Value v = in.object(parent, name, false);
    if (!v)
        return {};
    return {in.named(v, "kind", flow::PartyKind::Host, chain::partyName), in.text(v, "id"), in.text(v, "title")};
}

} // namespace report
