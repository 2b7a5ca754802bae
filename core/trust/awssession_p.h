// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/trust/aws_p.h"

namespace trust {

/// Form, number and size of the policies that come along with AssumeRoleWithWebIdentity (STS API Reference). None: no check.
void checkAwsSessionPolicy(Sheet& sheet, const AwsSessionPolicy& given, const setup::Target& target);

} // namespace trust
