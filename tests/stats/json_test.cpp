#include <stdexcept>

#include "catch.hpp"
#include "run_stats_cases.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using stats::from_json;
using stats::to_json;

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("not in the text: " + from);
  return text.replace(at, from.size(), to);
}

/// The sentence that reading the text ends with.
std::string refusal(const std::string& text) {
  try {
    static_cast<void>(from_json(text, "some.json"));
  } catch (const core::InputError& error) {
    return error.what();
  }
  return "it was read";
}

}  // namespace

TEST_CASE("stats that are read back are those that were written") {
  auto shard = test::shard_stats(2, 3, 7);
  shard.shard->first_record = {4, core::Status::ok};
  shard.shard->last_record = {9, core::Status::too_short};
  auto reads = test::sequence_stats(3);
  reads.records_filtered = 12;
  auto merged = test::sequence_stats(3);
  merged.parts = 4;
  merged.seconds.longest = 1.25;
  for (const auto& stats : {test::sequence_stats(0), test::sequence_stats(200), shard, reads,
                            merged, test::variant_stats()}) {
    const auto text = to_json(stats);
    const auto read = from_json(text, "x");
    CHECK(to_json(read) == text);
    CHECK(read.summary == stats.summary);
    CHECK(read.classes == stats.classes);
    CHECK(read.records_filtered == stats.records_filtered);
    CHECK(read.seconds.longest == stats.seconds.longest);
  }
}

TEST_CASE("stats of sequences say nothing about alleles, one run nothing about parts") {
  const auto text = to_json(test::sequence_stats(2));
  for (const auto* key : {"alleles", "deltas", "parts", "longest", "shard", "filtered"}) {
    CHECK(text.find('"' + std::string(key) + '"') == std::string::npos);
  }
}

TEST_CASE("the summary stands on one line") {
  const auto text = to_json(test::sequence_stats(200));
  const auto begin = text.find("  \"summary\": {");
  REQUIRE(begin != std::string::npos);
  CHECK(text.find('\n', begin) == text.size() - 3);
}

TEST_CASE("what is no stats file is refused with its name") {
  const auto good = to_json(test::variant_stats());
  REQUIRE(refusal(good) == "it was read");
  for (const auto& bad :
       {std::string(), std::string("[]"), std::string("{\"version\": \"1\"}"),
        good.substr(0, good.size() / 2), replaced(good, "\"read\": 4", "\"read\": 5"),
        replaced(good, "\"read\": 4", "\"read\": -4"),
        replaced(good, "\"read\": 4", "\"read\": 4.5"), replaced(good, "SYMBOLIC", "MAGIC"),
        replaced(good, "\"NO_ALT\"", "\"OK\""),
        replaced(good, "\"width\":20000", "\"width\":10000"), replaced(good, "\"n\":6", "\"n\":7"),
        replaced(good, "\"bin_width\":16", "\"bin_width\":15"),
        replaced(good, "\"threads\": 2", "\"threads\": \"two\""),
        replaced(good, "\"name\":\"a\"", "\"name\":\"z\"")}) {
    const auto sentence = refusal(bad);
    CHECK(sentence.find("some.json is not a ") == 0);
    CHECK(sentence.find("--stats") != std::string::npos);
  }
}
