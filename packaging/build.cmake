# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0
#
# What every target shares: warnings, hardening, strict string rules. And the one way to add a floor.

add_library(trustwalk_options INTERFACE)
target_include_directories(trustwalk_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(trustwalk_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_USE_QSTRINGBUILDER QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_DISABLE_DEPRECATED_BEFORE=0x060400
    TRUSTWALK_VERSION="${PROJECT_VERSION}")
target_compile_options(trustwalk_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wno-missing-field-initializers
    -fstack-protector-strong -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
if(TRUSTWALK_WERROR)
    target_compile_options(trustwalk_options INTERFACE -Werror)
endif()
if(TRUSTWALK_SANITIZE)
    target_compile_options(trustwalk_options INTERFACE -fsanitize=${TRUSTWALK_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(trustwalk_options INTERFACE -fsanitize=${TRUSTWALK_SANITIZE})
else()
    target_compile_options(trustwalk_options INTERFACE $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2>)
    target_link_options(trustwalk_options INTERFACE -Wl,-z,relro,-z,now,--as-needed)
endif()

# Reading the same headers of the standard library and Qt is most of a compilation here, so it is done once. Every file still
# names what it uses: the presets dev, asan and tidy build without (CMAKE_DISABLE_PRECOMPILE_HEADERS).
set(trustwalk_headers <algorithm> <array> <functional> <map> <memory> <optional> <set> <span> <string> <string_view> <variant>
    <vector> <tl/expected.hpp> <QByteArray> <QByteArrayList> <QDateTime> <QHash> <QJsonArray> <QJsonDocument> <QJsonObject> <QList>
    <QRegularExpression> <QSet> <QString> <QStringList> <QUrl>)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/headers.cpp CONTENT "// Nothing but the headers.\n")
add_library(trustwalk_headers OBJECT ${CMAKE_BINARY_DIR}/headers.cpp)
target_link_libraries(trustwalk_headers PRIVATE trustwalk_options Qt6::Core)
target_precompile_headers(trustwalk_headers PRIVATE ${trustwalk_headers})
add_library(trustwalk_widget_headers OBJECT ${CMAKE_BINARY_DIR}/headers.cpp)
target_link_libraries(trustwalk_widget_headers PRIVATE trustwalk_options Qt6::Widgets)
target_precompile_headers(trustwalk_widget_headers PRIVATE ${trustwalk_headers} <QAbstractItemModel> <QApplication> <QPainter>
    <QWidget>)

# floor(name SOURCES ... LINKS ...): a static library core_<name>, linked to nothing but the floors it names.
function(floor name)
    cmake_parse_arguments(F "" "" "SOURCES;LINKS" ${ARGN})
    add_library(${name} STATIC ${F_SOURCES})
    target_link_libraries(${name} PUBLIC trustwalk_options ${F_LINKS})
    if(name MATCHES "^ui")
        target_precompile_headers(${name} REUSE_FROM trustwalk_widget_headers)
    else()
        target_precompile_headers(${name} REUSE_FROM trustwalk_headers)
    endif()
endfunction()
