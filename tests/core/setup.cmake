# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0

foreach(name IN ITEMS setup schema binding setupfile samples secretscan secrets externalaccount yaml settingsjson)
    unit_test(tst_${name} SOURCES setup/tst_${name}.cpp LINKS core_setup)
endforeach()

# The keychain as a desktop has it: each case gets a session bus, a home and a keyring of its own, and leaves nothing.
add_executable(tst_keychain setup/tst_keychain.cpp)
target_link_libraries(tst_keychain PRIVATE trustwalk_options core_setup Qt6::Test Qt6::DBus)
foreach(case IN ITEMS unlocked locked no-service no-bus)
    add_test(NAME tst_keychain_${case}
        COMMAND ${CMAKE_SOURCE_DIR}/tests/support/with-keyring.sh --${case} $<TARGET_FILE:tst_keychain>)
    set_tests_properties(tst_keychain_${case} PROPERTIES TIMEOUT 120)
endforeach()
