#!/bin/sh
# The default and the fast preset on the HeliX table, training part only: three seeds each.
#
# Usage: train-helix.sh HELIX_TABLE.csv OUTPUT_FOLDER
#   HELIX_TABLE  test.csv of the HeliX repository (MIT)
# vio-train is taken from the PATH, or from $VIO_TRAIN. The test part chooses nothing: recipe and
# seeds were fixed on parts of the training part (docs/models.md). Two teachers are trained first;
# what they reach stands in their own metrics files.
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

for seed in 10 11; do
  fit "helix-teacher-$seed" --spec default --seed "$seed"
done
teachers=$folder/helix-teacher-10.safetensors,$folder/helix-teacher-11.safetensors
for seed in 0 1 2; do
  fit "helix-default-$seed" --spec default --seed "$seed" --distill-from "$teachers" \
    --distill-weight 0.6
done
for seed in 0 1 2; do
  fit "helix-fast-$seed" --spec fast --seed "$seed"
done
