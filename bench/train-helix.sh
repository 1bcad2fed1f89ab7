#!/bin/sh
# The default and the fast preset on the HeliX table, training part only: three seeds each.
#
# Usage: train-helix.sh HELIX_TABLE.csv OUTPUT_FOLDER
#   HELIX_TABLE  test.csv of the HeliX repository (MIT)
# vio-train is taken from the PATH, or from $VIO_TRAIN. The test part chooses nothing: recipe and
# seeds were fixed on parts of the training part (docs/models.md).
set -eu
table=$1
folder=$2

for seed in 0 1 2; do
  for spec in default fast; do
    epochs=28
    [ "$spec" = default ] || epochs=14
    "${VIO_TRAIN:-vio-train}" fit "$table" --spec "$spec" --epochs "$epochs" --seed "$seed" \
      --seq-column NucleotideSequence --label-column GeneType --test-size 0.2 --split-seed 42 \
      --augment-rc 0.5 --augment-rc-classes BIOLOGICAL_REGION --logit-adjustment 0.3 --threads 2 \
      --output "$folder/helix-$spec-$seed.safetensors"
  done
done
