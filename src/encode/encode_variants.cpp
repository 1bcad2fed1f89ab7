#include <algorithm>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>

#include "encode/variant_site.hpp"
#include "vio/encode/encoded_variants.hpp"
#include "vio/window/variant_windows.hpp"

namespace vio::encode {

namespace {

using core::Code;
using core::Status;

/// Turns one batch into windows, record by record.
class VariantEncoder {
 public:
  VariantEncoder(source::VariantBatch batch, const source::ContigNames& contigs,
                 ReferenceCache& cache, const VariantEncoding& options)
      : sites_(contigs, cache, options), alphabet_(cache.alphabet()), window_(options.window) {
    out_.batch = std::move(batch);
    out_.variants.reserve(out_.batch.records.size());
    out_.alleles.reserve(out_.batch.records.size());
    out_.windows.reserve(2 * out_.batch.records.size());
  }

  EncodedVariants run() && {
    for (const auto& record : out_.batch.records) add_record(record);
    return std::move(out_);
  }

 private:
  void add_record(const hts::VariantRecord& record) {
    const auto texts = record.alleles();
    Variant variant;
    variant.first_allele = out_.alleles.size();
    for (std::size_t i = 1; i < texts.size(); ++i) {
      out_.alleles.push_back({.status = window::alt_kind(texts[i])});
    }
    if (texts.size() < 2) out_.alleles.push_back({.status = Status::no_alt});
    variant.n_alleles = out_.alleles.size() - variant.first_allele;

    const auto is_sequence = [](const Allele& allele) { return allele.status == Status::ok; };
    const auto alleles = std::span(out_.alleles).subspan(variant.first_allele);
    if (std::any_of(alleles.begin(), alleles.end(), is_sequence)) {
      const auto site = sites_.locate(*out_.batch.header, record, texts.front());
      for (std::size_t i = 0; i < alleles.size(); ++i) {
        if (is_sequence(alleles[i])) add_allele(site, texts[i + 1], variant, alleles[i]);
      }
    }
    out_.variants.push_back(variant);
  }

  void add_allele(const Site& site, std::string_view alt, Variant& variant, Allele& allele) {
    allele.status = site.status;
    if (allele.status != Status::ok) return;
    if (!window::fits_window(length_of(alt), window_)) {
      allele.status = Status::too_long;
      return;
    }
    if (!variant.scored) add_reference(site, variant);
    const auto span = span_of(site, alt);
    const auto codes = keep_codes(alt);
    allele.window = add_window(site, span, codes);
    allele.edge = ref_span_.clipped || span.clipped;
    allele.unknown = ref_unknown_ || has_unknown(codes) ||
                     has_unknown(reference_codes(site, ref_span_.end, span.end));
  }

  /// The window of REF, which all ALTs of the record share.
  void add_reference(const Site& site, Variant& variant) {
    keep_block(site);
    ref_span_ = span_of(site, site.ref);
    variant.scored = true;
    if (site.replaces_reference) {
      const auto codes = keep_codes(site.ref);
      variant.ref_window = add_window(site, ref_span_, codes);
      ref_unknown_ = has_unknown(codes) ||
                     has_unknown(reference_codes(site, ref_span_.begin, site.position)) ||
                     has_unknown(reference_codes(site, site.ref_end(), ref_span_.end));
    } else {
      variant.ref_window = add_window(site, ref_span_, {});
      ref_unknown_ = has_unknown(reference_codes(site, ref_span_.begin, ref_span_.end));
    }
  }

  /// `allele` in place of REF; empty for the reference as it is.
  std::size_t add_window(const Site& site, const window::AlleleSpan& span,
                         std::span<const Code> allele) {
    const std::int64_t origin = site.block->begin;
    // Never `whole`, not even on a short contig: REF and ALT must look alike to a model.
    window::Window added;
    added.block = &site.block->block;
    added.begin = span.begin - origin;
    added.end = span.end - origin;
    if (!allele.empty()) {
      added.edit = window::Edit{
          .begin = site.position - origin, .ref_length = length_of(site.ref), .alt = allele};
    }
    out_.windows.push_back(added);
    return out_.windows.size() - 1;
  }

  void keep_block(const Site& site) {
    if (out_.blocks.empty() || out_.blocks.back() != site.block) out_.blocks.push_back(site.block);
  }

  std::span<const Code> keep_codes(std::string_view symbols) {
    auto& codes = out_.allele_codes.emplace_back(symbols.size());
    alphabet_.encode(symbols, codes);
    return codes;
  }

  /// Of contig positions [begin, end), which may be empty or inverted; they lie in the block.
  static std::span<const Code> reference_codes(const Site& site, std::int64_t begin,
                                               std::int64_t end) {
    if (begin >= end) return {};
    return std::span(site.block->block.codes)
        .subspan(static_cast<std::size_t>(begin - site.block->begin),
                 static_cast<std::size_t>(end - begin));
  }

  [[nodiscard]] bool has_unknown(std::span<const Code> codes) const {
    // std::find goes code by code, and a REF window has a thousand.
    return !codes.empty() &&
           std::memchr(codes.data(), alphabet_.unknown(), codes.size()) != nullptr;
  }

  [[nodiscard]] window::AlleleSpan span_of(const Site& site, std::string_view allele) const {
    return window::allele_span(site.position, length_of(site.ref), length_of(allele), window_,
                               site.contig_length);
  }

  SiteFinder sites_;
  const core::Alphabet& alphabet_;
  std::int64_t window_;
  EncodedVariants out_;
  // Of the record at hand.
  window::AlleleSpan ref_span_;
  bool ref_unknown_ = false;
};

}  // namespace

EncodedVariants encode_variants(source::VariantBatch batch, const source::ContigNames& contigs,
                                ReferenceCache& cache, const VariantEncoding& options) {
  return VariantEncoder(std::move(batch), contigs, cache, options).run();
}

std::int64_t variant_reach(std::int64_t window) noexcept {
  // The longest deletion that fits leaves one base of REF, and its window refills from the right.
  return window + (window - window / 2) - 1;
}

}  // namespace vio::encode
