#!/usr/bin/env bash
# Installs what is missing, builds vio-annotate and scores a real genome: phage lambda, from Debian's
# package bowtie2-examples.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/install-dependencies.sh bowtie2-examples

cmake --preset release -DVIO_BUILD_TESTS=OFF
cmake --build --preset release

show() { printf '$ %s\n' "$1"; bash -c "$1"; }
show 'build/release/bin/vio-annotate -o build/lambda.tsv /usr/share/doc/bowtie2/examples/reference/lambda_virus.fa.gz'
show 'cut -f 1-8,18 build/lambda.tsv | head -n 4'
show 'zcat /usr/share/doc/bowtie2/examples/reference/lambda_virus.fa.gz > build/lambda.fa'
show 'build/release/bin/vio-annotate -q -f build/lambda.fa -O t test-data/lambda.vcf | cut -f 2-'
