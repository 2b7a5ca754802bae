// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

/// Stops a recipe at the first object that is not there.
#define NEED(name, expression) \
    const auto name##Found = expression; \
    if (!name##Found) \
        return tl::unexpected(name##Found.error()); \
    const auto& name = **name##Found

/// Stops a recipe at the first step that cannot be described.
#define ADD(steps, expression) \
    do { \
        auto step = expression; \
        if (!step) \
            return tl::unexpected(step.error()); \
        (steps).append(std::move(*step)); \
    } while (false)
