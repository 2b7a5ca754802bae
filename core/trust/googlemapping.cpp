// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "google_p.h"

#include "core/base/jsontexts.h"
#include "core/trust/cel.h"
#include "core/trust/conditionnear_p.h"

using namespace Qt::StringLiterals;

namespace trust {

namespace {

constexpr qsizetype longestSubject = 127; // bytes

const QString& page()
{
    static const QString text = u"Google Cloud: attribute mappings and conditions"_s;
    return text;
}

QString noClaim() { return u"The token has no claim %1."_s; }

cel::Environment assertionAlone(const GoogleCase& c)
{
    return {.variables = {{u"assertion"_s, c.token.payload.root(), noClaim()}}, .vocabulary = cel::Vocabulary::Mappings};
}

base::Check line(GoogleCase& c, const QString& id, const QString& key)
{
    return {.id = id, .title = key, .fixPointer = c.place("/attributeMapping/"_L1) + key,
            .presentedFrom = u"claims of the token"_s, .expectedFrom = u"field attributeMapping of the provider"_s,
            .source = page()};
}

/// The subject is what IAM knows the workload by: without one there is no identity.
QString checkSubject(GoogleCase& c)
{
    const json::Value expression = c.provider["attributeMapping"]["google.subject"];
    base::Check check = line(c, u"subject"_s, u"google.subject"_s);
    check.expected = u"a text of %1 bytes at most"_s.arg(longestSubject);
    if (!c.knowsDemands() && !c.provider["attributeMapping"]) {
        check.presented = u"not known"_s;
        c.sheet.unknown(std::move(check), u"Only the provider's name is known here, not its mapping and condition."_s);
        return {};
    }
    if (!expression.isString()) {
        check.presented = u"not mapped"_s;
        check.fix = u"Map google.subject, for instance to assertion.sub."_s;
        check.fixValue = u"assertion.sub"_s;
        c.sheet.refuse(std::move(check), u"The mapping has no google.subject."_s, googleAnswer("subject_missing"));
        return {};
    }
    const cel::Computed computed = cel::compute(expression.text(), assertionAlone(c));
    check.presentedFrom = expression.text();
    if (computed.state == cel::Computed::State::Unknown) {
        check.presented = expression.text();
        c.sheet.unknown(std::move(check), computed.why);
        return {};
    }
    if (computed.state == cel::Computed::State::Error) {
        check.presented = u"(missing)"_s;
        check.fix = u"Map google.subject to a claim that the token has."_s;
        c.sheet.refuse(std::move(check), computed.why, googleAnswer("subject_missing"));
        return {};
    }
    const json::Document value = json::Document::read(computed.json);
    check.presented = value.root().display();
    if (!value.root().isString()) {
        check.fix = u"Map google.subject to a text, not to a %1."_s.arg(computed.type);
        c.sheet.refuse(std::move(check), u"The expression gives a %1."_s.arg(computed.type), googleAnswer("mapping_not_text"));
        return {};
    }
    const qsizetype size = value.root().bytes().size();
    if (size > longestSubject) {
        check.fix = u"Map google.subject to something shorter, such as a part of it: assertion.sub.split(':')[1]."_s;
        c.sheet.refuse(std::move(check), u"It has %1 bytes."_s.arg(size), googleAnswer("mapping_too_long"));
        return {};
    }
    check.relation = u"%1 bytes"_s.arg(size);
    c.sheet.hold(std::move(check), true, googleAnswer("mapping_too_long"));
    return value.root().text();
}

/// Every other attribute. One that cannot be computed is said and left out: what Google then does is not documented.
void mapAttribute(GoogleCase& c, const json::Value& expression, GoogleIdentity& identity)
{
    const QString key = expression.keyText();
    const cel::Computed computed = cel::compute(expression.text(), assertionAlone(c));
    if (computed.state != cel::Computed::State::Value) {
        base::Check check = line(c, u"claims."_s + key, key);
        check.expected = expression.text();
        check.presented = computed.values.isEmpty() ? u"(missing)"_s : computed.values.join(u", "_s);
        check.fixPointer.clear();
        check.relation = computed.why + (computed.state == cel::Computed::State::Error ? u" The attribute stays empty."_s : QString());
        if (computed.state == cel::Computed::State::Unknown)
            c.sheet.unknown(std::move(check), computed.why);
        else
            c.sheet.warn(std::move(check));
        return;
    }
    const json::Document value = json::Document::read(computed.json);
    if (key == "google.groups"_L1)
        identity.groups = value.root().isArray() ? json::textsIn(value.root()) : QStringList {value.root().display()};
    else if (key.startsWith("attribute."_L1))
        identity.attributes.append({key.mid(10), value.root().isString() ? value.root().text() : value.root().display()});
}

json::Document googleVariable(const GoogleIdentity& identity)
{
    QByteArrayList groups;
    for (const QString& group : identity.groups)
        groups.append(json::quoted(group));
    return json::Document::read("{\"subject\":" + json::quoted(identity.subject) + ",\"groups\":[" + groups.join(',') + "]}");
}

json::Document attributeVariable(const GoogleIdentity& identity)
{
    QByteArrayList members;
    for (const auto& [name, value] : identity.attributes)
        members.append(json::quoted(name) + ':' + json::quoted(value));
    return json::Document::read('{' + members.join(',') + '}');
}

void checkCondition(GoogleCase& c, const GoogleIdentity& identity)
{
    const QString condition = c.provider["attributeCondition"].text();
    if (condition.isEmpty() && !c.knowsDemands())
        return; // said with the mapping
    base::Check check {.id = u"condition"_s, .title = u"Attribute condition"_s, .expected = condition,
                       .fix = u"Change the condition, or present a token for which it is true."_s,
                       .fixPointer = c.place("/attributeCondition"_L1), .presentedFrom = u"claims of the token"_s,
                       .expectedFrom = u"field attributeCondition of the provider"_s, .source = page()};
    if (condition.isEmpty()) {
        check.expected = u"a condition"_s;
        check.presented = u"none"_s;
        check.fix.clear();
        check.relation = u"Without a condition every token of the issuer with this audience becomes a principal of the pool."_s;
        c.sheet.warn(std::move(check));
        return;
    }
    const json::Document own = googleVariable(identity), attribute = attributeVariable(identity);
    cel::Environment environment = assertionAlone(c);
    environment.variables.append({u"google"_s, own.root(), u"The mapping gives no google.%1."_s});
    environment.variables.append({u"attribute"_s, attribute.root(), u"The mapping gives no attribute.%1."_s});
    const cel::Result result = cel::evaluate(condition, environment);
    check.presented = result.values.join(u", "_s);
    check.relation = u"true"_s;
    check.condition = {cel::explain(condition, environment)};
    const bool asGrant = c.settings["conditionError"].text() == "invalid_grant"_L1;
    const Answer& answer = googleAnswer(asGrant ? "condition_false_grant" : "condition_false");
    if (!result.holds) {
        c.sheet.unknown(std::move(check), result.why);
    } else if (*result.holds) {
        c.sheet.hold(std::move(check), true, answer);
    } else {
        CompareHints hints = c.hints();
        hints.contract = u"condition"_s;
        explainCondition(check, result, hints, c.token);
        c.sheet.refuse(std::move(check), result.why.isEmpty() ? u"The condition is false for this token."_s : result.why, answer);
    }
}

} // namespace

QString GoogleIdentity::principal() const
{
    return subject.isEmpty() ? QString() : QString(u"principal://iam.googleapis.com/"_s + pool + u"/subject/"_s + subject);
}

QStringList GoogleIdentity::sets() const
{
    const QString root = u"principalSet://iam.googleapis.com/"_s + pool;
    QStringList out;
    for (const QString& group : groups)
        out.append(root + u"/group/"_s + group);
    for (const auto& [name, value] : attributes)
        out.append(root + u"/attribute."_s + name + u'/' + value);
    out.append(root + u"/*"_s);
    return out;
}

GoogleIdentity checkGoogleMapping(GoogleCase& c)
{
    c.sheet.begin(u"Attribute mapping of "_s + googleName(c.provider));
    GoogleIdentity identity {.pool = c.provider["name"].text().section(u"/providers/"_s, 0, 0)};
    identity.subject = checkSubject(c);
    for (json::Value each = c.provider["attributeMapping"].first(); each; each = each.next())
        if (each.key() != "google.subject")
            mapAttribute(c, each, identity);
    checkCondition(c, identity);
    return identity;
}

} // namespace trust
