#!/usr/bin/env bash
# Builds the Debian packages and the source tarball, and uses both as a stranger would: lintian; the
# packages installed by apt in a clean Debian of its own (debootstrap), tried as a plain user, and
# purged without a trace; the tarball built and its unit tests passed without git.
# Needs root and Debian 12. usage: test-packages.sh [--no-torch] [OPTION OF CMAKE...]; --no-torch leaves
# out vio-torch, and -DCMAKE_CXX_FLAGS= the hardening, so that a compiler cache knows the objects.
set -euo pipefail
cd "$(dirname "$0")/.."

preset=package
torch_option=()
if [ "${1:-}" = --no-torch ]; then
  preset=package-no-torch
  torch_option=(--no-torch)
  shift
fi
step() { printf '\n== %s (%s s)\n' "$1" "$SECONDS"; }
work=$(mktemp -d "${TMPDIR:-/tmp}/vio-packages.XXXXXX")
# The clean system is entered in mount namespaces of its own, so nothing is ever mounted here; but a
# tree with a mount in it is never removed.
clean_up() {
  if findmnt --noheadings --raw --output TARGET | grep -qF "$work/"; then
    echo "test-packages.sh: something is mounted below $work, which is left as it is" >&2
  else
    rm -rf --one-file-system "$work"
  fi
}
trap clean_up EXIT

step "tools"
scripts/install-dependencies.sh "${torch_option[@]}" \
  catch2 debootstrap file lintian python3 python3-jinja2 python3-yaml

step "packages"
cmake --preset $preset -DVIO_WERROR=ON "$@"
cmake --build --preset $preset
rm -f build/$preset/*.deb
cpack --preset $preset
ls -l build/$preset/*.deb

step "lintian"
lintian --allow-root --display-info --pedantic --fail-on error,warning build/$preset/*.deb

step "source tarball"
cpack --config build/$preset/CPackSourceConfig.cmake -B "$work/source"
mkdir "$work/source/tree"
tar -xzf "$work"/source/vio-annotate-*.tar.gz -C "$work/source/tree" --strip-components 1
(
  cd "$work/source/tree"
  cmake --preset no-torch -DVIO_WERROR=ON -DVIO_BUILD_TESTS=ON
  cmake --build --preset no-torch
  ctest --preset no-torch -j "$(nproc)" -L unit --no-tests=error
)

step "conda recipe"
scripts/packages/run-conda-recipe.sh "$work"/source/vio-annotate-*.tar.gz "$work/conda"

step "a clean system"
# The mirror and the release that this machine's own apt is set up with.
read -r mirror release < <(
  # shellcheck disable=SC2016  # apt's variables
  apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' \
    'Component: main' 'Origin: Debian' | grep -E ' [a-z]+$' | head -n 1)
debootstrap --variant=minbase "$release" "$work/root" "$mirror" > "$work/debootstrap.log" ||
  { tail -n 20 "$work/debootstrap.log" && exit 1; }

step "installed, used, purged"
mkdir "$work/root/packages"
cp build/$preset/*.deb "$work/root/packages"
cp -r tests/consumer "$work/root/packages"
cp scripts/packages/in-clean-system.sh "$work/root/packages"
# What the program of the build says is what the installed one has to say.
awk 'BEGIN { srand(7); for (r = 1; r <= 3; r++) { print ">record" r; line = ""
  for (k = 0; k < 900 * r; k++) line = line substr("ACGT", int(rand() * 4) + 1, 1)
  print line } }' > "$work/root/packages/genes.fa"
build/$preset/bin/vio-annotate -q "$work/root/packages/genes.fa" > "$work/root/packages/expected.tsv"
# shellcheck disable=SC2016  # for the inner shell
unshare --mount --pid --fork --kill-child bash -c '
  mount -t proc proc "$1/proc" && exec chroot "$1" /packages/in-clean-system.sh' bash "$work/root"

step "all passed"
