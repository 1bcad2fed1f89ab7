#!/usr/bin/env bash
# Installs Debian's or Ubuntu's packages that vio-annotate builds with; with --tests also those that
# its tests use, with --workflows those that the tests of the workflows use, with --no-torch all but
# LibTorch; and any packages named besides. Nothing is installed that is already there.
set -euo pipefail

packages=(
  build-essential cmake ninja-build pkg-config ca-certificates
  libhts-dev zlib1g-dev libtbb-dev libboost-program-options-dev libfmt-dev libspdlog-dev
  nlohmann-json3-dev libssl-dev libhwy-dev
)
torch_packages=(
  libtorch-dev libopenblas0-pthread  # the reference BLAS is 40 times slower
)
test_packages=(
  catch2 python3 python3-pytest python3-numpy python3-torch python3-sklearn python3-pysam
  samtools bcftools tabix gzip
  bowtie2-examples htslib-test samtools-test python-pysam-tests
  clang-format clang-tidy git
  file man-db mandoc shellcheck python3-jinja2 python3-yaml
  chromium chromium-driver python3-venv
)
workflow_packages=(
  python3 python3-venv maven default-jre-headless slurmctld slurmd slurm-client munge
  samtools bcftools tabix gzip
)
with_torch=yes
while [[ ${1:-} == --* ]]; do
  case $1 in
    --tests) packages+=("${test_packages[@]}") ;;
    --workflows) packages+=("${workflow_packages[@]}") ;;
    --no-torch) with_torch=no ;;
    *) echo "install-dependencies.sh: there is no option $1" >&2 && exit 2 ;;
  esac
  shift
done
[ $with_torch = no ] || packages+=("${torch_packages[@]}")
packages+=("$@")

missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' ||
    missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "${missing[@]}"
fi
