#pragma once

namespace vio::bench {

/// Processor time of this process so far, all threads, user and system.
[[nodiscard]] double cpu_seconds();

// Memory of this process in MiB, from Linux's /proc. Throws core::InternalError where there is
// none.
[[nodiscard]] double resident_mib();       ///< now
[[nodiscard]] double peak_resident_mib();  ///< the most so far

}  // namespace vio::bench
