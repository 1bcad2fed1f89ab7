#include "vio/window/batch_reader.hpp"

#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "catch.hpp"
#include "support/memory_source.hpp"

using namespace vio;
using core::Status;
using test::MemorySource;

namespace {

struct Row {
  std::string name;
  std::int64_t start;
  std::int64_t end;
  Status status;
  bool whole;
  std::string text;

  bool operator==(const Row&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.name << ':' << row.start << '-' << row.end << ' '
             << core::status_name(row.status) << (row.whole ? " whole " : " cut ") << row.text;
}

/// The rule as the documentation states it, on the whole text at once.
std::vector<Row> expected_rows(const std::vector<MemorySource::Record>& records,
                               const window::TilingOptions& options) {
  std::vector<Row> rows;
  for (const auto& [name, text] : records) {
    const auto length = static_cast<std::int64_t>(text.size());
    if (length == 0) {
      rows.push_back({name, 0, 0, Status::empty, false, ""});
    }
    for (std::int64_t start = 0; start < length; start += options.stride) {
      const auto end = std::min(length, start + options.window);
      const auto status = end - start < options.min_length ? Status::too_short : Status::ok;
      rows.push_back(
          {name, start, end, status, start == 0 && end == length,
           text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(end - start))});
      if (end == length) {
        break;
      }
    }
  }
  return rows;
}

std::vector<Row> read_rows(source::SequenceSource& source, const window::TilingOptions& options) {
  std::vector<Row> rows;
  window::BatchReader reader(source, options);
  while (const auto batch = reader.next()) {
    CHECK(batch->windows.size() <= options.max_windows);
    for (const auto& window : batch->windows) {
      rows.push_back(
          {batch->units[window.unit]->name, window.start, window.end, window.status, window.whole,
           batch->text.substr(window.text_begin, static_cast<std::size_t>(window.length()))});
    }
  }
  return rows;
}

}  // namespace

TEST_CASE("windows follow the rule for any lengths, strides, batches and chunks") {
  for (unsigned seed = 0; seed < 400; ++seed) {
    std::mt19937 random(seed);
    const auto draw = [&](int least, int most) {
      return std::uniform_int_distribution<int>(least, most)(random);
    };
    window::TilingOptions options;
    options.window = draw(1, 40);
    options.stride = draw(1, 50);
    options.min_length = draw(1, 8);
    options.max_windows = static_cast<std::size_t>(draw(1, 9));
    options.max_symbols = static_cast<std::size_t>(draw(1, 200));
    std::vector<MemorySource::Record> records;
    for (int i = draw(0, 5); i > 0; --i) {
      records.push_back({std::to_string(i),
                         test::random_text(random, static_cast<std::size_t>(draw(0, 1)) *
                                                       static_cast<std::size_t>(draw(0, 150)))});
    }
    INFO("seed " << seed << " window " << options.window << " stride " << options.stride);
    MemorySource source(records, seed);
    CHECK(read_rows(source, options) == expected_rows(records, options));
  }
}

TEST_CASE("overlapping windows store their text once") {
  MemorySource source({{"r", std::string(1000, 'A')}}, 1, 1000);
  window::BatchReader reader(source, {.window = 100, .stride = 1, .max_windows = 5000});
  std::size_t symbols = 0;
  std::size_t windows = 0;
  while (const auto batch = reader.next()) {
    symbols += batch->text.size();
    windows += batch->windows.size();
  }
  CHECK(windows == 901);
  CHECK(symbols == 1000);
}

TEST_CASE("every unit ends once, in order, after its last window") {
  MemorySource source({{"a", "ACGTACGT"}, {"b", ""}, {"c", "AC"}}, 3, 4);
  window::BatchReader reader(source, {.window = 3, .stride = 3, .max_windows = 2});
  std::vector<std::tuple<std::string, std::int64_t>> ends;
  while (const auto batch = reader.next()) {
    for (const auto& end : batch->unit_ends) {
      CHECK(end.after_windows <= batch->windows.size());
      ends.emplace_back(batch->units[end.unit]->name, end.length);
    }
  }
  CHECK(ends == std::vector<std::tuple<std::string, std::int64_t>>{{"a", 8}, {"b", 0}, {"c", 2}});
}

namespace {

/// One unit with the given properties and text.
class UnitSource final : public source::SequenceSource {
 public:
  UnitSource(source::Unit unit, std::int64_t text_begin, std::string text)
      : chunk_(source::Chunk{std::make_shared<source::Unit>(std::move(unit)), text_begin,
                             std::move(text), true}) {}

  std::optional<source::Chunk> next() override { return std::exchange(chunk_, std::nullopt); }
  source::ReadProgress progress() const override { return {}; }
  std::string_view format() const noexcept override { return "unit"; }

 private:
  std::optional<source::Chunk> chunk_;
};

}  // namespace

TEST_CASE("a shard takes the windows that start in its range, on the grid of the whole") {
  source::Unit unit;
  unit.name = unit.label = "chr1";
  unit.starts_begin = 25;
  unit.starts_end = 50;
  // The whole is 200 long; the shard is given what its windows need.
  UnitSource source(unit, 25, std::string(50 + 19 - 25, 'A'));
  const auto rows = read_rows(source, {.window = 20, .stride = 10, .max_windows = 64});
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].start == 30);
  CHECK(rows[1].start == 40);
  CHECK(rows[1].end == 60);
}

TEST_CASE("an interval past its contig's end gives one row that says so") {
  source::Unit unit;
  unit.name = "chr1";
  unit.begin = 500;
  unit.interval = true;
  unit.out_of_range = true;
  UnitSource source(unit, 500, "");
  const auto rows = read_rows(source, {.window = 20, .stride = 10, .max_windows = 64});
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].status == Status::out_of_range);
  CHECK(rows[0].start == 500);
}

TEST_CASE("an interval is never a whole sequence, and its grid begins where it begins") {
  source::Unit unit;
  unit.name = "chr1";
  unit.begin = 7;
  unit.interval = true;
  UnitSource source(unit, 7, "ACGTA");
  const auto rows = read_rows(source, {.window = 20, .stride = 20, .max_windows = 64});
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].start == 7);
  CHECK(rows[0].end == 12);
  CHECK_FALSE(rows[0].whole);
}
