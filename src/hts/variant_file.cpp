#include "hts/variant_file.hpp"

#include <fmt/format.h>
#include <htslib/hfile.h>
#include <htslib/kseq.h>

#include <cerrno>
#include <cstring>

#include "vio/core/error.hpp"

namespace vio::hts {

VariantReader::File::File(Input input, int threads)
    : name_(input.name()), path_(input.path()), size_(input.size()) {
  if (input.content().kind != Content::Kind::variants) {
    throw core::UsageError(fmt::format("{} is neither VCF nor BCF; check the path.", name_));
  }
  auto opened = input.take();
  handle_.reset(hts_hopen(opened.get(), name_.c_str(), "r"));
  if (!handle_) {
    throw core::InputError(fmt::format("{} cannot be read ({}); check the file, or fetch it again.",
                                       name_, std::strerror(errno)));
  }
  static_cast<void>(opened.release());  // NOLINT(bugprone-unused-return-value): handle_ owns it
  bgzf_ = handle_->format.compression == no_compression && !is_bcf() ? nullptr
                                                                     : hts_get_bgzfp(handle_.get());
  if (!is_bgzf_compressed()) return;
  if (size_ && bgzf_check_EOF(bgzf_) == 0) throw_no_end_marker();
  if (threads > 1 && hts_set_threads(handle_.get(), threads) != 0) {
    throw core::InternalError(
        fmt::format("{} decompression threads could not be started for {}; ask for fewer threads.",
                    threads, name_));
  }
  threaded_ = bgzf_->mt != nullptr;
}

int VariantReader::File::read(const VariantHeader& header, bcf1_t* record) {
  if (is_bcf()) return bcf_read(handle_.get(), header.handle(), record);
  const int result = hts_getline(handle_.get(), KS_SEP_LINE, line_.get());
  if (result < 0) return result;
  return parse_vcf_line(line_, header, record);
}

void VariantReader::File::check_end() const {
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

void VariantReader::File::throw_no_end_marker() const {
  throw core::InputError(
      fmt::format("{} is truncated: the BGZF end marker is missing; fetch it again, or compress it "
                  "again with `bgzip`.",
                  name_));
}

}  // namespace vio::hts
