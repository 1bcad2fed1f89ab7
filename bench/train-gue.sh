#!/bin/sh
# The default preset without length on GUE tasks: trained on train.csv, measured once on dev.csv.
#
# Usage: train-gue.sh GUE_FOLDER OUTPUT_FOLDER [TASK...]
#   GUE_FOLDER  TASK/train.csv and TASK/dev.csv of GUE, the benchmark of DNABERT-2 (Zhou et al.,
#               2023; Apache-2.0)
#   TASK        tf_0 and mouse_0 where not given: two classes, peaks of a transcription factor that
#               the benchmark does not name, so their weights are no product and stay in
#               OUTPUT_FOLDER
# vio-train is taken from the PATH, or from $VIO_TRAIN.
set -eu
data=$1
folder=$2
shift 2
here=$(dirname "$0")

epochs() {
  case $1 in
  mouse_0) echo 24 ;;
  *) echo 10 ;;
  esac
}

# A peak has no strand.
for task in "${@:-tf_0 mouse_0}"; do
  for name in $task; do
    "${VIO_TRAIN:-vio-train}" fit "$data/$name/train.csv" --test "$data/$name/dev.csv" \
      --spec "$here/gue.spec.json" --augment-rc 0.5 \
      --epochs "$(epochs "$name")" --seed 0 --threads 2 --output "$folder/$name.safetensors"
  done
done
