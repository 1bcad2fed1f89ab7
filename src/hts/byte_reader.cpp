#include "vio/hts/byte_reader.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <htslib/bgzf.h>
#include <htslib/hfile.h>
#include <htslib/hts.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "vio/core/error.hpp"
#include "vio/hts/log.hpp"

namespace vio::hts {

namespace {

constexpr unsigned char kGzipMagic0 = 0x1f;
constexpr unsigned char kGzipMagic1 = 0x8b;

/// A descriptor until HTSlib takes it over.
class Descriptor {
 public:
  explicit Descriptor(int fd) noexcept : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const noexcept { return fd_; }
  void release() noexcept { fd_ = -1; }

 private:
  int fd_;
};

/// We open files ourselves, because HTSlib would take `s3:reads.fa` for something on a network.
int open_descriptor(const std::string& path) {
  return path == "-" ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                     : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
}

[[noreturn]] void throw_not_readable(const std::string& name, int error) {
  throw core::UsageError(
      fmt::format("{} cannot be opened for reading ({}); check the path and its permissions.", name,
                  std::strerror(error)));
}

Content content_of(const htsFormat& format) {
  using Kind = Content::Kind;
  switch (format.format) {
    case sam:
      return {Kind::alignments, "SAM"};
    case bam:
      return {Kind::alignments, "BAM"};
    case cram:
      return {Kind::alignments, "CRAM"};
    case vcf:
      return {Kind::variants, "VCF"};
    case bcf:
      return {Kind::variants, "BCF"};
    default:
      break;
  }
  switch (format.compression) {
    case bzip2_compression:
      return {Kind::packed, "bzip2"};
    case xz_compression:
      return {Kind::packed, "xz"};
    case zstd_compression:
      return {Kind::packed, "zstd"};
    default:
      return {};
  }
}

}  // namespace

void ByteReader::Close::operator()(BGZF* file) const noexcept {
  // Reading only: whatever went wrong was reported by read().
  static_cast<void>(bgzf_close(file));
}

ByteReader::ByteReader(const ByteReaderOptions& options)
    : name_(options.path == "-" ? "standard input" : options.path) {
  silence_htslib();
  Descriptor descriptor(open_descriptor(options.path));
  if (descriptor.get() < 0) throw_not_readable(name_, errno);
  struct stat status {};
  if (::fstat(descriptor.get(), &status) != 0) throw_not_readable(name_, errno);
  if (S_ISDIR(status.st_mode)) throw_not_readable(name_, EISDIR);
  if (S_ISREG(status.st_mode)) size_ = static_cast<std::uint64_t>(status.st_size);

  file_.reset(bgzf_dopen(descriptor.get(), "r"));
  if (!file_) {
    throw core::InputError(fmt::format("{} cannot be read ({}); check the file, or fetch it again.",
                                       name_, std::strerror(errno)));
  }
  descriptor.release();
  constexpr std::array kKinds{Compression::none, Compression::gzip, Compression::bgzf};
  compression_ = kKinds.at(static_cast<std::size_t>(bgzf_compression(file_.get())));
  guess_content();
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

void ByteReader::guess_content() {
  htsFormat format{};
  if (hts_detect_format(file_->fp, &format) == 0) content_ = content_of(format);
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
