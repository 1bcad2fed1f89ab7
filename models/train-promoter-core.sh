#!/bin/sh
# Makes promoter-core.safetensors and promoter-core.metrics.json again.
#
# Usage: train-promoter-core.sh TRAIN.csv DEV.csv [OUTPUT_FOLDER]
#   train.csv and dev.csv of the task prom_core_all of GUE, the benchmark of DNABERT-2 (Zhou et al.,
#   2023; Apache-2.0): columns sequence, label; 1 is a promoter
# vio-train is taken from the PATH, or from $VIO_TRAIN.
set -eu
here=$(dirname "$0")
folder=${3:-$here}

"${VIO_TRAIN:-vio-train}" fit "$1" --test "$2" --spec "$here/promoter-core.spec.json" \
  --validation-fraction 0.1 --monitor mcc --epochs 12 --seed 0 --threads 2 \
  --name promoter-core --license Apache-2.0 \
  --description "Human core promoters, 70 bp around the start of transcription, against other human sequence; class 1 is a promoter" \
  --data-note "GUE prom_core_all (Apache-2.0)" \
  --limits "Windows of 70 bp placed as in its data; half of its rows are promoters, in a genome hardly any window is, so most calls of a scan are wrong" \
  --output "$folder/promoter-core.safetensors"
