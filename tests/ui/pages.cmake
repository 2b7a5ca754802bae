# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0
#
# The chain drawing, the models and the pages beside it.

unit_test(tst_graph SOURCES tst_graph.cpp chains.cpp chains.h LINKS ui_pages)
unit_test(tst_models SOURCES tst_models.cpp chains.cpp chains.h LINKS ui_pages)
unit_test(tst_match SOURCES tst_match.cpp matchverdicts.h LINKS ui_pages)
unit_test(tst_matchwidgets SOURCES tst_matchwidgets.cpp matchverdicts.h LINKS ui_pages)
unit_test(tst_pages SOURCES tst_pages.cpp walked.h LINKS ui_pages trustwalk_cli)
unit_test(tst_chainpane SOURCES tst_chainpane.cpp walked.h LINKS ui_pages trustwalk_cli)
