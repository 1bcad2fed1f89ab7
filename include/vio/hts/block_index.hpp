#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vio::hts {

/// The .gzi of a BGZF file: where its blocks begin. HTSlib's own look-up ends the program where an
/// index lies about its file; this one only says where to look. Immutable.
class BlockIndex {
 public:
  struct Block {
    std::uint64_t compressed = 0;    ///< byte of the file
    std::uint64_t uncompressed = 0;  ///< byte of the content
  };

  /// Throws core::InputError where the file is not a .gzi or cannot be read.
  explicit BlockIndex(const std::string& path);

  /// The last block that begins at or before byte `offset` of the content.
  [[nodiscard]] Block find(std::uint64_t offset) const noexcept;

 private:
  std::vector<Block> blocks_;
};

}  // namespace vio::hts
