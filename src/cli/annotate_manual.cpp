#include "annotate_manual.hpp"

#include "vio/cli/manual.hpp"

namespace vio::cli {

namespace {

ManualSection output_section() {
  return {.title = "OUTPUT",
          .text =
              "Standard output carries data and nothing else. A file appears under its name "
              "only when it is whole. What was not scored says why:",
          .terms = {{"TOO_SHORT, EMPTY, OUT_OF_RANGE",
                     "Of windows, sequences and reads: shorter than --min-len; without a base; "
                     "past the end of the contig."},
                    {"REF_MISMATCH, NO_CONTIG, OUT_OF_RANGE",
                     "Of the alleles of a variant: REF is not what the reference says; the "
                     "reference has no such contig; REF reaches past its end."},
                    {"NO_ALT, STAR, SYMBOLIC, BREAKEND, TOO_LONG",
                     "Of alleles too: there is nothing to score, or it does not fit the window."}}};
}

}  // namespace

std::vector<ManualSection> annotate_manual() {
  return {
      output_section(),
      exit_status_section({{"4",
                            "More windows, or alleles, were skipped than --max-skipped-frac "
                            "allows; the output is whole and kept."}}),
      environment_section(
          {{"TMPDIR",
            "Folder of a FASTA index that cannot be written beside its file; without "
            "it /tmp."},
           {"VIO_SIMD_TARGET",
            "Instructions that the engine fused uses: one of AVX3, AVX2, SSE4, SSSE3, NEON, as far "
            "as the machine has them; without it the best."}}),
      files_section({{"FILE.fai, FILE.gzi",
                      "The index of a FASTA file, built beside it where it is missing."},
                     {"FILE.tbi, FILE.csi, FILE.bai, FILE.crai",
                      "Indexes of other inputs, which -r and -R need; -W writes that of the "
                      "output."}})};
}

}  // namespace vio::cli
