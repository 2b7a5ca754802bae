# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0

unit_test(tst_difference SOURCES report/tst_difference.cpp LINKS core_report)
unit_test(tst_alignment SOURCES report/tst_alignment.cpp LINKS core_report)
unit_test(tst_savedrun SOURCES report/tst_savedrun.cpp chain/stage.h chain/stage.cpp chain/stagetokens.cpp LINKS core_report core_diagnosis core_chain core_catalog)
