# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0

unit_test(tst_json SOURCES base/tst_json.cpp LINKS core_base)
unit_test(tst_jsonwrite SOURCES base/tst_jsonwrite.cpp LINKS core_base)
unit_test(tst_text SOURCES base/tst_text.cpp LINKS core_base)
unit_test(tst_clock SOURCES base/tst_clock.cpp LINKS core_base)
unit_test(tst_values SOURCES base/tst_values.cpp LINKS core_base)
