#pragma once

#include <htslib/bgzf.h>
#include <htslib/hts.h>
#include <htslib/tbx.h>
#include <htslib/vcf.h>

#include <memory>
#include <optional>
#include <string>

#include "hts/kstring.hpp"
#include "hts/vcf_line.hpp"
#include "vio/hts/variant_reader.hpp"

namespace vio::hts {

/// The open file: HTSlib's handle and what must be known beside it.
class VariantReader::File {
 public:
  File(Input input, int threads);

  [[nodiscard]] htsFile* handle() const noexcept { return handle_.get(); }
  /// Null for plain text.
  [[nodiscard]] BGZF* bgzf() const noexcept { return bgzf_; }
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  [[nodiscard]] std::optional<std::uint64_t> size() const noexcept { return size_; }
  [[nodiscard]] bool is_bcf() const noexcept { return handle_->format.format == bcf; }
  [[nodiscard]] bool is_bgzf_compressed() const noexcept {
    return handle_->format.compression == ::bgzf;
  }
  /// 0, -1 at the end, less where the data is damaged. Throws LineFault.
  [[nodiscard]] int read(const VariantHeader& header, bcf1_t* record);
  /// At the end of the file: throws core::InputError where it was not whole.
  void check_end() const;
  [[noreturn]] void throw_no_end_marker() const;

 private:
  struct Close {
    void operator()(htsFile* file) const noexcept { static_cast<void>(hts_close(file)); }
  };

  std::string name_;
  std::string path_;
  std::optional<std::uint64_t> size_;
  std::unique_ptr<htsFile, Close> handle_;
  BGZF* bgzf_ = nullptr;
  KString line_;
  bool threaded_ = false;
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
