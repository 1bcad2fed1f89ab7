#include "output_format.hpp"

#include <fmt/format.h>

#include <optional>
#include <string_view>

#include "vio/core/error.hpp"

namespace vio::cli {

namespace {

bool is_bgzf_name(std::string_view path) {
  return path.ends_with(".gz") || path.ends_with(".bgz");
}

/// What a file's name says it is, without its compression; nothing for names that say nothing.
std::optional<OutputFormat> kind_of_name(std::string_view path) {
  if (path.ends_with(".bcf")) return OutputFormat::bcf;
  if (path.ends_with(".bam")) return OutputFormat::bam;
  if (path.ends_with(".cram")) return OutputFormat::cram;
  if (is_bgzf_name(path)) path.remove_suffix(path.size() - path.rfind('.'));
  if (path.ends_with(".vcf")) return OutputFormat::vcf;
  if (path.ends_with(".sam")) return OutputFormat::sam;
  if (path.ends_with(".tsv") || path.ends_with(".csv")) return OutputFormat::table;
  return std::nullopt;
}

OutputFormat compressed(OutputFormat format) {
  switch (format) {
    case OutputFormat::table:
      return OutputFormat::compressed_table;
    case OutputFormat::vcf:
      return OutputFormat::compressed_vcf;
    case OutputFormat::sam:
      return OutputFormat::compressed_sam;
    default:
      return format;
  }
}

/// What -O names outright; nothing for `z`, which only says that it is compressed, and for none.
std::optional<OutputFormat> kind_of_type(std::string_view type) {
  if (type == "t") return OutputFormat::table;
  if (type == "v") return OutputFormat::vcf;
  if (type == "b") return OutputFormat::bcf;
  if (type == "u") return OutputFormat::uncompressed_bcf;
  if (type == "s") return OutputFormat::sam;
  if (type == "B") return OutputFormat::bam;
  if (type == "C") return OutputFormat::cram;
  return std::nullopt;
}

OutputFormat chosen_format(const std::string& type, const std::string& path, InputKind input) {
  const auto natural = input == InputKind::variants ? OutputFormat::vcf : OutputFormat::table;
  const auto named = kind_of_name(path);
  if (type == "z") {
    const bool packs = named && compressed(*named) != *named;
    return compressed(packs ? *named : natural);
  }
  const auto asked = kind_of_type(type);
  const auto format = asked.value_or(named.value_or(natural));
  const bool keeps_plain = asked == OutputFormat::vcf;  // as bcftools: -O v is never compressed
  return is_bgzf_name(path) && !keeps_plain ? compressed(format) : format;
}

bool is_variants(OutputFormat format) noexcept {
  return format == OutputFormat::vcf || format == OutputFormat::compressed_vcf ||
         format == OutputFormat::bcf || format == OutputFormat::uncompressed_bcf;
}

}  // namespace

OutputFormat output_format(const ParsedOptions& options, InputKind input) {
  const auto format = chosen_format(options.text("output-type"), options.text("output"), input);
  if (is_table(format)) return format;
  if (is_variants(format) && input != InputKind::variants) {
    throw core::UsageError(
        "only variants can be written as VCF or BCF, and the input is neither: use -O t or -O z, "
        "and "
        "a name such as out.tsv or out.tsv.gz");
  }
  if (!is_variants(format) && input != InputKind::alignments) {
    throw core::UsageError(
        "only alignments can be written as SAM, BAM or CRAM, and the input is none of them: use "
        "another -O, and another name for the output");
  }
  return format;
}

bool is_table(OutputFormat format) noexcept {
  return format == OutputFormat::table || format == OutputFormat::compressed_table;
}

bool is_compressed(OutputFormat format) noexcept {
  switch (format) {
    case OutputFormat::compressed_table:
    case OutputFormat::compressed_vcf:
    case OutputFormat::compressed_sam:
    case OutputFormat::bcf:
    case OutputFormat::bam:
    case OutputFormat::cram:
      return true;
    default:
      return false;
  }
}

bool wants_index(const ParsedOptions& options, OutputFormat format) {
  if (!options.has("write-index")) return false;
  if (!is_compressed(format) || options.text("output") == "-") {
    throw core::UsageError(
        "--write-index needs an output file that can be indexed: give -o FILE.tsv.gz, FILE.vcf.gz, "
        "FILE.bcf or FILE.bam, or -O z and -o FILE");
  }
  return true;
}

}  // namespace vio::cli
