#pragma once

#include <htslib/sam.h>

namespace vio::hts {

/// Whether the record's auxiliary tags are what SAM knows, and none is cut off. HTSlib reads others
/// too, and fails only where it must write them.
[[nodiscard]] bool has_sound_tags(const bam1_t* record) noexcept;

}  // namespace vio::hts
