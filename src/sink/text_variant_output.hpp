#pragma once

#include <memory>
#include <string>

#include "output_index.hpp"
#include "vio/sink/byte_sink.hpp"
#include "vio/sink/variant_output.hpp"

namespace vio::sink {

/// What the outputs of lines share: bytes, index and final names. Only the lines differ.
class TextVariantOutput : public VariantOutput {
 public:
  /// `header` goes in front of all lines.
  TextVariantOutput(const VariantOutputOptions& options, IndexedFormat format,
                    const std::string& header, TemporaryFiles& temporaries);

  void write(const annotate::ScoredVariants& batch, const std::string& text) final;
  void flush() final { bytes_->flush(); }
  void finish() final;

 protected:
  /// Null without write_index.
  [[nodiscard]] OutputIndex* index() noexcept { return index_.get(); }

 private:
  OutputTarget target_;
  std::unique_ptr<ByteSink> bytes_;
  std::unique_ptr<OutputIndex> index_;
};

/// Tells the index where a batch's records lie.
void note_places(OutputIndex& index, const source::VariantBatch& batch);

/// TBI or CSI depends on it.
void note_contig_lengths(OutputIndex& index, const hts::VariantHeader& header);

}  // namespace vio::sink
