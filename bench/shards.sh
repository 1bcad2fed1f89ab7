#!/usr/bin/env bash
# Measures what cutting an input in shards costs on this machine: 1, 2, 4 and 8 shards of one FASTA and
# of one VCF, as many at a time as there are cores, each with one thread; a BAM of short reads in one
# thread, for the plan in docs/performance.md. The medians of several rounds go to a JSON file.
# Usage: shards.sh BUILD_FOLDER [OUTPUT.json [MEGABASES [ROUNDS [MODEL]]]]
set -euo pipefail
build=$(realpath "${1:?the build folder}")
output=$(realpath -m "${2:-$(dirname "$0")/results/shards.json}")
megabases=${3:-20}
rounds=${4:-5}
model=${5:-vio-v1}
export PATH="$build/bin:$PATH"
export VIO_MODEL_PATH=${VIO_MODEL_PATH:-$(realpath "$(dirname "$0")/../models")}
cores=$(nproc)

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# Four equal contigs of random bases; an SNV every 500 bases; reads of 150 bases, one for every 1000;
# and one short sequence, whose time is nothing but start-up.
python3 - "$megabases" <<'PY'
import random, sys
dice, size = random.Random(3), int(float(sys.argv[1]) * 250_000)
with open("genome.fa", "w") as fasta, open("calls.vcf", "w") as vcf:
    contigs = {f"chr{i}": "".join(dice.choices("ACGT", k=size)) for i in (1, 2, 3, 4)}
    vcf.write("##fileformat=VCFv4.2\n" + "".join(f"##contig=<ID={n},length={size}>\n" for n in contigs))
    vcf.write("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")
    for name, bases in contigs.items():
        fasta.write(f">{name}\n" + "\n".join(bases[i:i + 60] for i in range(0, size, 60)) + "\n")
        for pos in range(500, size - 500, 500):
            ref = bases[pos - 1]
            vcf.write(f"{name}\t{pos}\t.\t{ref}\t{'A' if ref != 'A' else 'C'}\t.\tPASS\t.\n")
with open("reads.sam", "w") as sam:
    sam.write("@HD\tVN:1.6\n" + "".join(f"@SQ\tSN:{n}\tLN:{size}\n" for n in contigs))
    for name, bases in contigs.items():
        for pos in range(0, size - 150, 1000):
            sam.write(f"r{pos}\t0\t{name}\t{pos + 1}\t60\t150M\t*\t0\t0\t{bases[pos:pos + 150]}\t*\n")
open("one.fa", "w").write(">one\nACGTACGTACGTACGTACGT\n")
PY
samtools faidx genome.fa
samtools faidx one.fa
samtools view -b -o reads.bam reads.sam
bgzip calls.vcf
bcftools index calls.vcf.gz

now() { date +%s.%N; }

# time_of NAME COMMAND: appends its seconds to NAME.
time_of() {
  local name=$1 begin
  shift
  begin=$(now)
  "$@"
  echo "$name $(now) $begin" >> times.txt
}

sequences() { seq 1 "$1" | xargs -P "$cores" -I{} vio-annotate -q -m "$model" -@ 1 --shard "{}/$1" -o part.{}.tsv.gz genome.fa; }
variants() {
  seq 1 "$1" | xargs -P "$cores" -I{} vio-annotate -q -m "$model" -@ 1 --no-version -f genome.fa --shard "{}/$1" -o part.{}.vcf.gz calls.vcf.gz
}
whole_sequences() { vio-annotate -q -m "$model" -@ "$cores" -o whole.tsv.gz genome.fa; }
whole_variants() { vio-annotate -q -m "$model" -@ "$cores" --no-version -f genome.fa -o whole.vcf.gz calls.vcf.gz; }
gather_sequences() {
  { bgzip -dc part.1.tsv.gz; for i in $(seq 2 "$1"); do bgzip -dc "part.$i.tsv.gz" | tail -n +2; done; } |
    bgzip -@ "$cores" > gathered.tsv.gz
}
gather_variants() {
  local parts=()
  for i in $(seq 1 "$1"); do parts+=("part.$i.vcf.gz"); done
  bcftools concat --naive -o gathered.vcf.gz "${parts[@]}" 2> /dev/null
}

for _ in $(seq "$rounds"); do
  time_of start-up vio-annotate -q -m "$model" -@ 1 -o one.tsv one.fa
  time_of reads-1 vio-annotate -q -m "$model" -@ 1 -o reads.tsv.gz reads.bam
  time_of whole-sequences whole_sequences
  time_of whole-variants whole_variants
  for n in 1 2 4 8; do
    time_of "sequences-$n" sequences "$n"
    time_of "gather-sequences-$n" gather_sequences "$n"
    cmp <(bgzip -dc gathered.tsv.gz) <(bgzip -dc whole.tsv.gz)
    time_of "variants-$n" variants "$n"
    time_of "gather-variants-$n" gather_variants "$n"
    cmp <(bgzip -dc gathered.vcf.gz) <(bgzip -dc whole.vcf.gz)
    rm -f part.*
  done
done

vio-annotate -q -m "$model" --stats stats.json -o whole.tsv genome.fa
mkdir -p "$(dirname "$output")"
python3 - "$output" "$cores" "$(vio-annotate --version | head -1)" <<'PY'
import collections, json, platform, statistics, subprocess, sys
seconds = collections.defaultdict(list)
for line in open("times.txt"):
    name, end, begin = line.split()
    seconds[name].append(float(end) - float(begin))
stats = json.load(open("stats.json"))
cpu = [line.split(": ", 1)[1] for line in open("/proc/cpuinfo").read().splitlines() if line.startswith("model name")]
result = {
    "program": sys.argv[3], "model": stats["model"]["name"], "engine": stats["engine"],
    "cpu": cpu[0] if cpu else platform.machine(),
    "cores": int(sys.argv[2]), "windows": stats["windows"]["scored"],
    "variants": int(subprocess.check_output(["bcftools", "index", "-n", "calls.vcf.gz"])),
    "reads": int(subprocess.check_output(["samtools", "view", "-c", "reads.bam"])),
    "rounds": len(seconds["start-up"]),
    "seconds": {name: {"median": round(statistics.median(values), 4), "least": round(min(values), 4)}
                for name, values in seconds.items()},
}
json.dump(result, open(sys.argv[1], "w"), indent=2)
open(sys.argv[1], "a").write("\n")
PY
