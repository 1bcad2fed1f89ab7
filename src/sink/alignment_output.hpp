#pragma once

#include <memory>
#include <optional>

#include "alignment_file.hpp"
#include "alignment_index.hpp"
#include "alignment_tags.hpp"
#include "vio/sink/byte_sink.hpp"
#include "vio/sink/record_output.hpp"

namespace vio::sink {

/// What all files of alignments share: header, tags, index and final names.
class AlignmentOutput : public RecordOutput {
 public:
  AlignmentOutput(const AlignmentOutputOptions& options, const sam_hdr_t& header,
                  const std::vector<std::string>& classes, TemporaryFiles& temporaries);

  void write(const source::RecordBatch& batch, std::span<const annotate::RecordScore> scores,
             const std::string& text) final;
  void finish() final;

 protected:
  using Reads = std::vector<hts::AlignmentRecord>;

  [[nodiscard]] const OutputTarget& target() const noexcept { return target_; }
  /// The output's; it has the contigs of the input's.
  [[nodiscard]] sam_hdr_t& header() const noexcept { return *header_; }
  /// Thread-safe.
  Reads& set_tags(source::RecordBatch& batch, std::span<const annotate::RecordScore> scores) const;

  virtual void write_reads(const Reads& reads, const std::string& text) = 0;
  virtual void close() = 0;

 private:
  OutputTarget target_;
  hts::AlignmentHeaderHandle header_;
  AlignmentTags tags_;
  std::optional<AlignmentIndex> index_;
};

/// SAM text, plain or BGZF. Its lines are made in format(), so in parallel.
class SamOutput final : public AlignmentOutput {
 public:
  SamOutput(const AlignmentOutputOptions& options, const sam_hdr_t& header,
            const std::vector<std::string>& classes, TemporaryFiles& temporaries);

  std::string format(source::RecordBatch& batch,
                     std::span<const annotate::RecordScore> scores) const override;
  void flush() override { bytes_->flush(); }

 private:
  void write_reads(const Reads& reads, const std::string& text) override;
  void close() override { bytes_->finish(); }

  std::unique_ptr<ByteSink> bytes_;
};

/// BAM or CRAM. HTSlib packs the reads, whose tags format() sets.
class PackedAlignmentOutput final : public AlignmentOutput {
 public:
  PackedAlignmentOutput(const AlignmentOutputOptions& options, const sam_hdr_t& header,
                        const std::vector<std::string>& classes, TemporaryFiles& temporaries);

  std::string format(source::RecordBatch& batch,
                     std::span<const annotate::RecordScore> scores) const override;
  void flush() override {}  // a block a batch would change the bytes with -b

 private:
  void write_reads(const Reads& reads, const std::string& text) override;
  void close() override { file_.finish(); }

  AlignmentFile file_;
};

}  // namespace vio::sink
