# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0
#
# The chain drawing and the pages beside it; paths from ui/.

set(UI_PAGES_SOURCES
    graph/chainpane.cpp graph/chainpane.h
)
