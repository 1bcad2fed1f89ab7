#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace vio::hts {

/// SAM flags as samtools takes them: a decimal, 0x hexadecimal or 0 octal number, or names joined
/// by commas (`SECONDARY,SUPPLEMENTARY`). Nothing for anything else.
[[nodiscard]] std::optional<std::uint16_t> parse_sam_flags(const std::string& text);

}  // namespace vio::hts
