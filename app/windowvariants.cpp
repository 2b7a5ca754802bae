// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

// The same setup another way: after a new deployment, or with the other identity federated to the cloud.

#include "windowparts.h"

#include "core/catalog/agentrecipes.h"
#include "core/lab/credentialfaults.h"
#include "ui/mainwindow.h"

namespace app {

using namespace Qt::StringLiterals;

namespace {

/// Identity by identity, what a new deployment did to it.
QString deployedText(const setup::Setup& before, const setup::Setup& after)
{
    QStringList sentences;
    for (const setup::ManagedIdentity& identity : before.managedIdentities) {
        const setup::ManagedIdentity* now = after.managedIdentity(identity.name);
        const QString name = identity.displayName.isEmpty() ? identity.name : identity.displayName;
        if (!identity.systemAssigned)
            sentences.append(u"%1 is user-assigned and stays %2."_s.arg(name, identity.objectId));
        else if (now)
            sentences.append(u"%1 is system-assigned: its object id was %2 and is %3, and what trusts the old one refuses from now on."_s.arg(name, identity.objectId, now->objectId));
    }
    return sentences.join(u' ');
}

} // namespace

void WindowParts::redeploy()
{
    auto deployed = lab::redeployed(m_setup);
    if (!deployed)
        return m_window->showProblem(u"The host was not deployed again"_s, deployed.error());
    const QString text = deployedText(m_setup, *deployed);
    change(std::move(*deployed));
    m_window->showNote(u"The host was deployed again"_s, text);
}

/// Another flow of the setup, or the same one told to go the other way.
void WindowParts::setOption(int option)
{
    session::Session& s = m_walker.session();
    const QString id = s.flow().id;
    if (const QString other = catalog::flowOfOption(m_setup, id, option); !other.isEmpty()) {
        if (other != id)
            s.setFlow(other);
        return;
    }
    auto switched = catalog::withOption(m_setup, id, option);
    if (!switched)
        return m_window->showProblem(u"The option was not switched"_s, switched.error());
    change(std::move(*switched));
}

} // namespace app
