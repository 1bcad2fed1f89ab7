#pragma once

#include <string>
#include <string_view>

namespace vio::annotate {

/// A class name as a TSV cell: percent-encodes tabs, line breaks, other control bytes and `%`.
[[nodiscard]] std::string tsv_class_name(std::string_view name);

/// A class name within an INFO value: percent-encodes everything but ASCII letters, digits and
/// `_.+-/()`, and a name that would read as a missing value.
[[nodiscard]] std::string vcf_class_name(std::string_view name);

/// A class name as a text tag of SAM: percent-encodes everything but printable ASCII and spaces,
/// and
/// `%`.
[[nodiscard]] std::string sam_class_name(std::string_view name);

}  // namespace vio::annotate
