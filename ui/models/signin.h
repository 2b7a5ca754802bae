// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/session/session.h"

/// What the sign-in page knows about the interactive step of a run.
struct SignInCheck
{
    QString name {};     ///< "state"
    QString meaning {};  ///< "equals the one sent"
    QString source {};   ///< "RFC 9207"
    QString value {};    ///< short
    std::optional<base::Outcome> outcome {}; ///< none: not made yet
    QString problem {};  ///< why it failed, in words
    bool operator==(const SignInCheck&) const = default;
};
struct SignInAsked
{
    QString name {};
    QString value {};
    QString aside {};    ///< "Portal", "verifier hidden"
    bool operator==(const SignInAsked&) const = default;
};
struct SignIn
{
    QString stepId {};   ///< empty: this run has no sign-in yet
    bool waiting = false;
    int port = 0;
    QByteArray url {};
    std::chrono::seconds elapsed {0};
    std::chrono::seconds limit {300};
    QString title {};    ///< "Waiting for your browser", "Signed in", "Sign-in cancelled"
    QString text {};     ///< what became of it
    flow::StepState state = flow::StepState::NotReached;
    QStringList problems {};
    QList<SignInCheck> checks {};
    QList<SignInAsked> asked {};
};

/// Of the step that waits, else of the interactive step that is selected or was recorded last.
SignIn signIn(session::Session& session);
bool hasSignIn(const session::Session& session);
