// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "world.h"

/// The world with a broker in it, changed at one place.
inline setup::Setup withBroker(const QString& member = {}, const QByteArray& json = {})
{
    setup::Setup setup = world::changed(u"/targets/-", world::file("broker.json").constData());
    if (member.isEmpty())
        return setup;
    auto edited = setup::edited(setup, QString(setup.targets.back().pointer + member), json);
    if (!edited)
        qFatal("edit: %s", qPrintable(edited.error().text));
    return *edited;
}
