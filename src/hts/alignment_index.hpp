#pragma once

#include <htslib/hts.h>
#include <htslib/sam.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hts/hts_file.hpp"

namespace vio::hts {

/// The index beside a file of alignments, in the order in which HTSlib looks for it; empty where
/// there is none.
[[nodiscard]] std::string alignment_index_beside(const HtsFile& file);

/// An index and the query that runs on it.
class AlignmentIndex {
 public:
  /// `header_end`: BGZF virtual offset of the first read. Throws core::InputError where HTSlib
  /// cannot read it.
  AlignmentIndex(const HtsFile& file, const std::string& path, std::uint64_t header_end);

  /// Reads of the contig that overlap [begin, end). Where begin < 0, those too that have the contig
  /// but no position.
  void query(int contig, std::int64_t begin, std::int64_t end);
  void query_unplaced();
  /// As sam_read1(): -1 at the end, less where the data is damaged.
  [[nodiscard]] int read(htsFile* file, sam_hdr_t* header, bam1_t* record);

 private:
  struct DestroyIndex {
    void operator()(hts_idx_t* index) const noexcept { hts_idx_destroy(index); }
  };
  struct DestroyIterator {
    void operator()(hts_itr_t* iterator) const noexcept { hts_itr_destroy(iterator); }
  };
  using Iterator = std::unique_ptr<hts_itr_t, DestroyIterator>;
  /// Reads that are read one by one from where those of a contig begin; no index leads to those
  /// without a position.
  struct Scan {
    int contig = 0;
    std::int64_t end = 0;
    bool begun = false;
  };

  [[nodiscard]] Iterator iterate(int contig, std::int64_t begin, std::int64_t end) const;
  /// BGZF virtual offset after the reads of all contigs before this one.
  [[nodiscard]] std::uint64_t previous_end(int contig);
  [[nodiscard]] int scan_next(htsFile* file, sam_hdr_t* header, bam1_t* record);

  std::unique_ptr<hts_idx_t, DestroyIndex> index_;
  bool cram_;
  int n_contigs_ = 0;
  std::vector<std::uint64_t> previous_ends_;  ///< by contig; filled when it is needed
  std::uint64_t header_end_;
  Iterator iterator_;
  std::int64_t begin_ = 0;  ///< of the query
  std::int64_t end_ = 0;
  std::optional<Scan> scan_;
};

}  // namespace vio::hts
