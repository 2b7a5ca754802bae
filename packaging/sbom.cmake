# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0
#
# What the program is made of, with the versions it was built with, as SPDX 2.3: build/<preset>/trustwalk.spdx.json.

# header_version(VARIABLE FILE PREFIX): from a header's PREFIX_MAJOR..., where a package says no version of its own.
function(header_version variable file prefix)
    find_file(${variable}_header ${file} REQUIRED)
    file(STRINGS ${${variable}_header} lines REGEX "^#define ${prefix}_VERSION_?(MAJOR|MINOR|PATCH)|^#define ${prefix}_(MAJOR|MINOR|PATCH)_VERSION")
    set(parts "")
    foreach(part MAJOR MINOR PATCH)
        string(REGEX MATCH "${prefix}_(VERSION_)?${part}(_VERSION)? ([0-9]+)" found "${lines}")
        list(APPEND parts ${CMAKE_MATCH_3})
    endforeach()
    list(JOIN parts . version)
    set(${variable} ${version} PARENT_SCOPE)
endfunction()

header_version(rapidjson rapidjson/rapidjson.h RAPIDJSON)
header_version(expected tl/expected.hpp TL_EXPECTED)

set(sbom_packages "")
set(sbom_relations "")
# sbom_package(NAME VERSION LICENCE RELATION): RELATION is DYNAMIC_LINK, or STATIC_LINK for what is headers alone.
function(sbom_package name version licence relation)
    string(APPEND sbom_packages ",\n    {\"SPDXID\": \"SPDXRef-${name}\", \"name\": \"${name}\", \"versionInfo\": \"${version}\", \"licenseConcluded\": \"${licence}\", \"licenseDeclared\": \"${licence}\", \"copyrightText\": \"NOASSERTION\", \"downloadLocation\": \"NOASSERTION\", \"filesAnalyzed\": false}")
    string(APPEND sbom_relations ",\n    {\"spdxElementId\": \"SPDXRef-trustwalk\", \"relationshipType\": \"${relation}\", \"relatedSpdxElement\": \"SPDXRef-${name}\"}")
    set(sbom_packages "${sbom_packages}" PARENT_SCOPE)
    set(sbom_relations "${sbom_relations}" PARENT_SCOPE)
endfunction()

sbom_package(Qt ${Qt6_VERSION} LGPL-3.0-only DYNAMIC_LINK)
sbom_package(QtKeychain ${Qt6Keychain_VERSION} BSD-3-Clause DYNAMIC_LINK)
sbom_package(OpenSSL ${OPENSSL_VERSION} Apache-2.0 DYNAMIC_LINK)
sbom_package(Boost ${Boost_VERSION_STRING} BSL-1.0 STATIC_LINK)
sbom_package(RapidJSON ${rapidjson} MIT STATIC_LINK)
sbom_package(expected ${expected} CC0-1.0 STATIC_LINK)
string(TIMESTAMP sbom_made UTC)
configure_file(packaging/trustwalk.spdx.json.in trustwalk.spdx.json @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/trustwalk.spdx.json DESTINATION ${CMAKE_INSTALL_DOCDIR})
