# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0
#
# The stage walks a sample's flow without a socket; chain and diagnosis are tested on what it leaves behind.

set(stage chain/stage.h chain/stage.cpp chain/stagetokens.cpp)
foreach(name IN ITEMS chain audiences claims)
    unit_test(tst_${name} SOURCES chain/tst_${name}.cpp ${stage} LINKS core_diagnosis core_chain core_catalog)
endforeach()
