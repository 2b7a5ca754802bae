// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "awsfaults.h"

#include "core/lab/setupedits.h"

using namespace Qt::StringLiterals;

namespace lab {

namespace {

/// What an edit of a policy is made for: the statement's value of one condition key.
struct Place
{
    const setup::Target& target;
    json::Value key {};
    QString pointer() const { return target.pointer + u"/trustPolicy"_s + key.pointer(); }
};

/// Every condition key of the AWS roles that the flows use whose name ends so.
QList<Place> placesOf(const Setup& setup, QLatin1StringView end)
{
    QList<Place> out;
    for (const setup::Target* target : targets(setup, "aws"_L1)) {
        for (json::Value each = target->trustPolicy.root()["Statement"].first(); each; each = each.next())
            for (json::Value op = each["Condition"].first(); op; op = op.next())
                for (json::Value key = op.first(); key; key = key.next())
                    if (key.keyText().endsWith(end))
                        out.append({*target, key});
    }
    return out;
}

QByteArray compact(const QString& name, const json::Value& value)
{
    return '{' + json::quoted(name) + ':' + value.raw().toByteArray() + '}';
}

/// The operator of each place with the keys called otherwise.
base::Result<Setup> renamedKeys(const Setup& setup, QString (*rename)(const QString&))
{
    QList<Edit> edits;
    for (const setup::Target* target : targets(setup, "aws"_L1)) {
        int index = 0;
        for (json::Value each = target->trustPolicy.root()["Statement"].first(); each; each = each.next(), ++index)
            for (json::Value op = each["Condition"].first(); op; op = op.next()) {
                QByteArrayList members;
                for (json::Value key = op.first(); key; key = key.next()) {
                    const QByteArray object = compact(rename(key.keyText()), key);
                    members.append(object.sliced(1, object.size() - 2));
                }
                edits.append({target->pointer + u"/trustPolicy"_s + op.pointer(), '{' + members.join(',') + '}'});
            }
    }
    return withEdits(setup, edits);
}

QString withOtherSlash(const QString& key)
{
    const qsizetype colon = key.lastIndexOf(u':');
    const QString url = key.left(colon), name = key.sliced(colon);
    return url.endsWith(u'/') ? QString(url.chopped(1) + name) : QString(url + u'/' + name);
}

/// The caller that the flow of this target presents: the agent, or the intermediary.
QString callerOf(const Setup& setup, const setup::Target& target)
{
    for (const setup::FlowSpec& flow : setup.flows) {
        const setup::App* app = setup.app(flow.agent.isEmpty() ? flow.intermediary : flow.agent);
        if (app && flow.target == target.name)
            return app->clientId;
    }
    return {};
}

} // namespace

base::Result<Setup> awsSubjectCase(const Setup& setup)
{
    QList<Edit> edits;
    for (const Place& place : placesOf(setup, ":sub"_L1))
        if (place.key.isString())
            edits.append({place.pointer(), jsonText(place.key.text().toUpper())});
    return withEdits(setup, edits);
}

base::Result<Setup> awsAudienceUnlisted(const Setup& setup)
{
    QList<Edit> edits;
    for (const setup::Target* target : targets(setup, "aws"_L1))
        edits.append({target->pointer + u"/provider/ClientIDList"_s, R"(["sts.amazonaws.com"])"});
    return withEdits(setup, edits);
}

/// The list holds what stands in aud, as one would write it. A token that has azp is looked up by that.
base::Result<Setup> awsAzpAsAud(const Setup& setup)
{
    QList<Edit> edits;
    for (const setup::Target* target : targets(setup, "aws"_L1)) {
        const setup::App* resource = setup.app(target->resource);
        const QString caller = callerOf(setup, *target);
        if (!resource || caller.isEmpty() || resource->requestedAccessTokenVersion != 2)
            continue;
        edits.append({target->pointer + u"/provider/ClientIDList"_s, '[' + jsonText(resource->clientId) + ']'});
        for (const Place& place : placesOf(setup, ":aud"_L1))
            if (&place.target == target)
                edits.append({place.pointer(), jsonText(resource->clientId)});
    }
    return withEdits(setup, edits);
}

base::Result<Setup> awsKeySlash(const Setup& setup) { return renamedKeys(setup, withOtherSlash); }

base::Result<Setup> awsActionMissing(const Setup& setup)
{
    QList<Edit> edits;
    for (const setup::Target* target : targets(setup, "aws"_L1)) {
        for (json::Value each = target->trustPolicy.root()["Statement"].first(); each; each = each.next())
            if (each["Action"])
                edits.append({target->pointer + u"/trustPolicy"_s + each["Action"].pointer(), jsonText(u"sts:AssumeRole"_s)});
    }
    return withEdits(setup, edits);
}

base::Result<Setup> awsProviderWrong(const Setup& setup)
{
    QList<Edit> edits;
    for (const setup::Target* target : targets(setup, "aws"_L1)) {
        for (json::Value each = target->trustPolicy.root()["Statement"].first(); each; each = each.next())
            if (each["Principal"]["Federated"])
                edits.append({target->pointer + u"/trustPolicy"_s + each["Principal"]["Federated"].pointer(),
                    jsonText(u"arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"_s)});
    }
    return withEdits(setup, edits);
}

namespace {

/// A session policy at every role, in place of the one that may be there.
base::Result<Setup> withSessionPolicy(const Setup& setup, const QByteArray& policy)
{
    QList<Edit> edits;
    for (const setup::Target* target : targets(setup, "aws"_L1)) {
        const QString settings = target->pointer + u"/settings"_s;
        edits.append(target->settings.root().isObject() ? Edit {QString(settings + u"/sessionPolicy"_s), policy}
                                                        : Edit {settings, QByteArray("{\"sessionPolicy\":" + policy + '}')});
    }
    return withEdits(setup, edits);
}

} // namespace

base::Result<Setup> awsSessionPolicyBroken(const Setup& setup)
{
    return withSessionPolicy(setup, jsonText(u"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]"_s));
}

base::Result<Setup> awsSessionPolicyLarge(const Setup& setup)
{
    QByteArrayList buckets;
    for (int i = 0; i < 100; ++i)
        buckets.append("\"arn:aws:s3:::claims-" + QByteArray::number(i) + "/*\"");
    return withSessionPolicy(setup,
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":[)" + buckets.join(',') + "]}]}");
}

/// The flow leaves the intermediary out, and the role trusts the managed identity itself: everything fits, but the
/// audience is the exchange resource's.
base::Result<Setup> awsDirectToken(const Setup& setup)
{
    const setup::Tenant* home = setup.home();
    QList<Edit> edits;
    for (const setup::FlowSpec& flow : setup.flows) {
        const setup::Target* target = setup.target(flow.target);
        const setup::ManagedIdentity* identity = setup.managedIdentity(flow.managedIdentity);
        if (flow.recipe != "aws-intermediary"_L1 || !target || !identity || !home)
            continue;
        const QString url = home->issuerV2().section("://"_L1, 1), guid = setup::exchangeAudienceGuid.toString();
        const QString arn = u"arn:aws:iam::%1:oidc-provider/%2"_s.arg(target->roleArn.section(u':', 4, 4), url);
        edits.append({flow.pointer + u"/recipe"_s, jsonText(u"aws-direct"_s)});
        edits.append({target->pointer + u"/provider/Url"_s, jsonText(url)});
        edits.append({target->pointer + u"/provider/ClientIDList"_s, '[' + jsonText(guid) + ',' + jsonText(identity->clientId) + ']'});
        edits.append({target->pointer + u"/trustPolicy/Statement"_s,
            R"([{"Sid":"ManagedIdentity","Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity","Principal":{"Federated":)"
                + jsonText(arn) + R"(},"Condition":{"StringEquals":{)" + jsonText(QString(url + u":sub"_s)) + ':'
                + jsonText(identity->objectId) + "}}}]"});
    }
    return withEdits(setup, edits);
}

} // namespace lab
