#!/bin/sh
# Makes vio-v1.safetensors and vio-v1.metrics.json again.
#
# Usage: train-vio-v1.sh HELIX_TABLE.csv [OUTPUT_FOLDER]   (vio-train on the PATH, or in $VIO_TRAIN)
set -eu
table=$1
folder=${2:-$(dirname "$0")}

"${VIO_TRAIN:-vio-train}" fit "$table" \
  --spec v1 --seq-column NucleotideSequence --label-column GeneType \
  --test-size 0.2 --split-seed 42 --validation-fraction 0 \
  --optimizer adam --learning-rate 0.001 --batch-size 32 --epochs 10 --seed 0 --threads 2 \
  --name vio-v1 --license MIT \
  --description "Human sequences up to 1000 bp into nine NCBI gene types, with the network and the training of the origin notebook" \
  --data-note "HeliX repository (MIT), public NCBI gene sequences" \
  --limits "A baseline, not a gene finder: sequence length alone is more accurate on the same rows, seven of the nine classes are hardly or never called, and nothing was shown for windows cut from longer sequences" \
  --output "$folder/vio-v1.safetensors"
