#include "vio/hts/version.hpp"

#include <htslib/hts.h>

namespace vio::hts {

std::string_view htslib_version() noexcept {
  return hts_version();
}

}  // namespace vio::hts
