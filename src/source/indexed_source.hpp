#pragma once

#include <memory>
#include <vector>

#include "source/record_reader.hpp"
#include "source/regions.hpp"
#include "vio/hts/fasta_index.hpp"
#include "vio/source/open.hpp"

namespace vio::source {

/// An interval of a contig as it will be read.
struct PlannedUnit {
  const hts::FastaEntry* entry = nullptr;
  core::GenomicInterval asked;  ///< not clipped; empty contig for a whole record
  std::uint64_t ordinal = 0;
  std::int64_t begin = 0;  ///< of the unit, 0-based
  std::int64_t end = 0;    ///< clipped at the contig's end
  std::int64_t text_begin = 0;
  std::int64_t text_end = 0;  ///< the text that is needed
  std::int64_t starts_begin = std::numeric_limits<std::int64_t>::min();
  std::int64_t starts_end = std::numeric_limits<std::int64_t>::max();
};

/// Every record of the index.
[[nodiscard]] std::vector<PlannedUnit> plan_records(const hts::FastaIndex& index);
/// The regions, in their order. Throws core::UsageError for a contig that is not in the index.
[[nodiscard]] std::vector<PlannedUnit> plan_regions(const hts::FastaIndex& index,
                                                    const std::vector<Region>& regions,
                                                    const std::string& file);
/// What of a plan belongs to options.shard.
[[nodiscard]] std::vector<PlannedUnit> plan_shard(std::vector<PlannedUnit> plan,
                                                  const SourceOptions& options);

/// Intervals of a FASTA file, read where its index says that they are.
class IndexedSource final : public SequenceSource {
 public:
  /// `records` must be able to seek.
  IndexedSource(hts::FastaIndex index, std::unique_ptr<FastaReader> records,
                std::vector<PlannedUnit> plan, std::size_t chunk_symbols);
  [[nodiscard]] std::optional<Chunk> next() override;
  /// In symbols of the plan, which stand for bytes here.
  [[nodiscard]] ReadProgress progress() const override;
  [[nodiscard]] std::string_view format() const noexcept override { return "fasta"; }

 private:
  void begin_unit();

  hts::FastaIndex index_;
  std::unique_ptr<FastaReader> records_;
  std::vector<PlannedUnit> plan_;
  std::size_t chunk_symbols_;
  std::size_t planned_ = 0;  ///< index in plan_
  std::shared_ptr<const Unit> unit_;
  std::int64_t position_ = 0;
  std::uint64_t symbols_read_ = 0;
  std::uint64_t symbols_planned_ = 0;
};

}  // namespace vio::source
