#include "vio/hts/input.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <htslib/hfile.h>
#include <htslib/hts.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "vio/core/error.hpp"
#include "vio/hts/log.hpp"

namespace vio::hts {

namespace {

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

void CloseFile::operator()(hFILE* file) const noexcept {
  hclose_abruptly(file);  // reading only: nothing is lost
}

Input::Input(const std::string& path) : path_(path), name_(path == "-" ? "standard input" : path) {
  silence_htslib();
  Descriptor descriptor(open_descriptor(path));
  if (descriptor.get() < 0) throw_not_readable(name_, errno);
  struct stat status {};
  if (::fstat(descriptor.get(), &status) != 0) throw_not_readable(name_, errno);
  if (S_ISDIR(status.st_mode)) throw_not_readable(name_, EISDIR);
  if (S_ISREG(status.st_mode)) size_ = static_cast<std::uint64_t>(status.st_size);

  file_.reset(hdopen(descriptor.get(), "r"));
  if (!file_) {
    throw core::InputError(fmt::format("{} cannot be read ({}); check the file, or fetch it again.",
                                       name_, std::strerror(errno)));
  }
  descriptor.release();
  htsFormat format{};
  if (hts_detect_format(file_.get(), &format) == 0) content_ = content_of(format);
}

}  // namespace vio::hts
