#pragma once

#include <memory>

#include "hts_stream.hpp"

struct htsFile;

namespace vio::sink {

/// A file in one of HTSlib's formats. Not thread-safe.
class HtsOutputFile {
 public:
  /// `mode` is that of hts_open(). Throws as throw_write_error.
  HtsOutputFile(const OutputTarget& target, const char* mode);
  HtsOutputFile(const HtsOutputFile&) = delete;
  HtsOutputFile& operator=(const HtsOutputFile&) = delete;
  ~HtsOutputFile();

  [[nodiscard]] htsFile* handle() const noexcept { return file_.get(); }
  /// `threads` compress blocks.
  void set_threads(int threads);
  /// Closes; the last chance to fail.
  void finish();
  /// Throws what a failed call of HTSlib on this file means.
  [[noreturn]] void fail() const { stream_.fail(); }

 private:
  struct Closer {
    void operator()(htsFile* file) const noexcept;
  };

  const OutputTarget& target_;
  HtsStream stream_;
  std::unique_ptr<htsFile, Closer> file_;
};

}  // namespace vio::sink
