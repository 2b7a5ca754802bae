// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/base/check.h"
#include "core/session/session.h"
#include "core/setup/secrets.h"

#include <functional>

/// What the window asks of the program around it. An intent that is not set has no entry in any menu.
struct Hooks
{
    /// A setup that ships, for the chooser.
    struct Sample
    {
        QString id {};
        QString title {};
        QString summary {};
    };
    /// A named way to break the lab or the setup, for the Lab menu.
    struct Fault
    {
        QString id {};
        QString title {};
        QString breaks {};
        QString recipes {}; ///< blank-separated recipe ids it shows in; empty: all
    };

    std::function<void(const QString& fileOrSample)> openSetup {};
    std::function<void(const QByteArray& document, const QString& title)> createSetup {}; ///< a setup that belongs to no file yet is opened
    std::function<void(const QStringList& files)> importFiles {}; ///< existing configuration becomes a setup
    std::function<void()> closeRecording {};                  ///< back to the setup that was open before
    std::function<void(session::Against against)> setAgainst {};
    std::function<void(const QString& id, bool on)> setFault {};
    std::function<void()> redeploy {};                       ///< of the hosts: system-assigned identities are others then
    std::function<void(int option)> setOption {};            ///< 1: the managed identity is federated to the cloud, 2: the agent
    std::function<void()> restartLab {};
    std::function<void()> saveReport {};                     ///< asks for a file itself
    std::function<void(const base::Check& check)> applyFix {}; ///< writes fixValue at fixPointer
    /// Another value (JSON) at a pointer of the setup; a sentence says why it cannot stand there.
    std::function<QString(const QString& pointer, const QByteArray& value)> editField {};
    std::function<void(const QString& name, const QByteArray& text)> saveText {}; ///< asks for a file itself
    std::function<void()> saveSetup {};
    std::function<void()> saveSetupAs {};                    ///< asks for a file itself
    std::function<void()> deleteSetup {};                    ///< the file and what the keychain keeps for it; asks first
    std::function<void()> undo {};                           ///< the last change of the setup; likewise redo
    std::function<void()> redo {};
    std::function<bool()> mayClose {};                       ///< false: something unsaved is asked for first, and the window is closed again then
    std::function<void()> newWindow {};
    std::function<void()> showSecrets {};                    ///< where the setup's client secrets are kept
    QStringList samples {};                                  ///< ids of the setups that ship
    std::function<Sample(const QString& id)> describe {};    ///< asked when the chooser opens: reading them all takes time
    QList<Fault> faults {};
};

/// What the lab is doing, as the status bar and the Lab menu show it.
struct LabStatus
{
    enum class State { Off, Starting, Running, Failed } state = State::Off;
    struct Endpoint
    {
        QString name {};
        QString url {};
    };
    QString address {};            ///< "127.0.0.1"
    QList<Endpoint> endpoints {};
    QString manifest {};           ///< path of the manifest
    QStringList faults {};         ///< ids that are on
    std::chrono::seconds clockOffset {0}; ///< of the lab's clock from the system's
    QString problem {};            ///< why it failed, in words
};
