#pragma once

#include <string>

#include "vio/cli/parse.hpp"

namespace vio::cli {

/// What the input is: it decides what an output is unless -O or a suffix says otherwise.
enum class InputKind : std::uint8_t { sequences, variants, alignments, rows };

enum class OutputFormat : std::uint8_t {
  table,  ///< -O t; of a CSV or TSV its rows
  compressed_table,
  vcf,               ///< -O v
  compressed_vcf,    ///< -O z of variants
  bcf,               ///< -O b
  uncompressed_bcf,  ///< -O u
  sam,               ///< -O s
  compressed_sam,    ///< -O s, to a name that ends in .gz
  bam,               ///< -O B
  cram,              ///< -O C
};

/// The format that -O, the suffix of -o and the input together ask for. Throws core::UsageError
/// where the input cannot be written as that.
[[nodiscard]] OutputFormat output_format(const ParsedOptions& options, InputKind input);

[[nodiscard]] bool is_table(OutputFormat format) noexcept;
[[nodiscard]] bool is_compressed(OutputFormat format) noexcept;

/// Whether -W was given; throws core::UsageError where the output cannot have an index.
[[nodiscard]] bool wants_index(const ParsedOptions& options, OutputFormat format);

}  // namespace vio::cli
