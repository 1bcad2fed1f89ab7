#include "annotate_options.hpp"

#include <limits>

#include "annotate_manual.hpp"

namespace vio::cli {

namespace {

OptionGroup model_options() {
  return {
      "Model",
      {{.name = "model",
        .short_name = 'm',
        .argument = "NAME|FILE",
        .default_value = "gene-type",
        .help = "Model to score with: a shipped one by name, or a .safetensors file."},
       {.name = "list-models", .help = "List the shipped models and exit."},
       {.name = "describe-model",
        .help =
            "Print what the chosen model is, was trained on and must not be used for, and exit."}}};
}

OptionGroup input_options() {
  return {
      "Input",
      {{.name = "fasta-ref",
        .short_name = 'f',
        .argument = "FILE",
        .help = "Reference of variants and of CRAM: FASTA, plain or bgzip; its index is built if "
                "missing."},
       {.name = "regions",
        .short_name = 'r',
        .argument = "REGION",
        .help = "Score only these intervals of an indexed FASTA, VCF, BCF, BAM or CRAM: chr, "
                "chr:from-to "
                "(1-based), comma-separated.",
        .repeatable = true},
       {.name = "regions-file",
        .short_name = 'R',
        .argument = "FILE",
        .help = "As --regions, from a file: BED (0-based) if named .bed or .bed.gz, else "
                "chr, from, to (1-based)."},
       {.name = "targets",
        .short_name = 't',
        .argument = "REGION",
        .help = "As --regions, but streams the input instead of using an index.",
        .repeatable = true},
       {.name = "targets-file",
        .short_name = 'T',
        .argument = "FILE",
        .help = "As --regions-file, but streams the input instead of using an index."},
       {.name = "regions-overlap",
        .argument = "WHAT",
        .help = "What of a variant must overlap a region: POS, the record's REF, or the variant "
                "without its anchor bases; without it record for -r, -R and pos for -t, -T.",
        .choices = {"pos", "record", "variant"}},
       {.name = "contig-map",
        .argument = "FILE",
        .help =
            "Two columns: contig of the variants, contig of the reference; chr1 = 1 and MT = chrM "
            "need none."},
       {.name = "shard",
        .argument = "I/N",
        .help = "Score only the I-th of N parts of the input; parts gathered in order equal the "
                "whole."}}};
}

OptionGroup window_options() {
  return {"Windows",
          {{.name = "window",
            .argument = "BP",
            .help = "Window length in positions; without it the model's own."},
           {.name = "stride",
            .argument = "BP",
            .help = "Distance between window starts in positions; without it the window length."},
           {.name = "min-len",
            .argument = "BP",
            .help = "A window shorter than this is not scored; its row says TOO_SHORT; without it "
                    "1."},
           {.name = "by",
            .argument = "WHAT",
            .help = "What a row is: a window (of sequences, the default), a sequence (the mean of "
                    "its windows), or a region (the mean of its reads).",
            .choices = {"window", "sequence", "region"}},
           {.name = "strand",
            .argument = "STRAND",
            .default_value = "forward",
            .help = "Strand to score; both is the mean of the two.",
            .choices = {"forward", "reverse", "both"}}}};
}

OptionGroup record_options() {
  return {
      "Reads and tables",
      {{.name = "min-mapq",
        .argument = "Q",
        .help = "Leave out reads with a mapping quality below this; without it 0."},
       {.name = "require-flags",
        .argument = "FLAGS",
        .help = "Leave out reads that lack any of these SAM flags (number or names)."},
       {.name = "exclude-flags",
        .argument = "FLAGS",
        .help = "Leave out reads that have any of these SAM flags; without it 0x900, secondary "
                "and supplementary."},
       {.name = "seq-column",
        .argument = "NAME",
        .help = "Column of a CSV or TSV that holds the sequences; guessed from common names."}}};
}

OptionGroup variant_options() {
  return {
      "Variants",
      {{.name = "ref-mismatch",
        .argument = "WHAT",

        .help = "Where REF is not what the reference says: skip the allele (the default), score it "
                "as the VCF "
                "says, or fail.",
        .choices = {"skip", "use-vcf", "fail"}},
       {.name = "all-classes",
        .help = "Write the probabilities of all classes too, for REF and each ALT."},
       {.name = "tag",
        .argument = "PREFIX",
        .help = "Prefix of the INFO tags, so that two models fit one VCF; without it VIO."}}};
}

OptionGroup run_options() {
  return {
      "Run",
      {{.name = "threads",
        .short_name = '@',
        .argument = "N",
        .default_value = "0",
        .help = "Threads; 0 takes every core this process may use."},
       {.name = "device",
        .argument = "DEVICE",
        .default_value = "auto",
        .help = "Where to compute: auto, cpu, cuda or cuda:N."},
       {.name = "engine",
        .argument = "ENGINE",
        .default_value = "auto",
        .help =
            "What computes: auto takes a GPU where there is one, else fused, SIMD code for CPUs; "
            "torch is LibTorch on a CPU or GPU, reference plain scalar code, which is slow.",
        .choices = {"auto", "fused", "torch", "reference"}},
       {.name = "batch-size",
        .short_name = 'b',
        .argument = "N",
        .default_value = "0",
        .help = "Windows a batch; 0 lets the engine choose. Never changes the result on a CPU."}}};
}

OptionGroup output_options() {
  return {
      "Output",
      {{.name = "output",
        .short_name = 'o',
        .argument = "FILE",
        .default_value = "-",
        .help = "Output file, - for standard output; it appears only when it is whole."},
       {.name = "output-type",
        .short_name = 'O',
        .argument = "TYPE",
        .help = "t: TSV, v: VCF, b: BCF, u: uncompressed BCF, s: SAM, B: BAM, C: CRAM, z: "
                "bgzip-compressed VCF of variants, TSV of others; without it the output's suffix "
                "decides, else VCF of variants, TSV of others.",
        .choices = {"t", "v", "z", "b", "u", "s", "B", "C"}},
       {.name = "write-index",
        .short_name = 'W',
        .help =
            "Write an index beside the output, where it can have one: .tbi, .csi, .bai or .crai."},
       {.name = "stats", .argument = "FILE", .help = "Write the run's counts and times as JSON."},
       {.name = "report",
        .argument = "FILE",
        .help = "Write a page about the run: classes, scores, what was skipped, tracks along the "
                "contigs (HTML, one file, needs no network)."},
       {.name = "mqc",
        .argument = "FILE_mqc.tsv",
        .help = "Write the run's classes, skip reasons and rates for MultiQC; two more files get "
                "names like this one's."},
       {.name = "merge-stats",
        .argument = "FILE",
        .help = "Score nothing: merge the stats files given as INPUT, those of all shards or other "
                "parts of one run, into FILE; --report and --mqc tell about the whole."},
       {.name = "sample",
        .argument = "NAME",
        .help = "What --stats, --report and --mqc call the run; without it as its input."},
       {.name = "skipped",
        .argument = "FILE",
        .help = "Write a table of everything that was not scored, and why."},
       {.name = "no-version",
        .help = "Leave version and command out of the header, and the run's times out of --report, "
                "so that they depend on the input alone."},
       {.name = "max-skipped-frac",
        .argument = "FRACTION",
        .default_value = "1",
        .help = "End with exit code 4 if more than this fraction of the windows, or alleles, was "
                "skipped."}}};
}

OptionGroup general_options() {
  return {
      "General",
      {{.name = "quiet", .short_name = 'q', .help = "Print errors only."},
       {.name = "verbose", .short_name = 'v', .help = "Print more."},
       {.name = "help", .short_name = 'h', .help = "Print this help and exit."},
       {.name = "version", .help = "Print the versions of the program and its libraries and exit."},
       {.name = "man-page", .help = "Print the man page (roff) and exit."},
       {.name = "bash-completion", .help = "Print the bash completion script and exit."}}};
}

Program make_program() {
  return {
      .name = "vio-annotate",
      .summary = "classify sequences and variants with small neural networks",
      .usage = "[options] [INPUT]",
      .description =
          "Reads FASTA, FASTQ, SAM, BAM, CRAM, VCF, BCF, CSV or TSV (plain, gzip or bgzip) from "
          "INPUT, or from standard input where it is - or left out.\n"
          "Sequences are cut into windows, and every window gets a tab-separated row; reads get "
          "one "
          "row each. Variants are scored with REF and\n"
          "with each ALT in a window of their reference, and every record gets INFO tags. Rows of "
          "a "
          "CSV or TSV get columns added.",
      .groups = {model_options(), input_options(), window_options(), variant_options(),
                 record_options(), run_options(), output_options(), general_options()},
      .examples = {{"vio-annotate genes.fa", "score every window of every sequence"},
                   {"zcat reads.fq.gz | vio-annotate --by sequence -o reads.tsv",
                    "one row a read, from a pipe into a file"},
                   {"vio-annotate -R targets.bed -o targets.tsv.gz -W genome.fa",
                    "score the intervals of a BED file, compressed and indexed"},
                   {"vio-annotate -f ref.fa in.vcf.gz -o out.vcf.gz -W",
                    "annotate variants with their effect on the classes, compressed and indexed"},
                   {"vio-annotate -O B -o tagged.bam -W reads.bam",
                    "the reads themselves, tagged with label and probabilities"},
                   {"vio-annotate --shard 2/10 -o part2.tsv genome.fa",
                    "the second of ten equal parts, for a cluster"},
                   {"vio-annotate --merge-stats all.json --report all.html part*.json",
                    "one stats file and one page about all parts"}},
      .max_positional = std::numeric_limits<int>::max(),
      .manual = annotate_manual(),
      .see_also = {"vio-train(1)", "samtools(1)", "bcftools(1)", "bgzip(1)", "tabix(1)"}};
}

}  // namespace

const Program& annotate_program() {
  static const Program program = make_program();
  return program;
}

}  // namespace vio::cli
