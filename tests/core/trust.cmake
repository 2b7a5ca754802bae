# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0

add_library(trust_world STATIC trust/world.cpp)
target_link_libraries(trust_world PUBLIC trustwalk_options core_trust Qt6::Test)
target_compile_definitions(trust_world PRIVATE TESTS_DIR="${CMAKE_SOURCE_DIR}/tests")

foreach(name IN ITEMS near cel federated token tokenusers authorize bearer identities anthropic workload aws awsconditions awscall google googleaccess mcp mcpauthorization)
    unit_test(tst_${name} SOURCES trust/tst_${name}.cpp LINKS trust_world)
endforeach()
foreach(name IN ITEMS tokenexchange jwtgrant vault vaultroles broker brokerconnection)
    unit_test(tst_${name} SOURCES trust/tst_${name}.cpp LINKS trust_world)
endforeach()
