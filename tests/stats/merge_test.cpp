#include "catch.hpp"
#include "run_stats_cases.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using annotate::CountedRecord;
using core::Status;
using stats::RunStats;
using stats::StatsFile;

namespace {

std::vector<StatsFile> files(std::vector<RunStats> parts) {
  std::vector<StatsFile> list;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    list.push_back({"part" + std::to_string(i + 1) + ".json", std::move(parts[i])});
  }
  return list;
}

std::string refusal(std::vector<RunStats> parts) {
  try {
    static_cast<void>(stats::merge(files(std::move(parts))));
  } catch (const core::UsageError& error) {
    return error.what();
  }
  return "they were merged";
}

bool says(const std::string& sentence, const std::string& words) {
  INFO(sentence);
  return sentence.find(words) != std::string::npos;
}

/// A shard that holds these records whole or in part, each with its status there.
RunStats shard_of(int index, int count, const std::vector<CountedRecord>& records) {
  auto part = test::shard_stats(index, count, 2);
  part.accounting.records = {};
  for (const auto& record : records) {
    ++part.accounting.records.read;
    part.accounting.records.add(record.status);
  }
  if (!records.empty()) {
    part.shard->first_record = records.front();
    part.shard->last_record = records.back();
  }
  return part;
}

}  // namespace

TEST_CASE("counts are summed, memory and threads are the largest") {
  auto second = test::shard_stats(2, 2, 5);
  second.peak_memory_bytes = 7'000'000;
  second.seconds = {3, 3, 0.5, 2, 0.25};
  second.device = "cuda:0";
  const auto whole = stats::merge(files({test::shard_stats(1, 2, 4), second}));
  CHECK(whole.accounting.windows.scored == 9);
  CHECK(whole.positions_requested == 2700);
  CHECK((whole.seconds.total == 5 && whole.seconds.longest == 3 && whole.seconds.scoring == 3.5));
  CHECK(whole.peak_memory_bytes == 7'000'000);
  CHECK(whole.parts == 2);
  CHECK(whole.device == "cpu, cuda:0");
  CHECK_FALSE(whole.shard);
  CHECK(whole.summary.scores.n == 9);
}

TEST_CASE("a record that spans shards counts once") {
  const CountedRecord first{0, Status::ok};
  const CountedRecord scored{1, Status::ok};
  const CountedRecord short_here{1, Status::too_short};
  const CountedRecord empty{2, Status::empty};
  SECTION("scored where any part of it is") {
    const auto whole =
        stats::merge(files({shard_of(1, 3, {first, short_here}), shard_of(2, 3, {scored}),
                            shard_of(3, 3, {short_here, empty})}));
    CHECK(whole.accounting.records.read == 3);
    CHECK(whole.accounting.records.scored == 2);
    CHECK(whole.accounting.records.skipped[static_cast<std::size_t>(Status::empty)] == 1);
    CHECK(whole.accounting.records.skipped_total() == 1);
  }
  SECTION("else under the reason of its first part") {
    auto late = short_here;
    late.status = Status::empty;
    const auto whole = stats::merge(files({shard_of(1, 2, {short_here}), shard_of(2, 2, {late})}));
    CHECK(whole.accounting.records.read == 1);
    CHECK(whole.accounting.records.skipped[static_cast<std::size_t>(Status::too_short)] == 1);
  }
  SECTION("not joined across a shard that holds another one, nor lost in an empty shard") {
    const auto whole =
        stats::merge(files({shard_of(1, 4, {first}), shard_of(2, 4, {}), shard_of(3, 4, {scored}),
                            shard_of(4, 4, {scored, empty})}));
    CHECK(whole.accounting.records.read == 3);
    CHECK(whole.accounting.records.scored == 2);
  }
}

TEST_CASE("shards may come in any order") {
  const auto one = test::shard_stats(1, 3, 4);
  const auto two = test::shard_stats(2, 3, 5);
  const auto three = test::shard_stats(3, 3, 6);
  auto forward = stats::merge(files({one, two, three}));
  auto backward = stats::merge(files({three, one, two}));
  CHECK(stats::to_json(forward) == stats::to_json(backward));
}

TEST_CASE("shards of one whole are each there once") {
  const auto one = test::shard_stats(1, 3, 4);
  const auto two = test::shard_stats(2, 3, 4);
  const auto three = test::shard_stats(3, 3, 4);
  CHECK(says(refusal({one, two, two, three}), "part2.json and part3.json are both shard 2/3"));
  CHECK(says(refusal({one, three}), "shard 2/3 of genes.fa is missing"));
  CHECK(says(refusal({two, three}), "shard 1/3"));
  CHECK(says(refusal({one, two}), "shard 3/3"));
  CHECK(says(refusal({one, test::shard_stats(2, 2, 4)}), "numbers of shards differ"));
  CHECK(
      says(refusal({one, test::sequence_stats(4)}), "part1.json is a shard and part2.json is not"));
  CHECK(says(refusal({}), "nothing to merge"));
}

TEST_CASE("parts of different runs are refused") {
  const auto one = test::shard_stats(1, 2, 4);
  const auto differs = [&](auto change) {
    auto two = test::shard_stats(2, 2, 4);
    change(two);
    return refusal({one, two});
  };
  CHECK(differs([](RunStats&) {}) == "they were merged");
  CHECK(says(differs([](RunStats& s) { s.version = "9"; }), "versions of vio-annotate differ"));
  CHECK(says(differs([](RunStats& s) { s.model_sha256 = "def"; }), "models differ"));
  CHECK(says(differs([](RunStats& s) { s.engine = "torch"; }), "engines differ"));
  CHECK(says(differs([](RunStats& s) { s.input_path = "other.fa"; }), "inputs differ"));
  CHECK(says(differs([](RunStats& s) { s.input_format = "fastq"; }), "kinds of input differ"));
  CHECK(says(differs([](RunStats& s) { s.rows = "sequences"; }), "kinds of row differ"));
  CHECK(says(differs([](RunStats& s) { s.options["window"] = "9"; }), "options differ"));
  CHECK(says(differs([](RunStats& s) { s.options["regions"] = "c:1-9"; }), "options differ"));
  CHECK(differs([](RunStats& s) { s.input_path = "/another/folder/genes.fa"; }) ==
        "they were merged");
}

TEST_CASE("parts by region, or of several files") {
  auto one = test::sequence_stats(4);
  one.options["regions"] = "chr1";
  auto two = test::sequence_stats(5);
  two.options["regions"] = "chr2";
  auto whole = stats::merge(files({one, two}));
  CHECK(whole.accounting.records.read == 2);
  CHECK(whole.options == std::map<std::string, std::string>{{"window", "300"}});
  CHECK(whole.input_path == "folder/genes.fa");
  CHECK(says(refusal({one, two, one}), "the same part of folder/genes.fa"));
  CHECK(says(refusal({test::sequence_stats(4), test::sequence_stats(4)}), "count twice"));
  two.input_path = "other.fa";
  whole = stats::merge(files({one, two}));
  CHECK(whole.input_path.empty());
  // Merged parts may be merged again.
  auto third = test::sequence_stats(1);
  third.input_path = "third.fa";
  CHECK(stats::merge(files({whole, third})).parts == 3);
}
