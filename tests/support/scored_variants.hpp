#pragma once

#include <htslib/vcf.h>

#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "support/variant_text.hpp"
#include "vio/annotate/scored_variants.hpp"

namespace vio::test {

/// A header as HTSlib reads it from VCF text, whose record lines it ignores.
inline std::shared_ptr<hts::VariantHeader> parse_header(const std::string& vcf) {
  hts::silence_htslib();
  hts::VariantHeaderHandle handle(bcf_hdr_init("r"));
  auto text = vcf.substr(0, vcf.find('\n', vcf.find("#CHROM")) + 1);
  if (!handle || bcf_hdr_parse(handle.get(), text.data()) != 0) {
    throw std::runtime_error("not a VCF header");
  }
  return std::make_shared<hts::VariantHeader>(std::move(handle));
}

/// The record lines of VCF text.
inline std::vector<std::string> record_lines(const std::string& vcf) {
  std::vector<std::string> lines;
  std::istringstream text(vcf);
  for (std::string line; std::getline(text, line);) {
    if (!line.starts_with('#')) lines.push_back(line);
  }
  return lines;
}

/// VCF text as a source hands it on: what records use undeclared is in the batch's header then.
inline source::VariantBatch read_vcf(const std::string& vcf) {
  const auto header = parse_header(vcf);
  source::VariantBatch batch;
  for (const auto& line : record_lines(vcf)) {
    batch.records.emplace_back();
    parse_line(line, *header, batch.records.back());
  }
  batch.header = std::make_shared<const hts::VariantHeader>(header->copy());
  return batch;
}

/// How one ALT ended.
struct Ended {
  core::Status status = core::Status::ok;
  std::vector<float> probabilities{};  ///< only where ok
  bool edge = false;
  bool unknown = false;
};

/// Adds what an engine says about the batch's next record. `ref` is empty where no ALT is ok.
inline void add_scores(annotate::ScoredVariants& batch, const std::vector<float>& ref,
                       const std::vector<Ended>& alts) {
  auto& encoded = batch.encoded;
  const auto add_window = [&](const std::vector<float>& probabilities) {
    encoded.windows.emplace_back();
    batch.probabilities.insert(batch.probabilities.end(), probabilities.begin(),
                               probabilities.end());
    return encoded.windows.size() - 1;
  };
  encode::Variant variant;
  variant.first_allele = encoded.alleles.size();
  variant.n_alleles = alts.size();
  variant.scored = !ref.empty();
  if (variant.scored) variant.ref_window = add_window(ref);
  for (const auto& alt : alts) {
    encode::Allele allele{.status = alt.status, .edge = alt.edge, .unknown = alt.unknown};
    if (alt.status == core::Status::ok) allele.window = add_window(alt.probabilities);
    encoded.alleles.push_back(allele);
  }
  encoded.variants.push_back(variant);
}

}  // namespace vio::test
