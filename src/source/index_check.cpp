#include "source/index_check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "source/symbols.hpp"
#include "vio/core/error.hpp"

namespace vio::source {

namespace {

constexpr std::size_t kHeaderLimit = 1 << 24;  // bytes
constexpr std::uint64_t kLookBack = 1 << 16;   // bytes

/// The name in a header line, as HTSlib takes it: blanks before it are skipped.
std::string_view name_in(std::string_view header) {
  header.remove_prefix(std::min(header.find_first_not_of(" \t", 1), header.size()));
  return header.substr(0, header.find_first_of(" \t"));
}

/// Whether a line has nothing but symbols and its line break. HTSlib counts blanks within a line
/// as if they belonged to the line break.
bool has_regular_lines(const hts::FastaEntry& entry, TextReader& text) {
  switch (entry.line_bytes - entry.line_symbols) {
    case 0:
      return entry.length <= entry.line_symbols;
    case 1:
      if (entry.length <= entry.line_symbols) return true;
      text.seek(entry.offset + static_cast<std::uint64_t>(entry.line_symbols));
      return text.peek() == '\n';
    case 2:
      text.seek(entry.offset + static_cast<std::uint64_t>(entry.line_symbols));
      return text.peek() == '\r';
    default:
      return entry.length == 0;
  }
}

/// Whether the sequence ends where the entry says, and a header or the file's end follows. Leaves
/// `text` there.
bool ends_as_told(const hts::FastaEntry& entry, TextReader& text) {
  if (!has_regular_lines(entry, text)) return false;
  if (entry.length > 0) {
    text.seek(entry.end_byte() - 1);
    const auto symbol = text.part(1);
    if (symbol.bytes.size() != 1 || !is_symbol(symbol.bytes.front())) return false;
    // A line break of the same part was consumed with it.
    if (!symbol.ends_line && text.peek() >= 0 && !text.part(1).bytes.empty()) return false;
  } else {
    text.seek(entry.offset);
  }
  text.skip_blank_lines();
  const int next = text.peek();
  return next < 0 || next == '>';
}

bool begins_as_told(const hts::FastaEntry& entry, TextReader& text) {
  const std::uint64_t back = std::min<std::uint64_t>(entry.offset, kLookBack);
  text.seek(entry.offset - back);
  std::string line;
  bool whole_line = false;
  for (int lines = 0; text.position() < entry.offset && text.peek() >= 0; ++lines) {
    line = text.line(kHeaderLimit);
    whole_line = lines > 0 || back == entry.offset;
  }
  if (text.position() != entry.offset) return false;
  // A header longer than the look-back is not judged.
  return !whole_line || (line.starts_with('>') && name_in(line) == entry.name);
}

}  // namespace

bool holds_every_record(const hts::FastaIndex& index, TextReader& text) {
  text.skip_blank_lines();
  for (const auto& entry : index.entries()) {
    if (text.peek() != '>') return false;
    const std::string header = text.line(kHeaderLimit);
    // Names as the streaming reader takes them, so that both ways give the same rows.
    const bool blank_first = header.size() > 1 && (header[1] == ' ' || header[1] == '\t');
    if (blank_first || entry.name.empty() || name_in(header) != entry.name) return false;
    if (text.position() != entry.offset || !ends_as_told(entry, text)) return false;
  }
  return text.peek() < 0;
}

void check_entry(const hts::FastaEntry& entry, TextReader& text, std::string_view otherwise) {
  if (begins_as_told(entry, text) && ends_as_told(entry, text)) return;
  throw core::InputError(
      fmt::format("{0}: record {1} is not where its index says, or has blanks within its lines; "
                  "{2}make the index again with `samtools faidx {0}`.",
                  text.name(), entry.name, otherwise));
}

void throw_short_record(const std::string& file, const std::string& record) {
  throw core::InputError(
      fmt::format("{0}: record {1} is shorter than its index says; make the index again with "
                  "`samtools faidx {0}`.",
                  file, record));
}

}  // namespace vio::source
