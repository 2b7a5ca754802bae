// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "recognise.h"

/// One function a kind of exchange. Not for other floors.
namespace catalog {

flow::Step authorizeStep(const Seen& s, Memory& m);
flow::Step codeStep(const Seen& s, Memory& m);
flow::Step refreshStep(const Seen& s, Memory& m);
flow::Step clientCredentialsStep(const Seen& s, Memory& m);
flow::Step onBehalfOfStep(const Seen& s, Memory& m);
flow::Step agentUserStep(const Seen& s, Memory& m);
flow::Step jwtGrantStep(const Seen& s, Memory& m);
flow::Step tokenExchangeStep(const Seen& s, Memory& m);
flow::Step otherGrantStep(const Seen& s, Memory& m);
flow::Step anthropicStep(const Seen& s, Memory& m);
flow::Step metadataServiceStep(const Seen& s, Memory& m);
flow::Step awsStep(const Seen& s, Memory& m);
flow::Step impersonationStep(const Seen& s, Memory& m);
flow::Step metadataStep(const Seen& s, Memory& m);
flow::Step keySetStep(const Seen& s, Memory& m);
flow::Step registrationStep(const Seen& s, Memory& m);
flow::Step connectionTokenStep(const Seen& s, Memory& m);
flow::Step callStep(const Seen& s, Memory& m);

} // namespace catalog
