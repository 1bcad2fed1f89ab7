#include "vio/hts/sam_flags.hpp"

#include <htslib/sam.h>

#include <limits>

namespace vio::hts {

std::optional<std::uint16_t> parse_sam_flags(const std::string& text) {
  const int flags = text.empty() ? -1 : bam_str2flag(text.c_str());
  if (flags < 0 || flags > std::numeric_limits<std::uint16_t>::max()) {
    return std::nullopt;
  }
  return static_cast<std::uint16_t>(flags);
}

}  // namespace vio::hts
