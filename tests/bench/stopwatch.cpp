// SPDX-FileCopyrightText: 2026 Trustwalk contributors
// SPDX-License-Identifier: Apache-2.0

// stopwatch RUNS COMMAND [ARGUMENT...]: median milliseconds from start to end, and the largest resident set in kilobytes.
// Output of the command goes nowhere; a command that fails is an error.

#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <spawn.h>
#include <vector>

extern char** environ;

int main(int argc, char** argv)
{
    if (argc < 3)
        return 2;
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0);

    const int runs = std::max(1, std::atoi(argv[1]));
    std::vector<double> walls;
    long largest = 0;
    for (int i = 0; i < runs; ++i) {
        const auto start = std::chrono::steady_clock::now();
        pid_t child = 0;
        if (posix_spawnp(&child, argv[2], &quiet, nullptr, argv + 2, environ) != 0)
            return 3;
        int status = 0;
        rusage used {};
        if (wait4(child, &status, 0, &used) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            std::fprintf(stderr, "%s ended with status %d\n", argv[2], status);
            return 1;
        }
        walls.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
        largest = std::max(largest, used.ru_maxrss);
    }
    std::ranges::sort(walls);
    std::printf("%.3f %ld\n", walls[walls.size() / 2], largest);
}
