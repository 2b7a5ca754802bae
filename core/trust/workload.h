// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/jose/jwt.h"

namespace trust {

/// Whose token this is, told from its shape alone: issuer host, then the beginning of the subject, then the claims that
/// only one kind of issuer writes (downstream.md section 7).
struct Workload
{
    QString source {}; ///< "GitHub Actions", "Kubernetes (AKS)", "Microsoft Entra, v2 token"; empty when unknown
    QString note {};   ///< what is peculiar about tokens of this kind; may be empty
    bool person = false; ///< signs people in, and not workloads
};

Workload workloadOf(const jose::Jwt& token);

/// Whether Entra's hosts write tokens under that issuer: of a cloud, of External ID or B2C, and of a lab on this machine. The
/// whole host counts: login.microsoftonline.com.evil.example is another's.
bool isEntraIssuer(const QString& issuer);

} // namespace trust
