#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "vio/core/alphabet.hpp"
#include "vio/source/reference.hpp"
#include "vio/window/window.hpp"

namespace vio::encode {

/// A stretch of one contig that many windows view. Immutable.
struct ReferenceBlock {
  std::int64_t begin = 0;  ///< contig coordinate of codes[0]
  std::string symbols;     ///< as the FASTA has them
  window::Block block;     ///< the same, encoded
};

/// Blocks of a reference, read and encoded once for all windows near each other. Blocks begin at
/// multiples of a fixed stride and overlap by `reach`, so that every window lies in one block whole
/// and the block depends on where the window begins alone, not on what else was asked for.
/// Thread-safe. Bounded: the least recently used blocks go first; those in use live on with their
/// windows.
class ReferenceCache {
 public:
  struct Options {
    std::int64_t reach = 0;  ///< the most positions that a window may span, before its edit
    /// Positions between the begins of blocks; raised to `reach`, as little else would be new in
    /// one.
    std::int64_t stride = 1 << 16;
    std::size_t max_blocks = 64;  ///< at least 1
  };

  /// `reference` outlives the cache.
  ReferenceCache(const source::Reference& reference, const core::Alphabet& alphabet,
                 const Options& options);
  ReferenceCache(const ReferenceCache&) = delete;
  ReferenceCache& operator=(const ReferenceCache&) = delete;
  ~ReferenceCache();

  /// The block that holds [begin, min(begin + reach, entry.length)), 0 <= begin < entry.length, of
  /// a contig of the reference's index. Throws core::InputError (Reference::read).
  [[nodiscard]] std::shared_ptr<const ReferenceBlock> find(const hts::FastaEntry& entry,
                                                           std::int64_t begin);

  [[nodiscard]] const source::Reference& reference() const noexcept;
  [[nodiscard]] const core::Alphabet& alphabet() const noexcept;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace vio::encode
