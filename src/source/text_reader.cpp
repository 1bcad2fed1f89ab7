#include "source/text_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "vio/core/error.hpp"

namespace vio::source {

namespace {

constexpr std::size_t kBufferBytes = 1 << 18;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

TextReader::TextReader(const hts::ByteReaderOptions& options)
    : TextReader(hts::ByteReader(options)) {}

TextReader::TextReader(hts::ByteReader bytes) : bytes_(std::move(bytes)), buffer_(kBufferBytes) {}

void TextReader::fill() {
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  base_ += begin_;
  end_ -= begin_;
  begin_ = 0;
  const std::size_t count = bytes_.read(std::span(buffer_).subspan(end_));
  at_end_ = count < buffer_.size() - end_;
  end_ += count;
}

std::string_view TextReader::available() {
  // Two bytes at least, so that CR LF is never torn apart.
  while (end_ - begin_ < 2 && !at_end_) fill();
  return {buffer_.data() + begin_, end_ - begin_};
}

int TextReader::peek() {
  if (begin_ < end_) return static_cast<unsigned char>(buffer_[begin_]);
  const auto view = available();
  return view.empty() ? -1 : static_cast<unsigned char>(view.front());
}

TextReader::Part TextReader::take(std::size_t size, std::size_t line_break) {
  const Part part{{buffer_.data() + begin_, size}, line_break > 0};
  part_line_ = line_;
  part_byte_ = position();
  begin_ += size + line_break;
  if (line_break > 0) ++line_;
  return part;
}

char TextReader::take_byte() {
  return take(1, 0).bytes.front();
}

TextReader::Part TextReader::part(std::size_t limit) {
  const auto view = available();
  if (view.empty()) return {{}, true};
  const std::size_t searched = std::min(view.size(), limit + 2);
  if (const auto* found = std::memchr(view.data(), '\n', searched)) {
    auto size = static_cast<std::size_t>(static_cast<const char*>(found) - view.data());
    const bool carriage_return = size > 0 && view[size - 1] == '\r';
    if (carriage_return) --size;
    if (size <= limit) return take(size, carriage_return ? 2 : 1);
  }
  std::size_t size = std::min(view.size(), limit);
  // A trailing CR may belong to a line break of which only this half is in view.
  if (view[size - 1] == '\r' && size > 1) --size;
  if (view == "\r") return take(0, 1);
  return take(size, 0);
}

std::string TextReader::line(std::size_t limit) {
  std::string text;
  for (bool ended = false; !ended;) {
    const Part next = part(kBufferBytes);
    if (text.size() + next.bytes.size() > limit) {
      throw core::InputError(fmt::format(
          "{}: {} is longer than {} bytes; is this file of the format that it is taken for?",
          name(), place(), limit));
    }
    text.append(next.bytes);
    ended = next.ends_line;
  }
  return text;
}

void TextReader::skip_byte_order_mark() {
  if (available().starts_with(kByteOrderMark)) begin_ += kByteOrderMark.size();
}

void TextReader::skip_blank_lines() {
  for (int next = peek(); next >= 0; next = peek()) {
    if (next == '\n') {
      ++line_;
    } else if (next != ' ' && next != '\t' && next != '\r') {
      return;
    }
    ++begin_;
  }
}

void TextReader::seek(std::uint64_t byte) {
  line_known_ = false;
  if (byte >= base_ && byte <= base_ + end_) {
    begin_ = static_cast<std::size_t>(byte - base_);
    return;
  }
  bytes_.seek(byte);
  base_ = byte;
  begin_ = 0;
  end_ = 0;
  at_end_ = false;
}

std::string TextReader::place() const {
  return line_known_ ? fmt::format("line {}", part_line_) : fmt::format("byte {}", part_byte_);
}

}  // namespace vio::source
