// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "core/lab/lab.h"

#include <QJsonArray>

namespace lab {

/// What the manifest says of Google Cloud: "gcp-sts" (the whole URL of the exchange) and "gcp-iamcredentials".
QList<Lab::Endpoint> googleEndpoints(const setup::Setup& setup);
/// A provider whose condition names one managed identity or app by its object id is a trust in it.
QJsonArray googleTrusts(const setup::Setup& setup);

} // namespace lab
