// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

// Memory that is given back is wiped first, from the first secret on. base::Secret wipes itself; but what is sent or received passes through buffers of
// Qt, Asio and the TLS library that know nothing of secrets, and would leave them in the heap until somebody else needs the place.
//
// glibc takes the program's own free() and realloc() for all libraries, those loaded later as well. They stand on its inner
// functions, which are exported for this; where they are not (another C library, a sanitizer's allocator) this file is empty.

#include <QtGlobal>

#include <cstring>

#if defined(Q_OS_LINUX) && defined(__GLIBC__)

#include <algorithm>
#include <atomic>
#include <malloc.h>

extern "C" {

void __libc_free(void* memory) noexcept;
void* __libc_malloc(size_t size) noexcept;
void* __libc_realloc(void* memory, size_t size) noexcept;

// Larger blocks hold files, not secrets, and most of them go back to the system as a whole.
static constexpr size_t mostWiped = size_t(1) << 20;

static std::atomic<bool> wiping = false;

/// Found by core/base/secret.cpp, also from the libraries that are loaded later.
__attribute__((visibility("default"))) void trustwalkWipeWhatIsFreed() noexcept { wiping.store(true, std::memory_order_relaxed); }

__attribute__((visibility("default"))) void free(void* memory) noexcept
{
    if (memory && wiping.load(std::memory_order_relaxed))
        explicit_bzero(memory, std::min(malloc_usable_size(memory), mostWiped));
    __libc_free(memory);
}

__attribute__((visibility("default"))) void* realloc(void* memory, size_t size) noexcept
{
    if (!memory)
        return __libc_malloc(size);
    if (!wiping.load(std::memory_order_relaxed))
        return __libc_realloc(memory, size);
    const size_t before = malloc_usable_size(memory);
    if (before > mostWiped || size == 0)
        return __libc_realloc(memory, size);
    if (size <= before) {
        // It stays where it is: only what is cut off is given back.
        explicit_bzero(static_cast<char*>(memory) + size, before - size);
        return __libc_realloc(memory, size);
    }
    void* const larger = __libc_malloc(size);
    if (!larger)
        return nullptr;
    std::memcpy(larger, memory, before);
    free(memory);
    return larger;
}

} // extern "C"

#endif
