// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/theme.h"

#include <array>

/// The looks one can choose, in the order of menu and settings; `id` is what the settings remember.
struct AppearanceRow
{
    theme::Appearance appearance;
    const char16_t* id;
    const char16_t* text;
};
inline constexpr std::array appearances {
    AppearanceRow {theme::Appearance::System, u"system", u"&System"},
    AppearanceRow {theme::Appearance::Light, u"light", u"&Light"},
    AppearanceRow {theme::Appearance::Dark, u"dark", u"&Dark"},
    AppearanceRow {theme::Appearance::HighContrast, u"highContrast", u"&High contrast"},
};
