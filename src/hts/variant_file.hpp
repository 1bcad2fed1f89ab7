#pragma once

#include <htslib/hts.h>
#include <htslib/tbx.h>
#include <htslib/vcf.h>

#include <memory>
#include <optional>
#include <string>

#include "hts/hts_file.hpp"
#include "hts/kstring.hpp"
#include "hts/vcf_line.hpp"
#include "vio/hts/variant_reader.hpp"

namespace vio::hts {

/// The open file, whose records are read as VCF lines or BCF.
class VariantReader::File : public HtsFile {
 public:
  File(Input input, int threads);

  [[nodiscard]] bool is_bcf() const noexcept { return format() == bcf; }
  /// 0, -1 at the end, less where the data is damaged. Throws LineFault.
  [[nodiscard]] int read(const VariantHeader& header, bcf1_t* record);

 private:
  KString line_;
};

/// An index and the query that runs on it. VCF is indexed by text columns, BCF by its records.
class VariantReader::Index {
 public:
  /// `header_end`: BGZF virtual offset of the first record.
  Index(const File& file, const std::string& path, std::uint64_t header_end);

  [[nodiscard]] std::vector<IndexedContig> contigs(const VariantHeader& header) const;
  void query(const VariantHeader& header, const std::string& contig, std::int64_t begin,
             std::int64_t end);
  void scan(htsFile* file, const VariantHeader& header, const IndexedContig& contig,
            std::int64_t end);
  /// As bcf_read(): 0, -1 at the end, less where the data is damaged.
  [[nodiscard]] int read(htsFile* file, const VariantHeader& header, bcf1_t* record);

 private:
  struct DestroyIndex {
    void operator()(hts_idx_t* index) const noexcept { hts_idx_destroy(index); }
  };
  struct DestroyTabix {
    void operator()(tbx_t* tabix) const noexcept { tbx_destroy(tabix); }
  };
  struct DestroyIterator {
    void operator()(hts_itr_t* iterator) const noexcept { hts_itr_destroy(iterator); }
  };
  using Iterator = std::unique_ptr<hts_itr_t, DestroyIterator>;

  [[nodiscard]] Iterator iterate(int contig, std::int64_t begin, std::int64_t end) const;

  std::unique_ptr<tbx_t, DestroyTabix> tabix_;      ///< of VCF
  std::unique_ptr<hts_idx_t, DestroyIndex> index_;  ///< of BCF
  [[nodiscard]] int scan_next(htsFile* file, const VariantHeader& header, bcf1_t* record);

  std::uint64_t header_end_;
  Iterator iterator_;
  /// A run of one contig's records that is read without the iterator.
  struct Scan {
    int contig = 0;
    std::int64_t end = 0;
  };
  std::optional<Scan> scan_;
  KString line_;
};

/// The index beside a file, in the order in which HTSlib looks for it; empty where there is none.
[[nodiscard]] std::string index_beside(const std::string& path, bool is_bcf);

}  // namespace vio::hts
