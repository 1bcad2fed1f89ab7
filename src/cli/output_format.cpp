#include "output_format.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string_view>

#include "vio/core/error.hpp"

namespace vio::cli {

namespace {

using sink::VariantFormat;

bool is_bgzf_name(std::string_view path) {
  return path.ends_with(".gz") || path.ends_with(".bgz");
}

/// What a file's name says it is, without its compression; nothing for names that say nothing.
std::optional<VariantFormat> kind_of_name(std::string_view path) {
  if (path.ends_with(".bcf")) return VariantFormat::bcf;
  if (is_bgzf_name(path)) path.remove_suffix(path.size() - path.rfind('.'));
  if (path.ends_with(".vcf")) return VariantFormat::vcf;
  if (path.ends_with(".tsv")) return VariantFormat::table;
  return std::nullopt;
}

VariantFormat compressed(VariantFormat format) {
  switch (format) {
    case VariantFormat::table:
      return VariantFormat::compressed_table;
    case VariantFormat::vcf:
      return VariantFormat::compressed_vcf;
    default:
      return format;
  }
}

VariantFormat chosen_format(const std::string& type, const std::string& path, InputKind input) {
  const auto natural = input == InputKind::variants ? VariantFormat::vcf : VariantFormat::table;
  const auto named = kind_of_name(path).value_or(natural);
  if (type == "v") return VariantFormat::vcf;
  if (type == "u") return VariantFormat::uncompressed_bcf;
  if (type == "b") return VariantFormat::bcf;
  if (type == "z") return compressed(named == VariantFormat::bcf ? natural : named);
  const auto format = type == "t" ? VariantFormat::table : named;
  return is_bgzf_name(path) ? compressed(format) : format;
}

}  // namespace

VariantFormat output_format(const ParsedOptions& options, InputKind input) {
  const auto path = options.text("output");
  const auto format = chosen_format(options.text("output-type"), path, input);
  const bool is_table = format == VariantFormat::table || format == VariantFormat::compressed_table;
  if (input == InputKind::sequences && !is_table) {
    throw core::UsageError(
        "sequences cannot be written as VCF or BCF, only as a table: use -O t or -O z, and a name "
        "such as out.tsv or out.tsv.gz");
  }
  return format;
}

bool is_compressed(VariantFormat format) noexcept {
  return format == VariantFormat::compressed_table || format == VariantFormat::compressed_vcf ||
         format == VariantFormat::bcf;
}

bool wants_index(const ParsedOptions& options, VariantFormat format) {
  if (!options.has("write-index")) return false;
  if (!is_compressed(format) || options.text("output") == "-") {
    throw core::UsageError(
        "--write-index needs an output file that can be indexed: give -o FILE.tsv.gz, FILE.vcf.gz "
        "or FILE.bcf, or -O z and -o FILE");
  }
  return true;
}

}  // namespace vio::cli
