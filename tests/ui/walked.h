// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/walker.h"
#include "core/setup/file.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

inline constexpr int patience = 20'000; // ms; a lab makes its keys when it starts

/// A session over a real lab, without a window.
struct Walked
{
    app::Walker walker {};

    bool open(const QString& sample, const QStringList& faults = {})
    {
        auto setup = setup::sample(sample);
        QSignalSpy opened(&walker, &app::Walker::opened);
        walker.setFaults(faults);
        walker.setSelfSignIn(u"alice"_s);
        walker.open(std::move(*setup), session::Against::Lab);
        return !opened.isEmpty() || opened.wait(patience);
    }
    bool send()
    {
        const QString step = session().nextStep();
        session().select({.step = step});
        session().next();
        return QTest::qWaitFor([this] { return !session().isBusy(); }, patience);
    }
    bool sendAll()
    {
        session().runAll();
        return QTest::qWaitFor([this] { return !session().isBusy(); }, patience);
    }
    session::Session& session() { return walker.session(); }
};
