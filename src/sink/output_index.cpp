#include "output_index.hpp"

#include <fmt/format.h>
#include <htslib/sam.h>
#include <htslib/tbx.h>
#include <htslib/vcf.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include "vio/core/error.hpp"
#include "vio/hts/log.hpp"

namespace vio::sink {

namespace {

constexpr int kCsiMinShift = 14;

constexpr std::string_view kCsi = ".csi";
constexpr std::string_view kCrai = ".crai";
constexpr std::array<std::string_view, 4> kSuffixes = {".tbi", ".bai", kCsi, kCrai};

std::string_view first_choice(IndexedFormat format) {
  switch (format) {
    case IndexedFormat::bcf:
      return kCsi;
    case IndexedFormat::sam:
    case IndexedFormat::bam:
      return ".bai";
    case IndexedFormat::cram:
      return kCrai;
    case IndexedFormat::bed_table:
    case IndexedFormat::variant_table:
    case IndexedFormat::vcf:
      break;
  }
  return ".tbi";
}

SortCheck::Wording wording_of(IndexedFormat format) {
  switch (format) {
    case IndexedFormat::bed_table:
      return {"sort the input or its regions", 0};
    case IndexedFormat::variant_table:
    case IndexedFormat::vcf:
    case IndexedFormat::bcf:
    case IndexedFormat::sam:
    case IndexedFormat::bam:
    case IndexedFormat::cram:
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
    case IndexedFormat::sam:
    case IndexedFormat::bam:
    case IndexedFormat::cram:
      break;
  }
  return tbx_conf_vcf;
}

std::string with_suffix(const std::string& path, std::string_view suffix) {
  std::string name = path;
  name += suffix;
  return name;
}

}  // namespace

OutputIndex::OutputIndex(const std::string& path, IndexedFormat format, int threads,
                         TemporaryFiles& temporaries)
    : path_(path),
      format_(format),
      threads_(threads),
      temporaries_(temporaries),
      suffix_(first_choice(format)),
      sorted_(wording_of(format)) {
  hts::silence_htslib();
  target_ = std::make_unique<OutputTarget>(with_suffix(path_, suffix_), temporaries_);
}

void OutputIndex::note_contig_length(std::int64_t length) {
  longest_declared_ = std::max(longest_declared_, length);
}

bool OutputIndex::needs_csi() const noexcept {
  return suffix_ != kCsi && suffix_ != kCrai &&
         std::max(longest_declared_, sorted_.largest_end()) > kLongestContig;
}

void OutputIndex::build(const OutputTarget& file) {
  if (needs_csi()) {
    suffix_ = kCsi;
    target_ = std::make_unique<OutputTarget>(with_suffix(path_, suffix_), temporaries_);
  }
  // An absolute path is never taken for a URL.
  const auto file_path = std::filesystem::absolute(file.write_path()).string();
  const auto index_path = std::filesystem::absolute(target_->write_path()).string();
  if (build_at(file_path, index_path) != 0) {
    throw core::OutputError(fmt::format("cannot index {}: HTSlib refused it", file.display_name()));
  }
  target_->commit();
  remove_other_kinds();
}

void OutputIndex::remove_other_kinds() const {
  for (const auto suffix : kSuffixes) {
    const std::filesystem::path other = with_suffix(path_, suffix);
    std::error_code error;
    if (suffix != suffix_) std::filesystem::remove(other, error);
    if (error) {
      throw core::OutputError(
          fmt::format("cannot remove {}, an index that is no longer of {}: {}; remove it, because "
                      "HTSlib may take it for the new one",
                      other.string(), path_, error.message()));
    }
  }
}

int OutputIndex::build_at(const std::string& file, const std::string& index) const {
  const int min_shift = suffix_ == kCsi ? kCsiMinShift : 0;
  switch (format_) {
    case IndexedFormat::bcf:
      return bcf_index_build3(file.c_str(), index.c_str(), min_shift, threads_);
    case IndexedFormat::bam:
    case IndexedFormat::cram:
      return sam_index_build3(file.c_str(), index.c_str(), min_shift, threads_);
    case IndexedFormat::sam:
      // Threads of HTSlib would parse lines ahead, and the index take their offsets.
      return sam_index_build3(file.c_str(), index.c_str(), min_shift, 0);
    case IndexedFormat::bed_table:
    case IndexedFormat::variant_table:
    case IndexedFormat::vcf:
      break;
  }
  const auto columns = columns_of(format_);
  return tbx_index_build3(file.c_str(), index.c_str(), min_shift, threads_, &columns);
}

}  // namespace vio::sink
