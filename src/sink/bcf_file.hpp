#pragma once

#include "hts_output_file.hpp"
#include "vio/hts/variant_header.hpp"
#include "vio/hts/variant_record.hpp"

namespace vio::sink {

/// A BCF that HTSlib writes. Not thread-safe.
class BcfFile {
 public:
  /// `threads` compress blocks; the bytes do not depend on it. Throws as throw_write_error.
  BcfFile(const OutputTarget& target, bool compressed, int threads);

  void write(const hts::VariantHeader& header);
  void write(const hts::VariantHeader& header, const hts::VariantRecord& record);
  /// Closes; the last chance to fail.
  void finish() { file_.finish(); }

 private:
  HtsOutputFile file_;
};

}  // namespace vio::sink
