#pragma once

#include <memory>

#include "descriptor.hpp"
#include "vio/hts/variant_header.hpp"
#include "vio/hts/variant_record.hpp"
#include "vio/sink/output_target.hpp"

struct htsFile;

namespace vio::sink {

/// A BCF that HTSlib writes to a descriptor of ours: to HTSlib itself, a name such as `s3:x` would
/// be a URL. Not thread-safe.
class BcfFile {
 public:
  /// `threads` compress blocks; the bytes do not depend on it. Throws as throw_write_error.
  BcfFile(const OutputTarget& target, bool compressed, int threads);
  ~BcfFile();

  void write(const hts::VariantHeader& header);
  void write(const hts::VariantHeader& header, const hts::VariantRecord& record);
  /// Closes; the last chance to fail.
  void finish();

 private:
  struct Closer {
    void operator()(htsFile* file) const noexcept;
  };

  [[noreturn]] void fail() const;

  const OutputTarget& target_;
  Descriptor descriptor_;
  std::unique_ptr<htsFile, Closer> file_;
};

}  // namespace vio::sink
