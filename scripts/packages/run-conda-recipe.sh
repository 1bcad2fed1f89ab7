#!/usr/bin/env bash
# Runs what the conda recipe says, without conda: run-conda-recipe.sh TARBALL FOLDER unpacks the source
# tarball, runs build.sh with a prefix of its own and this machine's compiler and libraries, and then
# the recipe's test commands. What it cannot show: that conda's own packages fit together.
set -euo pipefail
tarball=$(realpath "${1:?the source tarball}")
mkdir -p "${2:?a folder to build in}"
folder=$(realpath "$2")
recipes=$(realpath "$(dirname "$0")/../../packaging/conda")

cp -r "$recipes" "$folder/conda"
"$folder/conda/set-source.sh" https://example.org/vio-annotate "$tarball"
recipe=$folder/conda/recipes/vio-annotate
grep -qF "$(sha256sum "$tarball" | cut -d " " -f 1)" "$recipe/meta.yaml"
mkdir "$folder/work"
tar -xzf "$tarball" -C "$folder/work" --strip-components 1
export PREFIX=$folder/prefix CPU_COUNT
CPU_COUNT=$(nproc)
(cd "$folder/work" && bash "$recipe/build.sh")

export PATH="$PREFIX/bin:$PATH"
/usr/bin/python3 "$(dirname "$0")/conda_test_commands.py" "$recipe/meta.yaml" |
  while IFS= read -r command; do
    echo "+ $command"
    bash -euo pipefail -c "$command" < /dev/null
  done
