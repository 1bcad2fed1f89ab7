#include "models/resources.hpp"

#include <ctime>
#include <fstream>
#include <limits>
#include <string>

#include "vio/core/error.hpp"

namespace vio::bench {

namespace {

double status_mib(const std::string& field) {
  constexpr double kKibibytesPerMebibyte = 1024;
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double kibibytes = 0;
    if (word == field && status >> kibibytes) {
      return kibibytes / kKibibytesPerMebibyte;
    }
    status.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  throw core::InternalError("/proc/self/status has no " + field + "; memory needs Linux");
}

}  // namespace

double cpu_seconds() {
  timespec used{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + 1e-9 * static_cast<double>(used.tv_nsec);
}

double resident_mib() {
  return status_mib("VmRSS:");
}

double peak_resident_mib() {
  return status_mib("VmHWM:");
}

}  // namespace vio::bench
