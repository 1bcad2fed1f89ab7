#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vio/source/csv.hpp"

namespace vio::source {

/// Names that columns of sequences commonly have, in lower case, the likeliest first.
inline constexpr std::array<std::string_view, 8> kSequenceColumnNames = {
    "sequence",     "seq",          "nucleotidesequence", "nucleotide_sequence",
    "dna_sequence", "rna_sequence", "protein_sequence",   "dna"};
/// The option that names a column of sequences, in every program.
inline constexpr std::string_view kSequenceColumnOption = "seq-column";

/// Without the blanks and line breaks around it.
[[nodiscard]] std::string_view stripped(std::string_view text) noexcept;

/// A cell's sequence: without the blanks around it and without a wrapping `<...>`.
[[nodiscard]] std::string_view unwrapped_sequence(std::string_view cell) noexcept;

/// A column that is looked for by its name, or where none is given, by the common names.
struct ColumnQuestion {
  std::string_view option;  ///< that names the column, without its dashes
  std::string_view asked;   ///< its value; empty: guessed, whatever the case
  std::span<const std::string_view> common;
};

/// The column's index; a note says which was taken where it was guessed. Throws core::UsageError,
/// which lists the columns, where there is none.
[[nodiscard]] std::size_t find_column(const CsvFields& header, const ColumnQuestion& question,
                                      std::string_view file, std::vector<std::string>& notes);

}  // namespace vio::source
