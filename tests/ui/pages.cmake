# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0
#
# The chain drawing, the models and the pages beside it.

unit_test(tst_graph SOURCES tst_graph.cpp chains.cpp chains.h LINKS ui_pages)
unit_test(tst_models SOURCES tst_models.cpp chains.cpp chains.h LINKS ui_pages)
unit_test(tst_match SOURCES tst_match.cpp LINKS ui_pages)
unit_test(tst_pages SOURCES tst_pages.cpp LINKS ui_pages trustwalk_cli)
