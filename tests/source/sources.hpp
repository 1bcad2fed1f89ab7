#pragma once

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "vio/source/open.hpp"

namespace vio::test {

using Record = std::pair<std::string, std::string>;  // name, symbols

inline std::string random_symbols(std::mt19937& random, std::size_t size) {
  std::string text(size, '\0');
  for (auto& c : text) c = "ACGTNacgtnRYKM*-."[random() % 17];
  return text;
}

inline std::vector<Record> random_records(std::mt19937& random, std::size_t count,
                                          std::size_t max_length) {
  std::vector<Record> records;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t length = random() % 5 == 0 ? 0 : random() % (max_length + 1);
    std::string name("r");
    name += std::to_string(i);
    records.emplace_back(std::move(name), random_symbols(random, length));
  }
  return records;
}

/// How a FASTA text is written: line width (0: one line), line break, what may be sprinkled in.
struct FastaStyle {
  std::size_t width = 60;
  std::string line_break = "\n";
  bool blanks = false;  ///< blank lines, blanks within lines
  bool final_break = true;
};

inline std::string write_fasta(const std::vector<Record>& records, const FastaStyle& style,
                               std::mt19937& random) {
  std::string text;
  for (const auto& [name, symbols] : records) {
    text += ">" + name + (random() % 2 == 0 ? "" : " a description") + style.line_break;
    const std::size_t width =
        style.width == 0 ? std::max<std::size_t>(symbols.size(), 1) : style.width;
    for (std::size_t i = 0; i < symbols.size(); i += width) {
      std::string line = symbols.substr(i, width);
      if (style.blanks && random() % 4 == 0) line.insert(random() % (line.size() + 1), " \t");
      text += line + style.line_break;
      if (style.blanks && random() % 4 == 0) text += style.line_break;
    }
  }
  if (!style.final_break && !text.empty()) {
    text.resize(text.size() - style.line_break.size());
  }
  return text;
}

/// What came of one unit, and that its chunks kept their promises.
struct UnitText {
  std::shared_ptr<const source::Unit> unit;
  std::int64_t text_begin = 0;
  std::string text;
};

inline std::vector<UnitText> drain(source::SequenceSource& source, std::size_t chunk_symbols) {
  std::vector<UnitText> units;
  bool open = false;
  while (auto chunk = source.next()) {
    REQUIRE(chunk->text.size() <= chunk_symbols);
    if (!open) {
      units.push_back({chunk->unit, chunk->text_begin, {}});
      if (units.size() > 1) {
        REQUIRE(chunk->unit->ordinal > units[units.size() - 2].unit->ordinal);
      }
      const auto& unit = *chunk->unit;
      REQUIRE(chunk->text_begin >= unit.begin);
      REQUIRE(chunk->text_begin <= std::max(unit.begin, unit.starts_begin));
    }
    auto& last = units.back();
    REQUIRE(chunk->unit == last.unit);
    REQUIRE(chunk->text_begin == last.text_begin + static_cast<std::int64_t>(last.text.size()));
    last.text += chunk->text;
    open = !chunk->last;
  }
  REQUIRE(!open);
  REQUIRE(!source.next());
  return units;
}

inline std::vector<UnitText> drain(const source::SourceOptions& options) {
  const auto source = source::open_sequences(options);
  return drain(*source, options.chunk_symbols);
}

inline std::vector<Record> records_of(const std::vector<UnitText>& units) {
  std::vector<Record> records;
  records.reserve(units.size());
  for (const auto& unit : units) records.emplace_back(unit.unit->name, unit.text);
  return records;
}

}  // namespace vio::test
