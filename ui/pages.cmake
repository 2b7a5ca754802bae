# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0
#
# The chain drawing and the pages beside it; paths from ui/.

set(UI_PAGES_SOURCES
    graph/chaincells.cpp graph/chaingrid.cpp graph/chainitems.cpp graph/chainlayout.cpp graph/chainpaint.cpp
    graph/chainpane.cpp graph/chainpane.h graph/chainpicture.cpp graph/chainpicture.h graph/chainposts.cpp graph/chainroute.cpp graph/chainscene.cpp graph/chainscene.h
    graph/chainstops.cpp graph/chainview.cpp graph/chainview.h graph/postitem.cpp
    models/audiencesmodel.cpp models/audiencesmodel.h models/chaintablemodel.cpp models/chaintablemodel.h
    models/designsubject.cpp models/inventorymodel.cpp models/inventorymodel.h
    models/claimsmodel.cpp models/claimsmodel.h models/contractcontent.cpp models/diagnosecontent.cpp models/diagnosemodel.cpp models/diagnosemodel.h models/fixforms.cpp models/matchcontent.cpp models/matchwords.cpp
    models/rowsmodel.h models/seamcontent.cpp models/tokencontent.cpp
    pages/advisorpage.cpp pages/advisorpage.h
    pages/audiencesdelegate.cpp pages/audiencesdelegate.h pages/audiencesledger.cpp pages/audiencesledger.h
    pages/audiencespage.cpp pages/audiencespage.h pages/contractpage.cpp pages/contractpage.h pages/diagnosedelegate.cpp pages/diagnosedelegate.h
    pages/inventorydelegate.cpp pages/inventorydelegate.h pages/inventorypage.cpp pages/inventorypage.h pages/reviewpage.cpp pages/reviewpage.h pages/settingspage.cpp pages/settingspage.h
    pages/diagnosepage.cpp pages/diagnosepage.h pages/matchpage.cpp pages/matchpage.h pages/seampage.cpp pages/seampage.h pages/tokenpage.cpp pages/tokenpage.h
    widgets/diffcells.cpp widgets/difftext.cpp widgets/difftext.h
    widgets/lifetimebar.cpp widgets/lifetimebar.h widgets/lifetimechart.cpp widgets/lifetimechart.h
    widgets/matchfix.cpp widgets/matchfix.h widgets/matchgroup.cpp widgets/matchgroup.h
    widgets/matchheader.cpp widgets/matchheader.h widgets/matchlist.cpp widgets/matchlist.h
    widgets/matchrow.cpp widgets/matchrow.h widgets/runtext.cpp widgets/runtext.h
    widgets/tokencolumns.cpp widgets/tokencolumns.h widgets/tokenclaims.cpp widgets/tokenclaims.h widgets/tokenclaimsdelegate.cpp widgets/tokenfillers.cpp widgets/tokenfillers.h
    widgets/tokenpane.cpp widgets/tokenpane.h widgets/tokensignature.cpp widgets/tokensignature.h
)
