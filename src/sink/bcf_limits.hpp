#pragma once

#include "vio/hts/variant_header.hpp"
#include "vio/hts/variant_record.hpp"
#include "vio/sink/output_target.hpp"

namespace vio::sink {

/// Settles VariantRecord::is_undeclared: whether a record uses a contig, FILTER, INFO or FORMAT
/// that `written`, the header of a BCF, does not declare under the same number. HTSlib itself marks
/// only the first record that uses one, and that may have been outside of the wanted regions.
/// Unpacks the record whole.
void mark_undeclared(const hts::VariantHeader& read, const hts::VariantHeader& written,
                     hts::VariantRecord& record);

/// Throws core::InputError where BCF cannot hold a record: something undeclared, or a number beyond
/// 32 bits. `read` is the header that the record was read with. Needs mark_undeclared().
void check_bcf_can_hold(const hts::VariantHeader& read, const hts::VariantRecord& record,
                        const OutputTarget& target);

}  // namespace vio::sink
