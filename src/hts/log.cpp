#include "vio/hts/log.hpp"

#include <htslib/hts_log.h>

#include <mutex>

namespace vio::hts {

void silence_htslib() {
  static std::once_flag once;
  std::call_once(once, [] { hts_set_log_level(HTS_LOG_OFF); });
}

}  // namespace vio::hts
