#include "peak_memory.hpp"

#include <sys/resource.h>

#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <string>

namespace vio::cli {

/// Linux's getrusage carries over the peak of the process that started us, VmHWM does not.
std::int64_t peak_memory_bytes() {
  constexpr std::int64_t kKibibyte = 1024;
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    std::int64_t kibibytes = 0;
    if (std::sscanf(line.c_str(), "VmHWM: %" SCNd64, &kibibytes) == 1) {
      return kibibytes * kKibibyte;
    }
  }
  struct rusage usage {};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss * kKibibyte;
}

}  // namespace vio::cli
