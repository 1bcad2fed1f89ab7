#pragma once

#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "vio/source/sequence_source.hpp"

namespace vio::test {

/// Yields sequences from memory, cut into chunks of random size (empty ones too).
class MemorySource final : public source::SequenceSource {
 public:
  struct Record {
    std::string name;
    std::string text;
  };

  explicit MemorySource(std::vector<Record> records, unsigned seed = 1,
                        std::size_t longest_chunk = 50)
      : records_(std::move(records)), random_(seed), longest_chunk_(longest_chunk) {}

  std::optional<source::Chunk> next() override {
    if (record_ == records_.size()) {
      return std::nullopt;
    }
    const auto& record = records_[record_];
    if (position_ == 0 && !unit_) {
      auto unit = std::make_shared<source::Unit>();
      unit->ordinal = record_;
      unit->name = unit->label = record.name;
      unit_ = std::move(unit);
    }
    source::Chunk chunk;
    chunk.unit = unit_;
    chunk.text_begin = static_cast<std::int64_t>(position_);
    const auto rest = record.text.size() - position_;
    const auto size =
        std::min(rest, std::uniform_int_distribution<std::size_t>(0, longest_chunk_)(random_));
    chunk.text = record.text.substr(position_, size);
    position_ += size;
    // Sometimes the end comes with an empty chunk of its own.
    if (position_ == record.text.size() && (size == 0 || random_() % 2 == 0)) {
      chunk.last = true;
      ++record_;
      position_ = 0;
      unit_.reset();
    }
    return chunk;
  }

  source::ReadProgress progress() const override { return {}; }
  std::string_view format() const noexcept override { return "memory"; }

 private:
  std::vector<Record> records_;
  std::mt19937 random_;
  std::size_t longest_chunk_;
  std::size_t record_ = 0;
  std::size_t position_ = 0;
  std::shared_ptr<const source::Unit> unit_;
};

/// `length` symbols drawn from `symbols`.
inline std::string random_text(std::mt19937& random, std::size_t length,
                               std::string_view symbols = "ACGTN") {
  std::string text(length, ' ');
  for (auto& symbol : text) {
    symbol = symbols[random() % symbols.size()];
  }
  return text;
}

}  // namespace vio::test
