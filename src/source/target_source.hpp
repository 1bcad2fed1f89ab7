#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "source/record_reader.hpp"
#include "source/regions.hpp"

namespace vio::source {

/// Intervals cut out of a stream, in the order of its records, then of their begins, then as given.
/// Where intervals overlap, the text from the later one's begin on is held.
class TargetSource final : public SequenceSource {
 public:
  TargetSource(std::unique_ptr<RecordReader> records, std::vector<Region> regions,
               std::size_t chunk_symbols);
  /// At the end throws core::UsageError for a contig that was not in the stream.
  [[nodiscard]] std::optional<Chunk> next() override;
  [[nodiscard]] ReadProgress progress() const override;
  [[nodiscard]] std::string_view format() const noexcept override { return records_->format(); }

 private:
  struct Target {
    std::size_t region = 0;  ///< index in regions_
    core::GenomicInterval interval;
  };

  bool begin_record();
  void begin_unit();
  Chunk next_piece();
  void mark_seen(const std::string& contig);
  void check_all_seen() const;

  [[nodiscard]] std::int64_t held_end() const noexcept;
  /// Reads on until the text up to `end` is held, or the record ends; drops what lies before
  /// `keep_from`.
  void hold(std::int64_t end, std::int64_t keep_from);
  void drop_before(std::int64_t position);

  std::unique_ptr<RecordReader> records_;
  std::vector<Region> regions_;
  std::vector<std::string> seen_as_;  ///< of each region: the contig that it was found on
  std::map<std::string, std::vector<Target>, std::less<>> targets_;  ///< by contig, by begin
  std::string alias_seen_;  ///< a contig of the stream that another convention names like a target
  std::size_t chunk_symbols_;
  std::uint64_t begun_ = 0;

  const std::vector<Target>* current_ = nullptr;  ///< of the record being read
  std::size_t target_ = 0;                        ///< the next of them
  bool in_record_ = false;
  bool record_ended_ = false;
  std::string held_;
  std::int64_t held_begin_ = 0;
  std::shared_ptr<const Unit> unit_;
  std::int64_t position_ = 0;  ///< of the unit's next symbol
};

}  // namespace vio::source
