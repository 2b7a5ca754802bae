// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "file.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

// The macro does not work inside a namespace.
static void linkResources() { Q_INIT_RESOURCE(resources); }

namespace setup {

void initResources() { linkResources(); }

QStringList sampleIds()
{
    return {u"federated-agent"_s, u"sign-in-api"_s, u"on-behalf-of"_s, u"secret-agent"_s, u"agent-for-user"_s,
        u"two-patterns"_s, u"workload-federation"_s, u"agent-estate"_s, u"aws-agent"_s, u"google-agent"_s, u"mcp-server"_s,
        u"vault"_s, u"sidecar"_s, u"token-exchange"_s, u"saas-github"_s, u"credential-broker"_s};
}

base::Result<Setup> sample(const QString& id)
{
    initResources();
    QFile file(u":/samples/%1.json"_s.arg(id));
    if (!sampleIds().contains(id) || !file.open(QIODevice::ReadOnly)) {
        return base::fail(u"setup-unreadable"_s,
            u"There is no sample of that name. The samples are: %1."_s.arg(sampleIds().join(u", "_s)),
            u"sample:"_s + id);
    }
    return parseSetup(file.readAll());
}

} // namespace setup
