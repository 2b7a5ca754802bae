# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0
#
# The TLS tests make their certificates with the `openssl` command, the curl tests run `sh`.

unit_test(tst_http_message SOURCES http/tst_http_message.cpp LINKS core_http)
unit_test(tst_http_server SOURCES http/tst_http_server.cpp http/rawclient.h LINKS core_http Qt6::Network)
unit_test(tst_http_serverlife SOURCES http/tst_http_serverlife.cpp http/serverports.h http/rawclient.h LINKS core_http Qt6::Network)
unit_test(tst_http_serverend SOURCES http/tst_http_serverend.cpp http/serverports.h http/rawclient.h LINKS core_http Qt6::Network)
unit_test(tst_http_server_tls
    SOURCES http/tst_http_server_tls.cpp http/rawclient.h http/certificates.h LINKS core_http Qt6::Network)
unit_test(tst_http_transport SOURCES http/tst_http_transport.cpp http/stub.h LINKS core_http Qt6::Network)
unit_test(tst_http_transport_faults SOURCES http/tst_http_transport_faults.cpp http/stub.h LINKS core_http Qt6::Network)
unit_test(tst_http_transport_tls
    SOURCES http/tst_http_transport_tls.cpp http/stub.h http/certificates.h LINKS core_http Qt6::Network)
unit_test(tst_http_redact SOURCES http/tst_http_redact.cpp LINKS core_http core_jose)
unit_test(tst_http_redact_bodies SOURCES http/tst_http_redact_bodies.cpp LINKS core_http core_jose)
unit_test(tst_http_curl SOURCES http/tst_http_curl.cpp LINKS core_http)
unit_test(tst_http_har SOURCES http/tst_http_har.cpp LINKS core_http)
