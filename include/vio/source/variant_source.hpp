#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "vio/hts/variant_record.hpp"
#include "vio/source/sequence_source.hpp"

namespace vio::source {

/// Neighbouring records in input order, one token of the pipeline on its way in.
struct VariantBatch {
  /// The header that the records were read with; never changes once it is here.
  std::shared_ptr<const hts::VariantHeader> header;
  std::vector<hts::VariantRecord> records;
  std::uint64_t first_ordinal = 0;  ///< of records[0]: 0, 1, 2, ... in input order
  ReadProgress progress;
  double read_seconds = 0;  ///< wall time it took to read
};

}  // namespace vio::source
