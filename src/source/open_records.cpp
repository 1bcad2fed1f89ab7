#include <fmt/format.h>

#include <cctype>

#include "source/record_reader.hpp"
#include "source/symbols.hpp"
#include "vio/core/error.hpp"

namespace vio::source {

namespace {

void check_content(const std::string& name, const hts::Content& content) {
  using Kind = hts::Content::Kind;
  if (content.kind == Kind::packed) {
    throw core::UsageError(
        fmt::format("{0} is compressed with {1}, which is not read here; decompress it first: "
                    "`{1} -dc FILE | vio-annotate`.",
                    name, content.name));
  }
  if (content.kind != Kind::other) {
    throw core::UsageError(
        fmt::format("{} is a {} file where FASTA or FASTQ was expected.", name, content.name));
  }
}

[[noreturn]] void throw_unknown(TextReader& text) {
  const char first = static_cast<char>(text.peek());
  constexpr std::size_t kShown = 16;
  std::string start;
  while (start.size() < kShown) {
    const auto part = text.part(1);
    if (part.bytes.empty()) break;
    start += static_cast<char>(std::tolower(static_cast<unsigned char>(part.bytes.front())));
  }
  if (start.starts_with("<!doctype") || start.starts_with("<html")) {
    throw core::InputError(
        fmt::format("{} is an HTML page, not FASTA or FASTQ; a download link may have led to a "
                    "web page instead of the file.",
                    text.name()));
  }
  throw core::InputError(
      fmt::format("{} is neither FASTA nor FASTQ: it begins with {} where `>` or `@` was expected.",
                  text.name(), describe_byte(first)));
}

}  // namespace

std::unique_ptr<RecordReader> open_records(const hts::ByteReaderOptions& options) {
  return open_records(hts::ByteReader(options));
}

std::unique_ptr<RecordReader> open_records(hts::ByteReader bytes) {
  auto text = std::make_unique<TextReader>(std::move(bytes));
  check_content(text->name(), text->bytes().content());
  text->skip_byte_order_mark();
  text->skip_blank_lines();
  switch (text->peek()) {
    case '>':
      return std::make_unique<FastaReader>(std::move(text));
    case '@':
      return std::make_unique<FastqReader>(std::move(text));
    case -1:
      throw core::InputError(fmt::format(
          "{} is empty: it holds no sequence at all; check the step that should have written it.",
          text->name()));
    default:
      throw_unknown(*text);
  }
}

}  // namespace vio::source
