#!/bin/sh
# Makes ncrna.safetensors and ncrna.metrics.json again.
#
# Usage: train-ncrna.sh TRAIN.fasta [OUTPUT_FOLDER]
#   TRAIN.fasta  non-coding RNAs of 13 Rfam classes, the class last in the header, from the nRC
#                repository (Fiannaca et al., 2017; GPL-3)
# vio-train is taken from the PATH, or from $VIO_TRAIN. The numbers are those of five folds; the
# model is then trained on all rows.
set -eu
here=$(dirname "$0")
folder=${2:-$here}

"${VIO_TRAIN:-vio-train}" fit "$1" --spec default --folds 5 --final \
  --length-dropout 0.1 --epochs 30 --seed 0 --threads 2 \
  --name ncrna --license GPL-3.0 \
  --description "Non-coding RNAs into 13 Rfam classes" \
  --data-note "nRC repository (GPL-3), from Rfam" \
  --limits "Whole sequences of the 13 classes in its data: it has no class for anything else, so every other sequence gets one of them too; rows of one family resemble each other, and folds do not keep them apart" \
  --output "$folder/ncrna.safetensors"
