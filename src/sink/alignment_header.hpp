#pragma once

#include "vio/hts/alignment_record.hpp"
#include "vio/sink/record_output.hpp"

namespace vio::sink {

/// A copy of an input's header with our @PG line, whose PP is the last program before; nothing else
/// changes. Throws core::InputError where HTSlib cannot make sense of a header that gets the line.
[[nodiscard]] hts::AlignmentHeaderHandle output_header(const sam_hdr_t& header,
                                                       const AlignmentOutputOptions& options);

/// As SAM has it at its beginning.
[[nodiscard]] std::string header_text(sam_hdr_t& header);

}  // namespace vio::sink
