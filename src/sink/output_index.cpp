#include "output_index.hpp"

#include <fmt/format.h>
#include <htslib/tbx.h>
#include <htslib/vcf.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "vio/core/error.hpp"
#include "vio/hts/log.hpp"

namespace vio::sink {

namespace {

/// TBI's binning covers 2^29 positions a contig; CSI has no such limit.
constexpr std::int64_t kTbiLongestContig = std::int64_t{1} << 29;
constexpr int kCsiMinShift = 14;

SortCheck::Wording wording_of(IndexedFormat format) {
  switch (format) {
    case IndexedFormat::bed_table:
      return {"sort the input or its regions", 0};
    case IndexedFormat::variant_table:
    case IndexedFormat::vcf:
    case IndexedFormat::bcf:
      break;
  }
  return {"sort the input (bcftools sort)", 1};
}

tbx_conf_t columns_of(IndexedFormat format) {
  switch (format) {
    case IndexedFormat::bed_table:
      return {TBX_UCSC, 1, 2, 3, '#', 0};
    case IndexedFormat::variant_table:
      return {TBX_GENERIC, 1, 2, 2, '#', 0};
    case IndexedFormat::vcf:
    case IndexedFormat::bcf:
      break;
  }
  return tbx_conf_vcf;
}

}  // namespace

OutputIndex::OutputIndex(const std::string& path, IndexedFormat format, int threads,
                         TemporaryFiles& temporaries)
    : path_(path),
      format_(format),
      threads_(threads),
      temporaries_(temporaries),
      is_csi_(format == IndexedFormat::bcf),
      sorted_(wording_of(format)) {
  hts::silence_htslib();
  target_ = std::make_unique<OutputTarget>(path_ + (is_csi_ ? ".csi" : ".tbi"), temporaries_);
}

void OutputIndex::note_contig_length(std::int64_t length) {
  longest_declared_ = std::max(longest_declared_, length);
}

bool OutputIndex::needs_csi() const noexcept {
  return std::max(longest_declared_, sorted_.largest_end()) > kTbiLongestContig;
}

void OutputIndex::build(const OutputTarget& file) {
  if (!is_csi_ && needs_csi()) {
    is_csi_ = true;
    target_ = std::make_unique<OutputTarget>(path_ + ".csi", temporaries_);
  }
  if (build_at(file.write_path(), target_->write_path()) != 0) {
    throw core::OutputError(fmt::format("cannot index {}: HTSlib refused it", file.display_name()));
  }
  target_->commit();
  remove_other_kind();
}

void OutputIndex::remove_other_kind() const {
  const std::filesystem::path other = path_ + (is_csi_ ? ".tbi" : ".csi");
  std::error_code error;
  std::filesystem::remove(other, error);
  if (error) {
    throw core::OutputError(
        fmt::format("cannot remove {}, an index that is no longer of {}: {}; remove it, because "
                    "HTSlib may take it for the new one",
                    other.string(), path_, error.message()));
  }
}

int OutputIndex::build_at(const std::string& file, const std::string& index) const {
  if (format_ == IndexedFormat::bcf) {
    return bcf_index_build3(file.c_str(), index.c_str(), kCsiMinShift, threads_);
  }
  const auto columns = columns_of(format_);
  return tbx_index_build3(file.c_str(), index.c_str(), is_csi_ ? kCsiMinShift : 0, threads_,
                          &columns);
}

}  // namespace vio::sink
