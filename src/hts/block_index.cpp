#include "vio/hts/block_index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "vio/core/error.hpp"

namespace vio::hts {

namespace {

/// A 64-bit little-endian number; the stream fails at the end of the file.
std::uint64_t read_number(std::istream& file) {
  std::array<char, sizeof(std::uint64_t)> bytes{};
  file.read(bytes.data(), bytes.size());
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) {
    value = value << 8U | static_cast<unsigned char>(bytes.at(i));
  }
  return value;
}

}  // namespace

BlockIndex::BlockIndex(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::uint64_t count = read_number(file);
  blocks_.push_back({});  // the first block is not in the file
  bool sane = !file.fail();
  for (std::uint64_t i = 0; i < count && sane; ++i) {
    Block block;
    block.compressed = read_number(file);
    block.uncompressed = read_number(file);
    sane = !file.fail() && block.compressed > blocks_.back().compressed &&
           block.uncompressed >= blocks_.back().uncompressed;
    blocks_.push_back(block);
  }
  if (!sane || file.peek() != std::ifstream::traits_type::eof()) {
    throw core::InputError(
        fmt::format("{} cannot be read as the block index of a BGZF file; delete it, and it is "
                    "built again.",
                    path));
  }
}

BlockIndex::Block BlockIndex::find(std::uint64_t offset) const noexcept {
  const auto after = std::upper_bound(
      blocks_.begin(), blocks_.end(), offset,
      [](std::uint64_t wanted, const Block& block) { return wanted < block.uncompressed; });
  return *(after - 1);
}

}  // namespace vio::hts
