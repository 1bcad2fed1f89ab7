#include "vio/hts/byte_reader.hpp"

#include <fmt/format.h>
#include <htslib/bgzf.h>
#include <htslib/hfile.h>
#include <htslib/hts.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "vio/core/error.hpp"

namespace vio::hts {

namespace {

constexpr unsigned char kGzipMagic0 = 0x1f;
constexpr unsigned char kGzipMagic1 = 0x8b;

}  // namespace

void ByteReader::Close::operator()(BGZF* file) const noexcept {
  // Reading only: whatever went wrong was reported by read().
  static_cast<void>(bgzf_close(file));
}

ByteReader::ByteReader(const ByteReaderOptions& options)
    : ByteReader(Input(options.path), options) {}

ByteReader::ByteReader(Input input, const ByteReaderOptions& options)
    : name_(input.name()), content_(input.content()), size_(input.size()) {
  auto opened = input.take();
  file_.reset(bgzf_hopen(opened.get(), "r"));
  if (!file_) {
    throw core::InputError(fmt::format("{} cannot be read ({}); check the file, or fetch it again.",
                                       name_, std::strerror(errno)));
  }
  static_cast<void>(opened.release());  // NOLINT(bugprone-unused-return-value): file_ owns it
  constexpr std::array kKinds{Compression::none, Compression::gzip, Compression::bgzf};
  compression_ = kKinds.at(static_cast<std::size_t>(bgzf_compression(file_.get())));
  check_magic();
  if (compression_ == Compression::bgzf && !options.block_index.empty()) {
    block_index_.emplace(options.block_index);
    return;  // HTSlib's threads may wait for ever in a seek once they have met damage
  }
  // Last, because the threads begin to read at once.
  if (options.threads > 1 && bgzf_mt(file_.get(), options.threads, 0) != 0) {
    throw core::InternalError(
        fmt::format("{} decompression threads could not be started for {}; ask for fewer threads.",
                    options.threads, name_));
  }
  threaded_ = file_->mt != nullptr;
}

void ByteReader::check_magic() const {
  // HTSlib takes a gzip file cut within its first 18 bytes for plain text.
  std::array<unsigned char, 2> magic{};
  if (compression_ == Compression::none && hpeek(file_->fp, magic.data(), magic.size()) == 2 &&
      magic[0] == kGzipMagic0 && magic[1] == kGzipMagic1) {
    throw_damaged();
  }
}

std::size_t ByteReader::read(std::span<char> bytes) {
  const auto count = bgzf_read(file_.get(), bytes.data(), bytes.size());
  if (count < 0) throw_damaged();
  // After damage HTSlib's threads may stop before their error is fetched; it then goes on without
  // them, and a cut block looks like the end. A plain gzip member after BGZF ends them rightly.
  if (threaded_ && file_->mt == nullptr && !file_->is_gzip) throw_damaged();
  if (file_->no_eof_block) throw_no_end_marker();
  return static_cast<std::size_t>(count);
}

void ByteReader::seek(std::uint64_t offset) {
  if (!block_index_) {
    if (bgzf_useek(file_.get(), static_cast<off_t>(offset), SEEK_SET) != 0) throw_beyond(offset);
    return;
  }
  const auto block = block_index_->find(offset);
  constexpr unsigned kVirtualShift = 16;  // of a BGZF virtual offset: block, byte within it
  const auto virtual_offset = static_cast<std::int64_t>(block.compressed << kVirtualShift);
  if (bgzf_seek(file_.get(), virtual_offset, SEEK_SET) != 0) throw_beyond(offset);
  std::array<char, BGZF_MAX_BLOCK_SIZE> skipped{};
  const std::uint64_t within = offset - block.uncompressed;
  if (within > skipped.size() || read(std::span(skipped).first(within)) != within) {
    throw_beyond(offset);
  }
}

void ByteReader::check_end_marker() {
  if (compression_ == Compression::bgzf && bgzf_check_EOF(file_.get()) == 0) throw_no_end_marker();
}

std::uint64_t ByteReader::compressed_position() const {
  // With threads the descriptor belongs to them; the last block handed out is ours.
  const auto position =
      file_->mt != nullptr ? file_->block_address + file_->block_clength : htell(file_->fp);
  return static_cast<std::uint64_t>(position);
}

void ByteReader::throw_damaged() const {
  if (compression_ == Compression::none && file_->errcode != 0) {
    throw core::InputError(fmt::format("{} could not be read after byte {} ({}); check the disk.",
                                       name_, compressed_position(), std::strerror(errno)));
  }
  throw core::InputError(
      fmt::format("{} is truncated or corrupt: its compressed data cannot be read past byte {}; "
                  "check it with `gzip -t` and fetch or compress it again.",
                  name_, compressed_position()));
}

void ByteReader::throw_beyond(std::uint64_t offset) const {
  throw core::InputError(
      fmt::format("{} does not reach to byte {} of its content, as its index says; delete the .fai "
                  "and .gzi files beside it, and they are built again.",
                  name_, offset));
}

void ByteReader::throw_no_end_marker() const {
  throw core::InputError(
      fmt::format("{} is truncated: the BGZF end marker is missing; fetch it again, or compress it "
                  "again with `bgzip`.",
                  name_));
}

}  // namespace vio::hts
