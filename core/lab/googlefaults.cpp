// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "googlefaults.h"

#include "core/lab/setupedits.h"


using namespace Qt::StringLiterals;

namespace lab {

namespace {

using setup::Setup;

/// The same edit below each Google target that has a value for it; an empty one leaves the target alone.
template <typename Value>
base::Result<Setup> editProviders(const Setup& setup, QLatin1StringView member, Value value)
{
    QList<Edit> edits;
    for (const setup::Target* target : targets(setup, "google"_L1)) {
        const QByteArray json = value(*target);
        if (!json.isEmpty())
            edits.append({QString(target->pointer + u'/' + member), json});
    }
    return withEdits(setup, edits);
}

json::Value provider(const setup::Target& target) { return target.provider.root(); }

QString conditionOf(const setup::Target& target) { return provider(target)["attributeCondition"].text(); }

/// What stands in quotes, in upper case.
QString shouted(const QString& condition)
{
    QString out = condition;
    bool quoted = false;
    for (QChar& c : out) {
        quoted = c == u'\'' || c == u'"' ? !quoted : quoted;
        c = quoted ? c.toUpper() : c;
    }
    return out;
}

} // namespace

base::Result<Setup> googleProviderDisabled(const Setup& setup)
{
    return editProviders(setup, "provider/disabled"_L1, [](const setup::Target&) { return QByteArray("true"); });
}

base::Result<Setup> googleAudienceUriOnly(const Setup& setup)
{
    return editProviders(setup, "provider/oidc/allowedAudiences"_L1, [&](const setup::Target& target) {
        const setup::App* resource = setup.app(target.resource);
        const QString uri = resource ? resource->identifierUris.value(0) : QString();
        return uri.isEmpty() ? QByteArray() : QByteArray('[' + jsonText(uri) + ']');
    });
}

base::Result<Setup> googleIssuerSlash(const Setup& setup)
{
    return editProviders(setup, "provider/oidc/issuerUri"_L1, [](const setup::Target& target) {
        const QString issuer = provider(target)["oidc"]["issuerUri"].text();
        return jsonText(issuer.endsWith(u'/') ? issuer.chopped(1) : QString(issuer + u'/'));
    });
}

base::Result<Setup> googleKeysStale(const Setup& setup)
{
    return editProviders(setup, "provider/oidc/jwksJson"_L1, [](const setup::Target&) {
        return jsonText(QString::fromLatin1("{\"keys\":[" + formerKey() + "]}"));
    });
}

base::Result<Setup> googleIssuerV1(const Setup& setup)
{
    return editProviders(setup, "provider/oidc/issuerUri"_L1, [&](const setup::Target&) {
        return setup.home() && !setup.home()->v1Issuer.isEmpty() ? jsonText(setup.home()->issuerV1()) : QByteArray();
    });
}

base::Result<Setup> googleConditionCase(const Setup& setup)
{
    return editProviders(setup, "provider/attributeCondition"_L1, [](const setup::Target& target) {
        const QString condition = conditionOf(target);
        return condition == shouted(condition) ? QByteArray() : jsonText(shouted(condition));
    });
}

base::Result<Setup> googleConditionFunction(const Setup& setup)
{
    return editProviders(setup, "provider/attributeCondition"_L1, [](const setup::Target& target) {
        const QString condition = conditionOf(target);
        return jsonText(condition + u" && assertion.sub.substring(0, 4) != '0000'"_s);
    });
}

base::Result<Setup> googleSubjectLong(const Setup& setup)
{
    return editProviders(setup, "provider/attributeMapping/google.subject"_L1,
        [](const setup::Target&) { return jsonText(u"assertion.iss + '::' + assertion.sub + '::' + assertion.tid"_s); });
}

base::Result<Setup> googleSubjectUnmapped(const Setup& setup)
{
    return editProviders(setup, "provider/attributeMapping/google.subject"_L1,
        [](const setup::Target&) { return jsonText(u"assertion.email"_s); });
}

base::Result<Setup> googleProjectId(const Setup& setup)
{
    return editProviders(setup, "provider/name"_L1, [](const setup::Target& target) {
        const QStringList parts = provider(target)["name"].text().split(u'/');
        const QString id = target.settings.root()["project"].text();
        if (parts.size() < 2 || id.isEmpty())
            return QByteArray();
        QStringList named = parts;
        named[1] = id;
        return jsonText(named.join(u'/'));
    });
}

base::Result<Setup> googleImpersonationDenied(const Setup& setup)
{
    return editProviders(setup, "settings/serviceAccountPolicy/bindings"_L1, [](const setup::Target& target) {
        return target.settings.root()["serviceAccountPolicy"] ? QByteArray("[]") : QByteArray();
    });
}

base::Result<Setup> googleMemberCase(const Setup& setup)
{
    return editProviders(setup, "settings/serviceAccountPolicy/bindings/0/members/0"_L1, [](const setup::Target& target) {
        const QString member
            = target.settings.root()["serviceAccountPolicy"]["bindings"].first()["members"].first().text();
        const qsizetype at = member.lastIndexOf(u'/') + 1;
        return at > 0 ? jsonText(QString(member.left(at) + member.mid(at).toUpper())) : QByteArray();
    });
}

base::Result<Setup> googleCallDenied(const Setup& setup)
{
    return editProviders(setup, "settings/resourcePolicy/bindings"_L1, [](const setup::Target& target) {
        return target.settings.root()["resourcePolicy"] ? QByteArray("[]") : QByteArray();
    });
}

} // namespace lab
