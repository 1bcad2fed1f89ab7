#pragma once

#include "text_variant_output.hpp"

namespace vio::sink {

/// TSV, plain or BGZF: a line an ALT.
class VariantTableOutput final : public TextVariantOutput {
 public:
  VariantTableOutput(const VariantOutputOptions& options,
                     std::shared_ptr<const annotate::VariantFields> fields, std::size_t n_classes,
                     TemporaryFiles& temporaries);

  std::string format(annotate::ScoredVariants& batch) const override;

 private:
  std::shared_ptr<const annotate::VariantFields> fields_;
  std::size_t n_classes_;
};

}  // namespace vio::sink
