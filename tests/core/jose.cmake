# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0

unit_test(tst_base64url SOURCES jose/tst_base64url.cpp LINKS core_jose)
unit_test(tst_published SOURCES jose/tst_published.cpp LINKS core_jose)
unit_test(tst_keys SOURCES jose/tst_keys.cpp LINKS core_jose)
unit_test(tst_weakkeys SOURCES jose/tst_weakkeys.cpp LINKS core_jose)
unit_test(tst_decode SOURCES jose/tst_decode.cpp LINKS core_jose)
unit_test(tst_verify SOURCES jose/tst_verify.cpp LINKS core_jose)
unit_test(tst_forged SOURCES jose/tst_forged.cpp LINKS core_jose)
unit_test(tst_keypair SOURCES jose/tst_keypair.cpp LINKS core_jose)
target_compile_definitions(tst_keypair PRIVATE TESTS_DIR="${CMAKE_SOURCE_DIR}/tests")
