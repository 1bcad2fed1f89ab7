#!/bin/sh
# Makes promoter-tata.safetensors and promoter-tata.metrics.json again.
#
# Usage: train-promoter-tata.sh TRAIN.csv DEV.csv [OUTPUT_FOLDER]
#   train.csv and dev.csv of the task prom_300_tata of GUE, the benchmark of DNABERT-2 (Zhou et al.,
#   2023; Apache-2.0): columns sequence, label; 1 is a promoter
# vio-train is taken from the PATH, or from $VIO_TRAIN.
set -eu
here=$(dirname "$0")
folder=${3:-$here}

"${VIO_TRAIN:-vio-train}" fit "$1" --test "$2" --spec "$here/promoter-tata.spec.json" \
  --validation-fraction 0.1 --monitor mcc --epochs 20 --word-share 0.25 --seed 0 --threads 2 \
  --name promoter-tata --license Apache-2.0 \
  --description "Human promoters with a TATA box, 300 bp, against other human sequence with a TATA box; class 1 is a promoter" \
  --data-note "GUE prom_300_tata (Apache-2.0)" \
  --limits "Windows of 300 bp placed as in its data, with a TATA box; half of its rows are promoters, in a genome hardly any window is, so most calls of a scan are wrong" \
  --output "$folder/promoter-tata.safetensors"
