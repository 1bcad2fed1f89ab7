#include "vio/sink/temporary_files.hpp"

#include <system_error>

namespace vio::sink {

void TemporaryFiles::add(const std::filesystem::path& file) {
  const std::lock_guard lock(mutex_);
  files_.insert(file);
}

void TemporaryFiles::forget(const std::filesystem::path& file) {
  const std::lock_guard lock(mutex_);
  files_.erase(file);
}

void TemporaryFiles::remove_all() noexcept {
  const std::lock_guard lock(mutex_);
  for (const auto& file : files_) {
    std::error_code ignored;  // nothing more can be done for a file that will not go
    std::filesystem::remove(file, ignored);
  }
  files_.clear();
}

}  // namespace vio::sink
