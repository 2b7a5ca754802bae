# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0

foreach(name IN ITEMS setuprules runrules awsrules)
    unit_test(tst_${name} SOURCES diagnosis/tst_${name}.cpp chain/stage.h chain/stage.cpp chain/stagetokens.cpp LINKS core_diagnosis core_chain core_catalog)
endforeach()
unit_test(tst_sourcefiles SOURCES diagnosis/tst_sourcefiles.cpp LINKS core_diagnosis)
unit_test(tst_catalogues SOURCES diagnosis/tst_catalogues.cpp LINKS core_diagnosis)
unit_test(tst_faultfindings SOURCES diagnosis/tst_faultfindings.cpp chain/stage.h chain/stage.cpp chain/stagetokens.cpp
    LINKS core_lab core_diagnosis core_chain core_catalog)
unit_test(tst_everyrule SOURCES diagnosis/tst_everyrule.cpp chain/stage.h chain/stage.cpp chain/stagetokens.cpp
    LINKS core_lab core_diagnosis core_chain core_catalog)
