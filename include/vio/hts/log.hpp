#pragma once

namespace vio::hts {

/// Keeps HTSlib from writing to standard error: everything worth saying reaches the user as one
/// sentence of ours. Thread-safe, idempotent; every handle of this folder calls it.
void silence_htslib();

}  // namespace vio::hts
