#pragma once

#include <string>

#include "vio/cli/parse.hpp"
#include "vio/sink/variant_output.hpp"

namespace vio::cli {

/// What the input is: it decides what an output is unless -O or a suffix says otherwise.
enum class InputKind : std::uint8_t { sequences, variants };

/// The format that -O, the suffix of -o and the input together ask for. Throws core::UsageError
/// where the input cannot be written as that.
[[nodiscard]] sink::VariantFormat output_format(const ParsedOptions& options, InputKind input);

[[nodiscard]] bool is_compressed(sink::VariantFormat format) noexcept;

/// Whether -W was given; throws core::UsageError where the output cannot have an index.
[[nodiscard]] bool wants_index(const ParsedOptions& options, sink::VariantFormat format);

}  // namespace vio::cli
