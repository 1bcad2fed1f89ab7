#!/bin/sh
# The default preset without length on GUE tasks: trained on train.csv, measured on dev.csv, as it
# stands there and on both strands.
#
# Usage: train-gue.sh GUE_FOLDER OUTPUT_FOLDER [TASK...]
#   GUE_FOLDER  TASK/train.csv and TASK/dev.csv of GUE, the benchmark of DNABERT-2 (Zhou et al.,
#               2023; Apache-2.0)
#   TASK        tf_0 and mouse_0 where not given: two classes, peaks of a transcription factor that
#               the benchmark does not name, so their weights are no product and stay in
#               OUTPUT_FOLDER
# vio-train is taken from the PATH, or from $VIO_TRAIN. Recipes were chosen on parts of train.csv.
set -eu
data=$1
folder=$2
shift 2
here=$(dirname "$0")

vio_train() { "${VIO_TRAIN:-vio-train}" "$@"; }

# fit TASK MODEL OPTION...: a peak has no strand.
fit() {
  table=$data/$1/train.csv
  model=$folder/$2.safetensors
  shift 2
  vio_train fit "$table" --spec "$here/gue.spec.json" --augment-rc 0.5 --threads 2 "$@" \
    --output "$model"
}

mouse_0() { fit mouse_0 mouse_0 --test "$data/mouse_0/dev.csv" --epochs 24 --seed 0; }

# Learns from the labels and from what three others, which never see dev.csv, make of them.
tf_0() {
  recipe='--epochs 30 -b 128 --word-share 0.2'
  teachers=
  for seed in 1 2 3; do
    fit tf_0 "tf_0-teacher-$seed" --test-size 0 $recipe --seed "$seed"
    teachers=$teachers${teachers:+,}$folder/tf_0-teacher-$seed.safetensors
  done
  fit tf_0 tf_0 --test "$data/tf_0/dev.csv" $recipe --seed 0 --distill-from "$teachers"
}

case $folder in
*,*)
  echo "train-gue.sh: a folder with a comma can't be named in --distill-from" >&2
  exit 2
  ;;
esac
for task in "${@:-tf_0 mouse_0}"; do
  for name in $task; do
    case $name in
    tf_0 | mouse_0) "$name" ;;
    *)
      echo "train-gue.sh: there is no recipe for $name" >&2
      exit 2
      ;;
    esac
    vio_train evaluate -m "$folder/$name.safetensors" "$data/$name/dev.csv" --strand both \
      --train-table "$data/$name/train.csv" --json "$folder/$name.both.metrics.json"
  done
done
