#pragma once

#include <filesystem>
#include <mutex>
#include <set>

namespace vio::sink {

/// Files that must not outlive an interrupted run. Thread-safe, so that a signal can end the
/// program from another thread at any time.
class TemporaryFiles {
 public:
  void add(const std::filesystem::path& file);
  void forget(const std::filesystem::path& file);
  /// Removes every file that was added and not forgotten.
  void remove_all() noexcept;

 private:
  std::mutex mutex_;
  std::set<std::filesystem::path> files_;
};

}  // namespace vio::sink
