#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "sort_check.hpp"
#include "vio/sink/output_target.hpp"

namespace vio::sink {

/// How an indexed file says where its lines, or its reads, lie.
enum class IndexedFormat : std::uint8_t {
  bed_table,      ///< columns 1, 2, 3: contig, begin and end, 0-based half-open
  variant_table,  ///< columns 1, 2: contig and position, 1-based
  vcf,
  bcf,
  sam,
  bam,
  cram,
};

/// The binning of TBI and BAI covers 2^29 positions a contig; CSI has no such limit.
inline constexpr std::int64_t kLongestContig = std::int64_t{1} << 29;

/// The index of an output: .tbi or .bai, .csi for BCF and for contigs that those cannot hold,
/// .crai. It appears under its name only when it is whole. Not thread-safe.
class OutputIndex {
 public:
  /// `path` is the file's as the user gave it: the index gets its name from it. Throws
  /// core::UsageError where the index cannot be created.
  OutputIndex(const std::string& path, IndexedFormat format, int threads,
              TemporaryFiles& temporaries);

  /// Every line's place must be told, in order; 0-based half-open. Of reads AlignmentIndex knows
  /// more. Throws core::InputError where lines are not sorted, because an index of them would lie.
  void note(std::string_view contig, std::int64_t start, std::int64_t end) {
    sorted_.note(contig, start, end);
  }
  /// A contig as the file's header declares it.
  void note_contig_length(std::int64_t length);

  /// Indexes the file, once it is closed, and gives the index its final name. An index of another
  /// kind that an earlier run left under the file's name goes away. Throws core::OutputError.
  void build(const OutputTarget& file);

 private:
  [[nodiscard]] bool needs_csi() const noexcept;
  /// HTSlib would take them for the file's, .csi even before .tbi and .bai.
  void remove_other_kinds() const;
  [[nodiscard]] int build_at(const std::string& file, const std::string& index) const;

  std::string path_;
  IndexedFormat format_;
  int threads_;
  TemporaryFiles& temporaries_;
  std::string_view suffix_;
  std::unique_ptr<OutputTarget> target_;
  std::int64_t longest_declared_ = 0;
  SortCheck sorted_;
};

}  // namespace vio::sink
