#!/usr/bin/env bash
# Links an input and its index; builds the index where there is none, or only an old one.
# shellcheck disable=SC2154  # Snakemake sets snakemake_log, snakemake_input, snakemake_output
exec 2> "${snakemake_log[0]}"

from=$(realpath -s "${snakemake_input[0]}")
to=${snakemake_output[0]}
ln -sfn "$from" "$to"

indexed=
for suffix in fai gzi tbi csi bai crai; do
  if [ -e "$from.$suffix" ] && [ ! "$from.$suffix" -ot "$from" ]; then
    ln -sfn "$from.$suffix" "$to.$suffix"
    indexed=yes
  fi
done

# What can't be indexed (gzip, FASTQ, plain VCF, a damaged file) is left to vio-annotate, which reads
# it through or says what is wrong with it.
if [ -z "$indexed" ]; then
  case $(htsfile "$to") in
    *FASTA*BGZF* | *FASTA*text*) samtools faidx "$to" ;;
    *BAM* | *CRAM*) samtools index "$to" ;;
    *VCF*BGZF* | *BCF*) bcftools index "$to" ;;
  esac || echo "$from could not be indexed" >&2
fi
