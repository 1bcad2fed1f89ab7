#!/bin/sh
# Makes gene-type.safetensors and gene-type.metrics.json again.
#
# Usage: train-gene-type.sh HELIX_TABLE.csv MORE_ROWS.csv [OUTPUT_FOLDER]
#   HELIX_TABLE  test.csv of the HeliX repository (MIT), from the public Kaggle data set
#                "DNA Sequence Prediction" of NCBI genes: columns NucleotideSequence, GeneType
#   MORE_ROWS    rows of the same data set that share no gene and no sequence with it
# vio-train is taken from the PATH, or from $VIO_TRAIN.
set -eu
folder=${3:-$(dirname "$0")}

"${VIO_TRAIN:-vio-train}" fit "$1" --spec default \
  --seq-column NucleotideSequence --label-column GeneType \
  --test-size 0.2 --split-seed 42 \
  --add-train "$2" --drop-similar 0.9 --drop-from added \
  --augment-rc 0.5 --augment-rc-classes BIOLOGICAL_REGION --length-dropout 0.3 \
  --logit-adjustment 0.3 --epochs 28 --seed 0 --threads 2 \
  --name gene-type --license MIT \
  --description "Human sequences up to 1000 bp into nine NCBI gene types" \
  --data-note "HeliX repository (MIT), public NCBI gene sequences" \
  --limits "Human, whole sequences of 2 to 1000 bp; length is partly an artefact of its data; rare classes are weak; for windows cut from a genome and for other species nothing was shown" \
  --output "$folder/gene-type.safetensors"
