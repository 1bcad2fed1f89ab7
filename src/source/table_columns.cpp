#include "vio/source/table_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>

#include "vio/core/error.hpp"

namespace vio::source {

namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::size_t kListed = 50;  // columns that a message shows

bool equals_in_any_case(std::string_view text, std::string_view lower) {
  return std::ranges::equal(text, lower, [](unsigned char left, unsigned char right) {
    return std::tolower(left) == right;
  });
}

template <typename Matches>
std::optional<std::size_t> find_if(const CsvFields& header, Matches matches) {
  const auto found = std::ranges::find_if(
      header, [&](const std::string& column) { return matches(stripped(column)); });
  if (found == header.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header.begin());
}

std::optional<std::size_t> find_common(const CsvFields& header, const ColumnQuestion& question) {
  for (const auto name : question.common) {
    const auto found =
        find_if(header, [&](auto column) { return equals_in_any_case(column, name); });
    if (found) return found;
  }
  return std::nullopt;
}

std::string list_of(const CsvFields& header) {
  std::string list;
  for (const auto& column : std::span(header).first(std::min(header.size(), kListed))) {
    if (&column != header.data()) list += ", ";
    list += column;
  }
  if (header.size() > kListed) list += fmt::format(" and {} more", header.size() - kListed);
  return list;
}

}  // namespace

std::string_view stripped(std::string_view text) noexcept {
  const auto begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::string_view unwrapped_sequence(std::string_view cell) noexcept {
  const auto sequence = stripped(cell);
  const bool wrapped = sequence.size() >= 2 && sequence.front() == '<' && sequence.back() == '>';
  return wrapped ? stripped(sequence.substr(1, sequence.size() - 2)) : sequence;
}

std::size_t find_column(const CsvFields& header, const ColumnQuestion& question,
                        std::string_view file, std::vector<std::string>& notes) {
  if (!question.asked.empty()) {
    const auto found = find_if(header, [&](auto column) { return column == question.asked; });
    if (found) return *found;
  } else if (const auto guessed = find_common(header, question)) {
    notes.push_back(
        fmt::format("taking column '{}' for --{}", stripped(header[*guessed]), question.option));
    return *guessed;
  }
  throw core::UsageError(
      fmt::format("{}: no column {}; name one of the table's columns with --{}: {}", file,
                  question.asked.empty() ? std::string("has a name that is common for it")
                                         : fmt::format("is called '{}'", question.asked),
                  question.option, list_of(header)));
}

}  // namespace vio::source
