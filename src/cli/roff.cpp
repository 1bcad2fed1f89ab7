#include "roff.hpp"

#include <fmt/format.h>

namespace vio::cli {

namespace {

constexpr std::size_t kWidth = 78;

/// roff reads a dot or a quote at a line's start as a command.
std::string at_line_start(std::string word) {
  return word.starts_with('.') || word.starts_with('\'') ? fmt::format("\\&{}", word) : word;
}

/// roff puts more space after a sentence, and knows one by its line end.
bool ends_sentence(std::string_view word) {
  return word.ends_with('.') || word.ends_with('?') || word.ends_with('!');
}

}  // namespace

std::string roff_escaped(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    if (letter == '\\') {
      out += "\\e";
    } else if (letter == '-') {
      out += "\\-";  // a plain one is a hyphen, at which roff breaks lines
    } else {
      out += letter;
    }
  }
  return out;
}

std::string roff_filled(std::string_view text) {
  constexpr std::string_view kBlanks = " \n";
  std::string out;
  std::string line;
  bool sentence_ended = false;
  while (true) {
    const auto start = text.find_first_not_of(kBlanks);
    if (start == text.npos) {
      return out + line + '\n';
    }
    text.remove_prefix(start);
    const auto word = text.substr(0, text.find_first_of(kBlanks));
    text.remove_prefix(word.size());
    auto escaped = roff_escaped(word);
    if (!line.empty() && (sentence_ended || line.size() + 1 + escaped.size() > kWidth)) {
      out += line + '\n';
      line.clear();
    }
    line += line.empty() ? at_line_start(std::move(escaped)) : fmt::format(" {}", escaped);
    sentence_ended = ends_sentence(word);
  }
}

}  // namespace vio::cli
