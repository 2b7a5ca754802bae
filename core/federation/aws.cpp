// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "aws.h"

namespace federation {

using namespace Qt::StringLiterals;

namespace {

flow::Party cloud(const setup::Target& target)
{
    return {flow::PartyKind::Downstream, target.name, target.displayName.isEmpty() ? target.name : target.displayName};
}

flow::Value member(const QString& text, const setup::Target& target, const QString& name)
{
    return flow::fromSetup(text, target.pointer + u'/' + name);
}

QString keyIdSlot(const flow::Frame& frame) { return frame.slot(u"access key id"_s); }
QString secretSlot(const flow::Frame& frame) { return frame.slot(u"secret access key"_s); }

QString roleName(const setup::Target& target) { return target.roleArn.section(u'/', -1); }

flow::Step query(const setup::Target& target, const flow::Party& asker, const QByteArray& action, const flow::Frame& frame)
{
    flow::Step step;
    step.group = frame.group;
    step.from = asker;
    step.to = step.becomes = cloud(target);
    step.contractName = roleName(target);
    step.url = member(target.url + u'/', target, u"url"_s);
    step.format = flow::BodyFormat::Form;
    step.body = {{"Action", flow::literal(action)}, {"Version", flow::literal("2011-06-15")}};
    return step;
}

/// Policies for this session alone, out of the target's settings: `sessionPolicy` (a policy document, or its text) and
/// `sessionPolicyArns` (STS: AssumeRoleWithWebIdentity, Policy and PolicyArns).
QList<flow::Field> sessionPolicies(const setup::Target& target)
{
    QList<flow::Field> fields;
    const json::Value settings = target.settings.root(), policy = settings["sessionPolicy"];
    if (policy)
        fields.append({"Policy", member(policy.isString() ? policy.text() : QString::fromUtf8(policy.raw()), target, u"settings/sessionPolicy"_s)});
    int number = 0;
    for (json::Value arn = settings["sessionPolicyArns"].first(); arn; arn = arn.next()) {
        ++number;
        fields.append({"PolicyArns.member." + QByteArray::number(number) + ".arn",
            member(arn.text(), target, u"settings/sessionPolicyArns/%1"_s.arg(number - 1))});
    }
    return fields;
}

flow::Yield yieldOf(const QString& pointer, const QString& slot)
{
    return {.pointer = u"/AssumeRoleWithWebIdentityResponse/AssumeRoleWithWebIdentityResult/"_s + pointer, .slot = slot};
}

} // namespace

QString assumedRoleSlot(const flow::Frame& frame) { return frame.slot(u"assumed role"_s); }

flow::Step assumeRole(const setup::Target& target, const flow::Party& asker, const QString& tokenSlot, const QString& sessionSlot, const flow::Frame& frame)
{
    flow::Step step = query(target, asker, "AssumeRoleWithWebIdentity", frame);
    step.id = frame.id(u"assume-role"_s);
    step.title = u"Assume the role at %1"_s.arg(step.to.title);
    step.shortTitle = u"Assume role"_s;
    step.explain = u"assume-role"_s;
    step.presents = {{.slot = frame.slot(tokenSlot), .kind = flow::Evidence::Kind::Token, .title = frame.slot(tokenSlot)}};
    step.contract = {u"aws.web-identity"_s, target.pointer};
    step.contractKind = u"trust policy"_s;
    const QString session = target.sessionName.isEmpty() ? u"trustwalk"_s : target.sessionName;
    step.body.append({
        {"RoleArn", member(target.roleArn, target, u"roleArn"_s)},
        {"RoleSessionName", member(session, target, u"sessionName"_s)},
        {"WebIdentityToken", flow::fromToken(frame.slot(tokenSlot))},
    });
    if (const QList<flow::Field> policies = sessionPolicies(target); !policies.isEmpty()) {
        step.body += policies;
        step.explain = u"assume-role.limited"_s;
    }
    flow::Yield sessionToken = yieldOf(u"Credentials/SessionToken"_s, frame.slot(sessionSlot));
    sessionToken.token = true;
    sessionToken.speaker = cloud(target);
    step.yields = {sessionToken, yieldOf(u"Credentials/AccessKeyId"_s, keyIdSlot(frame)),
        yieldOf(u"Credentials/SecretAccessKey"_s, secretSlot(frame)), yieldOf(u"AssumedRoleUser/Arn"_s, assumedRoleSlot(frame))};
    if (step.explain == u"assume-role.limited") {
        step.yields.append(yieldOf(u"PackedPolicySize"_s, frame.slot(u"packed policy size"_s)));
        step.yields.back().required = false;
    }
    return step;
}

flow::Step callerIdentity(const setup::Target& target, const flow::Party& asker, const QString& sessionSlot, const flow::Frame& frame)
{
    flow::Step step = query(target, asker, "GetCallerIdentity", frame);
    step.id = frame.id(u"caller-identity"_s);
    step.title = u"Ask who is calling"_s;
    step.shortTitle = u"Caller identity"_s;
    step.explain = u"caller-identity"_s;
    step.presents = {{.slot = frame.slot(sessionSlot), .kind = flow::Evidence::Kind::Token, .title = frame.slot(sessionSlot)}};
    step.contract = {u"aws.call"_s, target.pointer};
    step.contractKind = u"session"_s;
    step.signature = flow::RequestSignature {.service = "sts", .region = member(target.region, target, u"region"_s),
        .keyIdSlot = keyIdSlot(frame), .secretSlot = secretSlot(frame), .sessionSlot = frame.slot(sessionSlot)};
    step.yields = {{.pointer = u"/GetCallerIdentityResponse/GetCallerIdentityResult/Arn"_s, .slot = frame.slot(u"caller"_s)}};
    return step;
}

} // namespace federation
