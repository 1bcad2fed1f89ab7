#pragma once

#include <string>

#include "vio/hts/fasta_index.hpp"

namespace vio::hts {

/// Opens the FASTA, plain or bgzip, that a CRAM is packed against; HTSlib takes it by
/// FastaIndex::fasta(), as long as the index lives. Throws core::UsageError (missing, a pipe, gzip,
/// not FASTA), core::InputError (a stale index).
[[nodiscard]] FastaIndex open_cram_reference(const std::string& path);

}  // namespace vio::hts
