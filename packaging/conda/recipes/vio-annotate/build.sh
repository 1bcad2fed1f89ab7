#!/bin/bash
set -euo pipefail

read -ra toolchain <<< "${CMAKE_ARGS:-}"
cmake -S . -B build -G Ninja "${toolchain[@]}" \
  -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_INSTALL_PREFIX="${PREFIX}" \
  -DCMAKE_PREFIX_PATH="${PREFIX}" \
  -DCMAKE_INSTALL_LIBDIR=lib \
  -DVIO_WITH_TORCH=OFF \
  -DVIO_BUILD_TESTS=OFF
cmake --build build --parallel "${CPU_COUNT}"
cmake --install build --strip
