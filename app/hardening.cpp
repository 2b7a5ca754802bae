// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

#include "hardening.h"

#include <QtGlobal>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>

#if defined(Q_OS_UNIX)
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#endif
#if defined(Q_OS_LINUX)
#include <sys/prctl.h>
#endif

namespace app {

namespace {

/// Without memory nothing can be done but to say so. Files are replaced in one step, so what was saved before is whole.
[[noreturn]] void outOfMemory()
{
    std::fputs("trustwalk: There is not enough memory for this. What was saved before is whole.\n", stderr);
    std::_Exit(3); // the surroundings, as on the command line
}

/// What Qt's containers throw when they cannot grow arrives here from every thread.
[[noreturn]] void onTerminate()
{
    try {
        if (const auto exception = std::current_exception())
            std::rethrow_exception(exception);
    } catch (const std::bad_alloc&) {
        outOfMemory();
    } catch (...) {
    }
    std::abort();
}

#if defined(Q_OS_UNIX)
/// Started without one of its streams, the next file or socket would take that stream's number, and what is printed would go
/// there. The stand-ins fail when they are used, as the missing ones would.
void fillStandardStreams()
{
    static constexpr int useless[] {O_WRONLY, O_RDONLY, O_RDONLY};
    for (int stream = 0; stream < 3; ++stream)
        if (fcntl(stream, F_GETFD) < 0 && open("/dev/null", useless[stream]) != stream)
            std::_Exit(3);
}
#endif

} // namespace

void harden()
{
#if defined(Q_OS_UNIX)
    fillStandardStreams();
#endif
    std::set_new_handler(outOfMemory);
    std::set_terminate(onTerminate);
#if defined(Q_OS_UNIX)
    const rlimit none {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    umask(077); // files are ours alone from their first byte
#endif
#if defined(Q_OS_LINUX)
    prctl(PR_SET_DUMPABLE, 0);
#endif
}

} // namespace app
