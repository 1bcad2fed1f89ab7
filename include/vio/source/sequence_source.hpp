#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>

namespace vio::source {

/// What windows are cut from: a FASTA or FASTQ record, a read, or an interval of a contig.
/// Coordinates are those of the contig, 0-based, half-open.
struct Unit {
  std::uint64_t ordinal = 0;  ///< 0, 1, 2, ... in input order
  std::string name;           ///< record or contig name, up to the first blank
  std::int64_t begin = 0;     ///< where the unit begins: 0, or the interval's begin; windows start
                              ///< at begin + k * stride
  std::string label;          ///< how `--by sequence` names it: the name, or `chr1:101-200`
  /// A shard owns the windows that start in [starts_begin, starts_end) and needs text beyond it.
  std::int64_t starts_begin = std::numeric_limits<std::int64_t>::min();
  std::int64_t starts_end = std::numeric_limits<std::int64_t>::max();
  bool interval = false;      ///< cut from a contig by a region, so never a whole sequence
  bool out_of_range = false;  ///< an interval wholly past its contig's end: no text will follow
};

/// A piece of a unit, in order and without gaps. A unit's first piece has `text_begin` at or
/// before the first window start its shard owns; its last piece has `last` set (and may be empty).
struct Chunk {
  std::shared_ptr<const Unit> unit;
  std::int64_t text_begin = 0;  ///< contig coordinate of text[0]
  std::string text;             ///< symbols, line breaks removed
  bool last = false;            ///< the unit ends here
};

/// How far a source has come, for the progress bar.
struct ReadProgress {
  std::uint64_t bytes = 0;                   ///< compressed bytes read so far
  std::optional<std::uint64_t> total_bytes;  ///< unknown for a pipe
  std::uint64_t records = 0;                 ///< units begun
};

/// Yields the units of an input in order, cut into chunks of bounded size. Not thread-safe: one
/// caller. Throws core::InputError for malformed or truncated input.
class SequenceSource {
 public:
  SequenceSource() = default;
  SequenceSource(const SequenceSource&) = delete;
  SequenceSource& operator=(const SequenceSource&) = delete;
  virtual ~SequenceSource() = default;

  /// The next chunk, or nothing at the end of the input. The end is reported only after the input
  /// was checked to be whole.
  [[nodiscard]] virtual std::optional<Chunk> next() = 0;
  [[nodiscard]] virtual ReadProgress progress() const = 0;
  /// `fasta` or `fastq`, for messages and the stats JSON.
  [[nodiscard]] virtual std::string_view format() const noexcept = 0;
};

}  // namespace vio::source
