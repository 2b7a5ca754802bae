# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0
#
# Where things go on a system, and a Debian package of it: `cpack --config build/release/CPackConfig.cmake`.

install(TARGETS trustwalk RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS trustwalk-online trustwalk-window LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/trustwalk)
install(FILES packaging/io.github.trustwalk.Trustwalk.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES packaging/io.github.trustwalk.Trustwalk.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES packaging/io.github.trustwalk.Trustwalk.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME trustwalk)
set(CPACK_PACKAGE_VENDOR "Trustwalk contributors")
set(CPACK_PACKAGE_CONTACT "Trustwalk contributors <trustwalk@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Walk a chain of trust between identity providers hop by hop")
set(CPACK_PACKAGE_DESCRIPTION "Trustwalk shows, at every hop from sign-in to the last service, the request, the token,\n\
what the receiver compared with what, and why it said yes or no. It carries a lab of loopback servers.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Loaded at run time, so that no tool finds these: the keychain's library and the SVG icon engine.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libsecret-1-0, libqt6svg6")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "xdg-utils, gnome-keyring, fonts-dejavu-core")
include(CPack)
