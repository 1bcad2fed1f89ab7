#include "hts/alignment_index.hpp"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <limits>

#include "vio/core/error.hpp"

namespace vio::hts {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kOpenEnd = std::numeric_limits<std::int64_t>::max();
constexpr int kUnplaced = -1;
constexpr int kNoSeek = -2;  // as HTSlib's code for damage

}  // namespace

std::string alignment_index_beside(const HtsFile& file) {
  const auto stem = fs::path(file.path()).replace_extension().string();
  const auto first = [](const auto& candidates) {
    std::error_code ignored;
    for (const auto& path : candidates) {
      if (fs::is_regular_file(path, ignored)) return path;
    }
    return std::string();
  };
  const auto& path = file.path();
  if (file.format() == cram) return first(std::array{path + ".crai", stem + ".crai"});
  return first(std::array{path + ".csi", stem + ".csi", path + ".bai", stem + ".bai"});
}

AlignmentIndex::AlignmentIndex(const HtsFile& file, const std::string& path,
                               std::uint64_t header_end)
    : cram_(file.format() == cram), header_end_(header_end) {
  // Absolute paths are never taken for URLs.
  index_.reset(sam_index_load3(file.handle(), fs::absolute(file.path()).c_str(),
                               fs::absolute(path).c_str(), HTS_IDX_SILENT_FAIL));
  if (!index_) {
    throw core::InputError(
        fmt::format("{} cannot be read as an index of {}; make it again with `samtools index {}`.",
                    path, file.name(), file.name()));
  }
  if (!cram_) n_contigs_ = hts_idx_nseq(index_.get());
}

AlignmentIndex::Iterator AlignmentIndex::iterate(int contig, std::int64_t begin,
                                                 std::int64_t end) const {
  return Iterator(sam_itr_queryi(index_.get(), contig, begin, end));
}

std::uint64_t AlignmentIndex::previous_end(int contig) {
  if (previous_ends_.empty()) {
    auto end = header_end_;
    for (int i = 0; i < n_contigs_; ++i) {
      previous_ends_.push_back(end);
      const auto all = iterate(i, 0, kOpenEnd);
      if (all && all->n_off > 0) end = all->off[all->n_off - 1].v;
    }
    previous_ends_.push_back(end);
  }
  return previous_ends_[static_cast<std::size_t>(contig)];
}

void AlignmentIndex::query(int contig, std::int64_t begin, std::int64_t end) {
  scan_.reset();
  begin_ = begin;
  end_ = end;
  iterator_ = iterate(contig, begin, end);
  // Without an iterator the index has nothing of this contig.
  if (!cram_ && begin < 0 && iterator_) {
    iterator_.reset();
    scan_ = Scan{contig, end};
  }
}

void AlignmentIndex::query_unplaced() {
  scan_.reset();
  iterator_.reset();
  begin_ = std::numeric_limits<std::int64_t>::min();
  end_ = kOpenEnd;
  if (cram_) {
    iterator_ = iterate(HTS_IDX_NOCOOR, 0, 0);
  } else {
    scan_ = Scan{kUnplaced, kOpenEnd};
  }
}

int AlignmentIndex::scan_next(htsFile* file, sam_hdr_t* header, bam1_t* record) {
  if (!scan_->begun) {
    scan_->begun = true;
    const auto offset = previous_end(scan_->contig == kUnplaced ? n_contigs_ : scan_->contig);
    if (bgzf_seek(file->fp.bgzf, static_cast<std::int64_t>(offset), SEEK_SET) != 0) {
      return kNoSeek;
    }
    file->line.l = 0;
  }
  for (;;) {
    const int result = sam_read1(file, header, record);
    if (result < 0) return result;
    const auto& core = record->core;
    if (scan_->contig == kUnplaced ? core.tid < 0
                                   : core.tid == scan_->contig && core.pos < scan_->end) {
      return result;
    }
    const bool before = core.tid >= 0 && (scan_->contig == kUnplaced || core.tid < scan_->contig);
    if (!before) return -1;
  }
}

int AlignmentIndex::read(htsFile* file, sam_hdr_t* header, bam1_t* record) {
  if (scan_) {
    const int result = scan_next(file, header, record);
    if (result < 0) scan_.reset();
    return result;
  }
  if (!iterator_) return -1;
  for (;;) {
    const int result = sam_itr_next(file, iterator_.get(), record);
    // HTSlib gives a CRAM's reads as its own range has them.
    const bool overlaps = record->core.pos < end_ && bam_endpos(record) > begin_;
    if (result >= 0 && !overlaps) continue;
    if (result < 0) iterator_.reset();
    return result;
  }
}

}  // namespace vio::hts
