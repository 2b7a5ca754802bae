# SPDX-FileCopyrightText: 2026 Trustwalk contributors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced by run, test and bench: what Debian 12 packages each of them needs, and how what is missing is installed.

build_packages=(g++ cmake ninja-build ccache qt6-base-dev qt6-svg-dev qtkeychain-qt6-dev libssl-dev libexpected-dev
    libboost-dev rapidjson-dev)
# libsecret is loaded at run time, so no other package asks for it; the same holds for the SVG icon engine.
run_packages=(libqt6svg6 libsecret-1-0 fonts-dejavu-core xdg-utils ca-certificates)
test_packages=(xvfb xauth dbus gnome-keyring libsecret-tools chromium libnss3-tools openssl)
bench_packages=(wrk xvfb xauth openssl)

say() { echo "trustwalk: $*" >&2; }
fail() { say "$*"; exit 1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo > /dev/null; then
        sudo "$@"
    else
        fail "This needs root or sudo: $*"
    fi
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2> /dev/null)" = installed ]; }

# install_missing PACKAGE...: asks dpkg first, so that nothing is done when nothing is missing.
install_missing() {
    local missing=() package
    for package in "$@"; do
        is_installed "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    command -v apt-get > /dev/null || fail "There is no apt-get here. Install these yourself: ${missing[*]}"
    say "installing ${missing[*]}"
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=300)
    as_root "${apt[@]}" update >&2 || say "The package lists are not fresh; going on with the ones there are."
    as_root "${apt[@]}" install --no-install-recommends "${missing[@]}" >&2 < /dev/null ||
        fail "apt-get did not install the packages. Its own message is above."
}

# Debian's own node is enough; another one that is there already is as good.
install_node() {
    local wanted=()
    command -v node > /dev/null || wanted+=(nodejs)
    command -v npm > /dev/null || wanted+=(npm)
    [ ${#wanted[@]} = 0 ] || install_missing "${wanted[@]}"
}

# install_modules FOLDER: npm ci, when the lock file has changed since the last time.
install_modules() {
    local folder=$1 stamp=$1/node_modules/.lock-stamp
    cmp -s "$folder/package-lock.json" "$stamp" && return 0
    say "installing the npm packages of $folder"
    (cd "$folder" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error) >&2 ||
        fail "npm did not install the packages. Its own message is above."
    cp "$folder/package-lock.json" "$stamp"
}

# build PRESET CACHE-ENTRY... -- TARGET...: configures when something changed, builds the targets (all when none is named).
build() {
    local preset=$1 entries=()
    shift
    while [ $# -gt 0 ] && [ "$1" != -- ]; do entries+=("$1"); shift; done
    [ $# -eq 0 ] || shift
    # A build folder belongs to the place it was configured in.
    if ! grep -qsxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$root/build/$preset/CMakeCache.txt"; then
        rm -rf "${root:?}/build/$preset"
    fi
    (cd "$root" && cmake --preset "$preset" "${entries[@]}") >&2 || fail "CMake did not configure. Its own message is above."
    cmake --build "$root/build/$preset" ${1:+--target "$@"} >&2 || fail "The build failed. The compiler's message is above."
}
