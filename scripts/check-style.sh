#!/usr/bin/env bash
# Checks every source file with clang-format and clang-tidy; usage: check-style.sh BUILD_FOLDER
# (a finished Ninja build). Files that include LibTorch are formatted but not tidied: clang 14 can't
# parse the headers of LibTorch 1.13 as C++20. Tests of the benchmarks are of these, and not in a
# build without benchmarks.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:?the build folder that holds compile_commands.json}

mapfile -t files < <(git ls-files '*.cpp' '*.hpp')
clang-format --dry-run --Werror "${files[@]}"

# Ninja knows what each object was made from: its source comes first, then the headers.
with_libtorch=$(ninja -C "$build" -t deps | awk '
  /^[^ ]/ { source = "" }
  /\.cpp$/ && source == "" { source = $1 }
  /\/ATen\// { print source }' | sort -u |
  (cd "$build" && xargs -r realpath --relative-to="$OLDPWD"))
git ls-files 'src/*.cpp' 'tests/*.cpp' ':!tests/consumer' ':!tests/bench' |
  grep -vxF "${with_libtorch:-none}" |
  xargs -P "$(nproc)" -n 4 clang-tidy --quiet -p "$build" 2> >(grep -v 'warnings\? generated' >&2 || true)
