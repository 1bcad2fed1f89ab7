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
  --description "Nine NCBI gene types of human sequences up to 1000 bp: the origin notebook's network, trained as there" \
  --limits "A reference for the network, not a gene finder: sequence length alone is more accurate on the same rows, rare classes are never called, and scores of windows cut from longer sequences mean nothing" \
  --output "$folder/vio-v1.safetensors"
