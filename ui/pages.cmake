# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0
#
# The chain drawing and the pages beside it; paths from ui/.

set(UI_PAGES_SOURCES
    graph/chaincells.cpp graph/chaingrid.cpp graph/chainitems.cpp graph/chainlayout.cpp graph/chainpaint.cpp
    graph/chainpane.cpp graph/chainpane.h graph/chainposts.cpp graph/chainroute.cpp graph/chainscene.cpp graph/chainscene.h
    graph/chainstops.cpp graph/chainview.cpp graph/chainview.h graph/postitem.cpp
    models/chaintablemodel.cpp models/chaintablemodel.h models/rowsmodel.h
)
