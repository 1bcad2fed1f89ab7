#include "vio/window/record_windows.hpp"

#include <algorithm>
#include <limits>

namespace vio::window {

namespace {

/// The records of a batch as what a BatchReader reads, and their unknown positions counted.
class RecordChunks final : public source::SequenceSource {
 public:
  RecordChunks(const source::RecordBatch& records, const core::Alphabet& alphabet)
      : records_(records), alphabet_(alphabet) {}

  std::optional<source::Chunk> next() override {
    if (unknown_.size() == records_.size()) {
      return std::nullopt;
    }
    auto unit = std::make_shared<source::Unit>();
    unit->ordinal = unknown_.size();
    source::Chunk chunk;
    records_.append_sequence(unknown_.size(), chunk.text);
    unknown_.push_back(std::ranges::count_if(
        chunk.text, [&](char symbol) { return alphabet_.encode(symbol) == alphabet_.unknown(); }));
    chunk.unit = std::move(unit);
    chunk.last = true;
    return chunk;
  }
  source::ReadProgress progress() const override { return {}; }
  std::string_view format() const noexcept override { return "records"; }

  [[nodiscard]] std::vector<std::int64_t> take_unknown() noexcept { return std::move(unknown_); }

 private:
  const source::RecordBatch& records_;
  const core::Alphabet& alphabet_;
  std::vector<std::int64_t> unknown_;
};

}  // namespace

RecordWindows plan_records(source::RecordBatch records, const TilingOptions& options,
                           const core::Alphabet& alphabet) {
  RecordChunks chunks(records, alphabet);
  auto unbounded = options;
  unbounded.max_windows = std::numeric_limits<std::size_t>::max();
  unbounded.max_symbols = std::numeric_limits<std::size_t>::max();
  RecordWindows planned;
  if (auto text = BatchReader(chunks, unbounded).next()) {
    planned.text = *std::move(text);
  }
  planned.unknown = chunks.take_unknown();
  planned.records = std::move(records);
  return planned;
}

}  // namespace vio::window
