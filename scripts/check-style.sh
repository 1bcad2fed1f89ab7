#!/usr/bin/env bash
# Checks every source file with clang-format and clang-tidy; usage: check-style.sh BUILD_FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:?the build folder that holds compile_commands.json}

mapfile -t files < <(git ls-files '*.cpp' '*.hpp')
clang-format --dry-run --Werror "${files[@]}"

mapfile -t sources < <(git ls-files 'src/*.cpp' 'tests/*.cpp' ':!tests/consumer')
printf '%s\n' "${sources[@]}" |
  xargs -P "$(nproc)" -n 4 clang-tidy --quiet -p "$build" 2> >(grep -v 'warnings\? generated' >&2 || true)
