#!/usr/bin/env bash
# Installs what is missing, builds vio-annotate and scores a real genome: phage lambda, from Debian's
# package bowtie2-examples.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-dependencies.sh
dpkg -s bowtie2-examples >/dev/null 2>&1 || {
  as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get install -q -y --no-install-recommends bowtie2-examples
}

cmake --preset release -DVIO_BUILD_TESTS=OFF
cmake --build --preset release

genome=/usr/share/doc/bowtie2/examples/reference/lambda_virus.fa.gz
echo "+ build/release/bin/vio-annotate -o lambda.tsv $genome"
build/release/bin/vio-annotate -o build/lambda.tsv "$genome"
head -n 4 build/lambda.tsv
