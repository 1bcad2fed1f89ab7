#include "source/record_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "source/symbols.hpp"
#include "vio/core/error.hpp"

namespace vio::source {

namespace {

constexpr std::size_t kNameLimit = 1 << 16;   // bytes
constexpr std::size_t kHeaderPart = 1 << 16;  // bytes

bool is_blank(char byte) noexcept {
  return byte == ' ' || byte == '\t';
}

bool is_control(char byte) noexcept {
  constexpr unsigned char kFirstPrintable = 0x20;
  constexpr unsigned char kDelete = 0x7f;
  const auto c = static_cast<unsigned char>(byte);
  return c < kFirstPrintable || c == kDelete;
}

}  // namespace

std::string RecordReader::read_name() {
  std::string name;
  bool in_name = true;
  for (bool ended = false; !ended;) {
    const TextReader::Part part = text_->part(kHeaderPart);
    if (part.bytes.find('\r') != std::string_view::npos) {
      throw core::InputError(
          fmt::format("{}: the header at {} holds a carriage return without a line feed; convert "
                      "the line ends with `tr '\\r' '\\n'`.",
                      file(), text_->place()));
    }
    if (in_name) {
      const auto* const end = std::find_if(part.bytes.begin(), part.bytes.end(), is_blank);
      name.append(part.bytes.begin(), end);
      in_name = end == part.bytes.end();
    }
    ended = part.ends_line;
    const bool readable = std::none_of(name.begin(), name.end(), is_control);
    if (!readable || name.size() > kNameLimit) {
      throw core::InputError(fmt::format(
          "{}: the record name at {} {}; is this file really {}?", file(), text_->place(),
          readable ? fmt::format("is longer than {} bytes", kNameLimit)
                   : std::string("holds control characters"),
          format()));
    }
  }
  return name.empty() ? "." : name;
}

void RecordReader::begin_record(std::string name, bool at_line_start) {
  record_ = std::move(name);
  at_line_start_ = at_line_start;
}

bool RecordReader::read_lines(std::string& symbols, std::size_t limit, char terminator) {
  for (;;) {
    if (at_line_start_) {
      const int next = text_->peek();
      if (next < 0 || next == terminator) return true;
    }
    if (symbols.size() >= limit) return false;
    const TextReader::Part part = text_->part(limit - symbols.size());
    append(part.bytes, symbols);
    at_line_start_ = part.ends_line;
  }
}

void RecordReader::append(std::string_view bytes, std::string& symbols) {
  const auto bad = append_symbols(bytes, symbols);
  if (bad == std::string_view::npos) return;
  throw core::InputError(
      fmt::format("{}: record {} holds {} at {}, which is no sequence symbol (letters, `*`, `-` "
                  "and `.` are); correct the file, or check that it is {}.",
                  file(), record_, describe_byte(bytes[bad]), text_->place(), format()));
}

std::optional<std::string> FastaReader::next_record() {
  text().skip_blank_lines();
  const int next = text().peek();
  if (next < 0) return std::nullopt;
  // Whatever precedes a header belongs to the record before it.
  if (next != '>') {
    throw core::InputError(
        fmt::format("{}: expected a header that begins with `>` at {}.", file(), text().place()));
  }
  static_cast<void>(text().take_byte());
  auto name = read_name();
  begin_record(name, true);
  return name;
}

bool FastaReader::read(std::string& symbols, std::size_t limit) {
  return read_lines(symbols, limit, '>');
}

void FastaReader::seek(std::uint64_t byte, std::string name, bool at_line_start) {
  text().seek(byte);
  begin_record(std::move(name), at_line_start);
}

std::optional<std::string> FastqReader::next_record() {
  text().skip_blank_lines();
  const int next = text().peek();
  if (next < 0) return std::nullopt;
  const char first = text().take_byte();
  if (next != '@') {
    throw core::InputError(fmt::format(
        "{}: expected a FASTQ header that begins with `@` at {}{}, found {}.", file(),
        text().place(), record().empty() ? "" : fmt::format(" (after record {})", record()),
        describe_byte(first)));
  }
  auto name = read_name();
  begin_record(name, true);
  length_ = 0;
  return name;
}

bool FastqReader::read(std::string& symbols, std::size_t limit) {
  const std::size_t before = symbols.size();
  const bool ended = read_lines(symbols, limit, '+');
  length_ += symbols.size() - before;
  if (!ended) return false;
  if (text().peek() < 0) throw_cut();
  for (bool line_ended = false; !line_ended;) line_ended = text().part(kHeaderPart).ends_line;
  skip_quality();
  return true;
}

void FastqReader::skip_quality() {
  const auto is_quality = [](char byte) { return !is_control(byte) && byte != ' '; };
  std::uint64_t left = length_;
  bool at_line_start = true;
  // The line that completes the quality is read to its end, so that a longer one is found.
  while (left > 0 || !at_line_start) {
    if (text().peek() < 0) {
      if (left > 0) throw_cut();
      return;
    }
    const TextReader::Part part = text().part(kHeaderPart);
    if (part.bytes.size() > left ||
        !std::all_of(part.bytes.begin(), part.bytes.end(), is_quality)) {
      throw_quality();
    }
    left -= part.bytes.size();
    at_line_start = part.ends_line;
  }
}

void FastqReader::throw_cut() const {
  throw core::InputError(fmt::format(
      "{}: the file ends inside record {}, whose sequence has {} symbols and whose quality is "
      "missing or shorter; it is truncated, fetch it again.",
      file(), record(), length_));
}

void FastqReader::throw_quality() const {
  throw core::InputError(fmt::format(
      "{}: the quality of record {} does not fit its sequence of {} symbols ({}); each symbol "
      "needs one quality character, from `!` to `~`.",
      file(), record(), length_, text().place()));
}

}  // namespace vio::source
