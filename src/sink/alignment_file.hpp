#pragma once

#include <optional>
#include <string>

#include "hts_output_file.hpp"
#include "vio/hts/alignment_record.hpp"
#include "vio/hts/fasta_index.hpp"
#include "vio/sink/record_output.hpp"

namespace vio::sink {

/// A BAM or CRAM that HTSlib writes. Not thread-safe.
class AlignmentFile {
 public:
  /// Writes the header. `threads` compress BAM's blocks; CRAM is packed by one, because HTSlib's
  /// choice of codecs, so the bytes, would depend on their race. Throws core::UsageError where the
  /// format cannot hold the header's contigs or where CRAM's reference does not have them, else as
  /// throw_write_error.
  AlignmentFile(const OutputTarget& target, const AlignmentOutputOptions& options,
                const sam_hdr_t& header);

  /// Throws core::UsageError where the format cannot hold the read's place.
  void write(const hts::AlignmentRecord& read);
  /// Closes; the last chance to fail.
  void finish() { file_.finish(); }

 private:
  const sam_hdr_t& header_;
  std::optional<hts::FastaIndex> reference_;  // HTSlib reads its index more than once
  HtsOutputFile file_;
};

}  // namespace vio::sink
