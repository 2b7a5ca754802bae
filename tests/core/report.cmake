# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0

unit_test(tst_difference SOURCES report/tst_difference.cpp LINKS core_report)
