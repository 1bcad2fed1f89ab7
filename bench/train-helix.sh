#!/bin/sh
# The default and the fast preset on the HeliX table, training part only: three seeds each.
#
# Usage: train-helix.sh HELIX_TABLE.csv OUTPUT_FOLDER
#   HELIX_TABLE  test.csv of the HeliX repository (MIT)
# vio-train is taken from the PATH, or from $VIO_TRAIN. The test part chooses nothing: recipe and
# seeds were fixed on parts of the training part (docs/models.md). The models of the default preset
# have a teacher, which is trained first; what it reaches stands in a metrics file of its own.
set -eu
table=$1
folder=$2
vio_train=${VIO_TRAIN:-vio-train}

fit() {
  name=$1
  shift
  "$vio_train" fit "$table" \
    --seq-column NucleotideSequence --label-column GeneType --test-size 0.2 --split-seed 42 \
    --augment-rc 0.5 --augment-rc-classes BIOLOGICAL_REGION --logit-adjustment 0.3 --threads 2 \
    --output "$folder/$name.safetensors" "$@"
}

fit helix-teacher --spec default --seed 10
for seed in 0 1 2; do
  fit "helix-default-$seed" --spec default --seed "$seed" \
    --distill-from "$folder/helix-teacher.safetensors" --distill-weight 0.5
done
for seed in 0 1 2; do
  fit "helix-fast-$seed" --spec fast --seed "$seed"
done
