#!/usr/bin/env bash
# Writes into the recipe where a release is to be had: set-source.sh HOME_URL TARBALL, TARBALL being
# the source tarball (docs/packaging.md) that HOME_URL/releases/ will serve.
set -euo pipefail
home=${1:?the address of the project\'s page}
tarball=${2:?the source tarball}
recipe=$(dirname "$0")/recipes/vio-annotate/meta.yaml

name=$(basename "$tarball")
version=${name#vio-annotate-}
version=${version%.tar.gz}
[ "vio-annotate-$version.tar.gz" = "$name" ] || {
  echo "set-source.sh: $name is not named vio-annotate-VERSION.tar.gz" >&2
  exit 2
}
sum=$(sha256sum "$tarball" | cut -d ' ' -f 1)
sed -i -e "s|^{% set version = .*|{% set version = \"$version\" %}|" \
  -e "s|^{% set home = .*|{% set home = \"$home\" %}|" \
  -e "s|^  sha256: .*|  sha256: \"$sum\"|" "$recipe"
