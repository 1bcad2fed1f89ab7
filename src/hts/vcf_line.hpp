#pragma once

#include <htslib/vcf.h>

#include <string_view>

#include "hts/kstring.hpp"
#include "vio/hts/variant_header.hpp"

namespace vio::hts {

/// What reading returns for a record that HTSlib cannot parse.
inline constexpr int kMalformed = -2;

/// Thrown where a line is no record of VCF: part of a sentence that says why.
struct LineFault {
  std::string_view what;
};

/// Parses a line of VCF, which it changes; 0, or kMalformed. HTSlib 1.16 takes `x` for position 0
/// and fills missing columns up, so what the record stands on is checked first: contig, position
/// and REF are there, and so are eight columns.
[[nodiscard]] int parse_vcf_line(KString& line, const VariantHeader& header, bcf1_t* record);

}  // namespace vio::hts
