#include "variant_config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "output_format.hpp"
#include "vio/core/error.hpp"

namespace vio::cli {

namespace {

using core::UsageError;

std::optional<source::Overlap> parse_overlap(const std::string& text) {
  using source::Overlap;
  if (text.empty()) return std::nullopt;
  if (text == "pos") return Overlap::position;
  return text == "record" ? Overlap::record : Overlap::variant;
}

encode::RefMismatch parse_ref_mismatch(const std::string& text) {
  using encode::RefMismatch;
  if (text == "use-vcf") return RefMismatch::use_vcf;
  return text == "fail" ? RefMismatch::fail : RefMismatch::skip;
}

/// What VCF allows as the beginning of an INFO tag.
std::string parse_tag(const std::string& text) {
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  const auto is_inner = [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '.';
  };
  if (text.empty() || !is_letter(text.front()) ||
      !std::all_of(text.begin(), text.end(), is_inner)) {
    throw UsageError(fmt::format(
        "--tag takes a letter and then letters, digits, _ and ., such as VIO2, not '{}'", text));
  }
  return text;
}

sink::VariantFormat variant_format(OutputFormat format) {
  switch (format) {
    case OutputFormat::table:
      return sink::VariantFormat::table;
    case OutputFormat::compressed_table:
      return sink::VariantFormat::compressed_table;
    case OutputFormat::compressed_vcf:
      return sink::VariantFormat::compressed_vcf;
    case OutputFormat::bcf:
      return sink::VariantFormat::bcf;
    case OutputFormat::uncompressed_bcf:
      return sink::VariantFormat::uncompressed_bcf;
    default:
      return sink::VariantFormat::vcf;
  }
}

void check_variants_fit(const ParsedOptions& options, const std::string& path,
                        const model::Spec& spec) {
  if (!options.has("fasta-ref")) {
    throw UsageError(
        fmt::format("{} is VCF or BCF, and variants need their reference: give its FASTA (plain or "
                    "bgzip) with -f FILE",
                    path == "-" ? "standard input" : path));
  }
  if (!spec.alphabet.has_complement()) {
    throw UsageError(fmt::format(
        "variants need a model of DNA or RNA; this one has the {} alphabet", spec.alphabet.name()));
  }
  refuse_options(options, {"stride", "min-len", "by"},
                 "is for sequences, and the input is VCF or BCF");
  refuse_options(options, {"min-mapq", "require-flags", "exclude-flags", "seq-column"},
                 "is not for variants, and the input is VCF or BCF");
}

}  // namespace

VariantConfig make_variant_config(const ParsedOptions& options, RunConfig common,
                                  const model::Spec& spec) {
  check_variants_fit(options, common.selection.path, spec);
  VariantConfig config;
  static_cast<RunConfig&>(config) = std::move(common);
  static_cast<source::Selection&>(config.source) = config.selection;
  config.source.overlap = parse_overlap(options.text("regions-overlap"));
  config.source.max_windows = config.batch_size;
  config.reference_path = options.text("fasta-ref");
  config.contig_map_path = options.text("contig-map");
  config.encoding = {config.window, parse_ref_mismatch(options.text("ref-mismatch"))};
  const auto format = output_format(options, InputKind::variants);
  config.output = {config.output_path, variant_format(format), wants_index(options, format),
                   config.threads, options.has("tag") ? parse_tag(options.text("tag")) : "VIO"};
  config.all_classes = options.has("all-classes");
  return config;
}

}  // namespace vio::cli
