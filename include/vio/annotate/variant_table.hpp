#pragma once

#include <string>

#include "vio/annotate/accounting.hpp"
#include "vio/annotate/variant_field.hpp"
#include "vio/encode/encoded_variants.hpp"

namespace vio::annotate {

/// `#` and the columns of a table of variants, with a line end.
[[nodiscard]] std::string variant_header_line(const VariantFields& fields);
/// One line an ALT; one line for a record without any.
void append_variant_lines(std::string& out, const VariantFields& fields, const VariantRow& row);

/// One line an ALT that was not scored (--skipped): `#chrom pos id ref alt status reason`, pos
/// 1-based, `.` as the alt of a record without any.
[[nodiscard]] std::string skipped_variants_header();
[[nodiscard]] std::string skipped_variant_lines(const encode::EncodedVariants& batch);

/// Counts what leaves with this batch. An allele is an ALT, or the NO_ALT of a record without any.
/// A record is scored if any of its alleles is, else it counts under its first one's reason.
/// Windows exist only where they are scored.
void count_variants(const encode::EncodedVariants& batch, Accounting& accounting);

}  // namespace vio::annotate
