#pragma once

#include <filesystem>
#include <string>

#include "vio/sink/temporary_files.hpp"

namespace vio::sink {

/// Where an output goes while it is being written, and how it gets its final name. A regular file
/// is written under a temporary name in the same folder and renamed by commit(); if commit() is
/// never reached the temporary is removed. `-` is standard output; devices and pipes are written
/// directly.
class OutputTarget {
 public:
  /// Throws core::UsageError where the file cannot be created.
  OutputTarget(const std::string& path, TemporaryFiles& temporaries);
  OutputTarget(const OutputTarget&) = delete;
  OutputTarget& operator=(const OutputTarget&) = delete;
  ~OutputTarget();

  [[nodiscard]] bool is_stdout() const noexcept { return final_ == "-"; }
  /// What the user called it, for messages.
  [[nodiscard]] std::string display_name() const;
  /// The path to write to; for standard output `-`.
  [[nodiscard]] const std::filesystem::path& write_path() const noexcept { return writing_; }
  [[nodiscard]] const std::filesystem::path& final_path() const noexcept { return final_; }
  [[nodiscard]] bool is_temporary() const noexcept { return writing_ != final_; }

  /// Gives the whole file its final name. Throws core::OutputError.
  void commit();

 private:
  std::filesystem::path final_;
  std::filesystem::path writing_;
  TemporaryFiles& temporaries_;
};

}  // namespace vio::sink
