// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/diagnosis/rules.h"

namespace diagnosis {

/// A subject or an issuer as a contract writes it, and where.
struct Subject
{
    QString text {};
    base::Place place {};
};

/// Patterns of subjects, and issuers, in vendors' policies that lie beside a setup as files.
QList<Subject> policySubjects(const Case& c);
QList<Subject> policyIssuers(const Case& c);
/// The pattern in a condition of Entra or Google; empty where it looks at the whole subject, or at something else.
QString subjectInExpression(const QString& expression);

} // namespace diagnosis
