#!/usr/bin/env bash
# What takes too long for every change: 10,000 random cases of "shared = alone = reference", and the
# kernels under valgrind. usage: test-long.sh [BUILD_FOLDER], a finished build (build/release)
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install-dependencies.sh valgrind
tests=$(realpath "${1:-build/release}")/bin/test_engine_fused

VIO_RANDOM_CASES=10000 "$tests"

# Valgrind knows no AVX-512: the tests of all targets are left to the run above. Whole batches of
# long windows ([reuse]) would take an hour.
export VIO_SIMD_TARGET=AVX2 VIO_RANDOM_CASES=10
valgrind --quiet --error-exitcode=1 --leak-check=full "$tests" "~[reuse]"
