#!/usr/bin/env bash
# Installs what is missing, builds everything and passes all tests: style, unit and end-to-end tests,
# then unit tests under the address, undefined-behaviour and thread sanitizers.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s (%s s)\n' "$1" "$SECONDS"; }

step "packages"
scripts/install-dependencies.sh --tests

step "build, warnings are errors"
cmake --preset release -DVIO_WERROR=ON -DVIO_BUILD_TESTS=ON
cmake --build --preset release

step "unit and end-to-end tests"
ctest --preset release -j 2 --no-tests=error

step "style"
scripts/check-style.sh build/release

step "address and undefined-behaviour sanitizers"
cmake --preset asan -DVIO_WITH_TORCH=OFF
cmake --build --preset asan
ctest --preset asan -j 2 -L unit --no-tests=error

step "thread sanitizer"
cmake --preset tsan
cmake --build --preset tsan
ctest --preset tsan -j 2 -L unit --no-tests=error

step "all passed"
