#pragma once

#include <string>
#include <string_view>

#include "source/text_reader.hpp"
#include "vio/hts/fasta_index.hpp"

namespace vio::source {

/// Whether the index tells the whole truth about the file: every record is in it, in order, and
/// its lines are as regular as the index needs. HTSlib leaves records out that repeat a name or
/// have no sequence. `text` is at the beginning of the file; only the gaps between sequences are
/// read, as far as seeking pays.
[[nodiscard]] bool holds_every_record(const hts::FastaIndex& index, TextReader& text);

/// Throws core::InputError where one record of the file is not what its entry says. `otherwise` is
/// what else the message advises (IndexNeed).
void check_entry(const hts::FastaEntry& entry, TextReader& text, std::string_view otherwise);

/// For whoever reads less of a record than its index promised. Throws core::InputError.
[[noreturn]] void throw_short_record(const std::string& file, const std::string& record);

}  // namespace vio::source
