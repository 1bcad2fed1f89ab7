#pragma once

#include "text_variant_output.hpp"
#include "variant_tags.hpp"

namespace vio::sink {

/// VCF text, plain or BGZF. Its lines are made in format(), so in parallel.
class VcfOutput final : public TextVariantOutput {
 public:
  VcfOutput(const VariantOutputOptions& options, const hts::VariantHeader& header,
            std::shared_ptr<const annotate::VariantFields> fields, std::size_t n_classes,
            TemporaryFiles& temporaries);

  std::string format(annotate::ScoredVariants& batch) const override;

 private:
  VariantTags tags_;
  std::size_t n_classes_;
};

}  // namespace vio::sink
