#!/usr/bin/env bash
# Cross-compiles the engine for arm64 and runs its tests under qemu-user, against Debian's arm64
# packages unpacked into build/arm64/root. Nothing of them is installed.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install-dependencies.sh g++-aarch64-linux-gnu qemu-user-static

build=$PWD/build/arm64
root=$build/root
mkdir -p "$build/debs/partial" "$build/lists/partial" "$root"
: >"$build/status"
apt=(apt-get -q -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Debug::NoLocking=true
  -o Dir::State::Lists="$build/lists" -o Dir::State::status="$build/status"
  -o Dir::Cache::archives="$build/debs" -o APT::Sandbox::User=root)
if [ ! -e "$build/unpacked" ]; then
  "${apt[@]}" update
  "${apt[@]}" install -y --download-only --no-install-recommends libc6-dev libstdc++-12-dev \
    libhts-dev zlib1g-dev libtbb-dev libboost-program-options-dev libfmt-dev libspdlog-dev \
    nlohmann-json3-dev libssl-dev libhwy-dev catch2
  for package in "$build"/debs/*.deb; do
    dpkg -x "$package" "$root"
  done
  touch "$build/unpacked"
fi

cat >"$build/toolchain.cmake" <<TOOLCHAIN
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_SYSROOT $root)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)
set(CMAKE_FIND_ROOT_PATH $root)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64-static -L $root)
TOOLCHAIN
export PKG_CONFIG_SYSROOT_DIR=$root
export PKG_CONFIG_LIBDIR=$root/usr/lib/aarch64-linux-gnu/pkgconfig:$root/usr/share/pkgconfig
cmake -G Ninja -S . -B "$build/build" -DCMAKE_TOOLCHAIN_FILE="$build/toolchain.cmake" \
  -DCMAKE_BUILD_TYPE=Release -DVIO_WITH_TORCH=OFF -DVIO_BUILD_TESTS=ON -DVIO_WERROR=ON \
  -DVIO_PYTHON=NOTFOUND
cmake --build "$build/build" --target test_engine_fused test_engine
for test in test_engine test_engine_fused; do
  VIO_RANDOM_CASES=50 qemu-aarch64-static -L "$root" "$build/build/bin/$test"
done
