# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0

unit_test(tst_flow_resolve SOURCES flow/tst_resolve.cpp LINKS core_flow)
unit_test(tst_flow_collect SOURCES flow/tst_collect.cpp LINKS core_flow)
unit_test(tst_flow_redirect SOURCES flow/tst_redirect.cpp LINKS core_flow Qt6::Network)
unit_test(tst_flow_runner SOURCES flow/tst_runner.cpp LINKS core_flow Qt6::Network)
unit_test(tst_repeat SOURCES flow/tst_repeat.cpp LINKS core_flow Qt6::Network)
unit_test(tst_flow_recipes SOURCES flow/tst_recipes.cpp LINKS core_catalog)
unit_test(tst_flow_signing SOURCES flow/tst_signing.cpp LINKS core_flow)
unit_test(tst_flow_awaited SOURCES flow/tst_awaited.cpp LINKS core_catalog)
unit_test(tst_advice SOURCES flow/tst_advice.cpp LINKS core_catalog)
unit_test(tst_options SOURCES flow/tst_options.cpp LINKS core_catalog)
