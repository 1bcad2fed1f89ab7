#include "hts/hts_file.hpp"

#include <fmt/format.h>
#include <htslib/cram.h>
#include <htslib/hfile.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "vio/core/error.hpp"

namespace vio::hts {

namespace fs = std::filesystem;

HtsFile::HtsFile(Input input) : name_(input.name()), path_(input.path()), size_(input.size()) {
  auto opened = input.take();
  handle_.reset(hts_hopen(opened.get(), name_.c_str(), "r"));
  if (!handle_) {
    throw core::InputError(
        fmt::format("{} cannot be read ({}); it may be truncated: check the file, or fetch it "
                    "again.",
                    name_, std::strerror(errno)));
  }
  static_cast<void>(opened.release());  // NOLINT(bugprone-unused-return-value): handle_ owns it
  bgzf_ = handle_->is_bgzf != 0 ? handle_->fp.bgzf : nullptr;
  if (size_ && is_bgzf_compressed() && bgzf_check_EOF(bgzf_) == 0) throw_no_end_marker();
}

void HtsFile::start_threads(int threads) {
  if (threads < 2 || !is_bgzf_compressed()) return;
  // Not hts_set_threads(), which would parse SAM in threads too.
  if (bgzf_mt(bgzf_, threads, 0) != 0) {
    throw core::InternalError(
        fmt::format("{} decompression threads could not be started for {}; ask for fewer threads.",
                    threads, name_));
  }
  threaded_ = bgzf_->mt != nullptr;
}

std::uint64_t HtsFile::position() const {
  if (format() == cram) {
    return static_cast<std::uint64_t>(htell(cram_fd_get_fp(handle_->fp.cram)));
  }
  if (bgzf_ == nullptr) return static_cast<std::uint64_t>(htell(handle_->fp.hfile));
  // With threads the descriptor belongs to them; the last block handed out is ours.
  return static_cast<std::uint64_t>(
      bgzf_->mt != nullptr ? bgzf_->block_address + bgzf_->block_clength : htell(bgzf_->fp));
}

bool HtsFile::is_unreadable() const noexcept {
  return bgzf_ != nullptr && bgzf_->errcode != 0;
}

void HtsFile::check_end() const {
  if (bgzf_ == nullptr) return;
  // After damage HTSlib's threads may stop before their error is fetched; it then goes on without
  // them, and a cut block looks like the end.
  if (threaded_ && bgzf_->mt == nullptr && !bgzf_->is_gzip) {
    throw core::InputError(fmt::format(
        "{} is truncated or corrupt: its compressed data cannot be read to the end; check it with "
        "`bgzip -t`, and fetch or compress it again.",
        name_));
  }
  if (bgzf_->no_eof_block) throw_no_end_marker();
}

void HtsFile::throw_no_end_marker() const {
  throw core::InputError(
      fmt::format("{} is truncated: the BGZF end marker is missing; fetch it again, or compress it "
                  "again with `bgzip`.",
                  name_));
}

void check_index_age(const std::string& index, const std::string& file, const std::string& remedy) {
  if (fs::last_write_time(index) < fs::last_write_time(file)) {
    throw core::InputError(
        fmt::format("{} is older than {}; make it again with `{}`.", index, file, remedy));
  }
}

}  // namespace vio::hts
