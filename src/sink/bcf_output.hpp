#pragma once

#include <memory>

#include "bcf_file.hpp"
#include "output_index.hpp"
#include "variant_tags.hpp"
#include "vio/sink/variant_output.hpp"

namespace vio::sink {

/// BCF. HTSlib packs the records, whose tags format() sets.
class BcfOutput final : public VariantOutput {
 public:
  BcfOutput(const VariantOutputOptions& options, const hts::VariantHeader& header,
            std::shared_ptr<const annotate::VariantFields> fields, std::size_t n_classes,
            TemporaryFiles& temporaries);

  std::string format(annotate::ScoredVariants& batch) const override;
  void write(const annotate::ScoredVariants& batch, const std::string& text) override;
  void flush() override {}  // a block a batch would change the bytes with -b
  void finish() override;

 private:
  OutputTarget target_;
  hts::VariantHeader header_;
  VariantTags tags_;
  std::size_t n_classes_;
  BcfFile file_;
  std::unique_ptr<OutputIndex> index_;
};

}  // namespace vio::sink
