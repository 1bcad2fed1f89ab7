#pragma once

#include <htslib/sam.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "hts/alignment_index.hpp"
#include "hts/cram_sequences.hpp"
#include "hts/hts_file.hpp"
#include "vio/hts/alignment_reader.hpp"

namespace vio::hts {

/// The open file with its header, index and place.
class AlignmentReader::File : public HtsFile {
 public:
  File(Input input, const AlignmentReaderOptions& options);

  [[nodiscard]] bool is_cram() const noexcept { return format() == cram; }
  [[nodiscard]] std::string_view format_name() const noexcept;
  [[nodiscard]] const std::shared_ptr<sam_hdr_t>& header() const noexcept { return header_; }

  [[nodiscard]] bool read(AlignmentRecord& record);
  [[nodiscard]] bool has_index() const;
  void load_index();
  void query(int contig, std::int64_t begin, std::int64_t end);
  void query_unplaced();

 private:
  struct Query {
    int contig = -1;  ///< -1: unplaced reads
    std::int64_t begin = 0;
    std::int64_t end = 0;
  };
  void read_header();
  void check_cram_end_marker() const;
  void run(const Query& query);
  /// As sam_read1(): -1 at the end, less where the data is damaged.
  [[nodiscard]] int read_raw(AlignmentRecord& record);
  void check_end() const;
  void check(const AlignmentRecord& record) const;
  [[noreturn]] void throw_damaged(int result) const;
  [[noreturn]] void throw_undecodable() const;
  [[nodiscard]] std::optional<std::string> undecodable_contig() const;
  [[nodiscard]] std::string last_place() const;

  CramSequences reference_;
  std::shared_ptr<sam_hdr_t> header_;
  std::unique_ptr<AlignmentIndex> index_;
  std::optional<Query> query_;     ///< the last
  std::uint64_t header_end_ = 0;   ///< BGZF virtual offset of the first read
  std::uint64_t records_ = 0;      ///< read so far
  std::uint64_t since_query_ = 0;  ///< of these, by the last query
  bool decoded_mapped_ = false;  ///< a CRAM's read that was written as its difference to something
  std::string last_name_;
  int last_contig_ = -1;
  std::int64_t last_position_ = -1;
};

}  // namespace vio::hts
