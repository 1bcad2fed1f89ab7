#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>
#include <stdexcept>

#include "vio/core/error.hpp"
#include "vio/stats/run_stats.hpp"

namespace vio::stats {

namespace {

using Json = nlohmann::json;

/// What is wrong with the text, for the sentence that names the file.
struct Mismatch : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void require(bool truth, const std::string& what) {
  if (!truth) throw Mismatch(what);
}

core::Status status_of(const std::string& name) {
  for (std::size_t i = 0; i < core::kStatusCount; ++i) {
    const auto status = static_cast<core::Status>(i);
    if (core::status_name(status) == name) return status;
  }
  throw Mismatch(fmt::format("'{}' is no status", name));
}

/// Numbers that JSON may hold and a count may not: negative ones, fractions.
std::uint64_t count_of(const Json& json) {
  require(json.is_number_unsigned(), "a count is not a whole number");
  return json.get<std::uint64_t>();
}

annotate::Tally read_tally(const Json& json, const std::string& kind) {
  annotate::Tally tally;
  tally.read = count_of(json.at("read"));
  tally.scored = count_of(json.at("scored"));
  for (const auto& [name, count] : json.at("skipped").items()) {
    const auto status = status_of(name);
    require(status != core::Status::ok, "OK is no reason to skip");
    tally.skipped[static_cast<std::size_t>(status)] = count_of(count);
  }
  require(tally.read == tally.scored + tally.skipped_total(),
          fmt::format("its {} do not add up", kind));
  return tally;
}

std::optional<annotate::CountedRecord> read_record(const Json& shard, const char* key) {
  if (!shard.contains(key)) return std::nullopt;
  const auto& json = shard.at(key);
  return annotate::CountedRecord{count_of(json.at("ordinal")),
                                 status_of(json.at("status").get<std::string>())};
}

ShardFacts read_shard(const Json& json) {
  ShardFacts shard;
  shard.index = json.at("index").get<int>();
  shard.count = json.at("count").get<int>();
  require(shard.index >= 1 && shard.index <= shard.count, "its shard is none of its shards");
  shard.first_record = read_record(json, "first_record");
  shard.last_record = read_record(json, "last_record");
  return shard;
}

std::vector<std::uint64_t> read_counts(const Json& json) {
  std::vector<std::uint64_t> counts;
  for (const auto& count : json) counts.push_back(count_of(count));
  return counts;
}

/// Counts by class; `names` are filled by the first such list, which the others must repeat.
std::vector<std::uint64_t> read_classes(const Json& json, std::vector<std::string>& names) {
  std::vector<std::string> own;
  std::vector<std::uint64_t> counts;
  for (const auto& entry : json) {
    own.push_back(entry.at("name").get<std::string>());
    counts.push_back(count_of(entry.at("count")));
  }
  if (names.empty()) names = own;
  require(own == names && !own.empty(), "its lists of classes differ");
  return counts;
}

annotate::Distribution read_distribution(const Json& json, annotate::Distribution expected) {
  const auto counts = read_counts(json.at("counts"));
  require(json.at("begin") == expected.begin && json.at("width") == expected.width &&
              counts.size() == expected.counts.size(),
          "a distribution has other bins");
  expected.counts = counts;
  expected.n = count_of(json.at("n"));
  expected.sum = json.at("sum").get<std::int64_t>();
  expected.minimum = json.at("minimum").get<annotate::Millionths>();
  expected.maximum = json.at("maximum").get<annotate::Millionths>();
  require(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}) == expected.n,
          "the bins of a distribution do not add up");
  return expected;
}

annotate::ContigTrack read_track(const Json& json) {
  using annotate::ContigTrack;
  ContigTrack track;
  track.contig = json.at("name").get<std::string>();
  track.length = json.at("length").get<std::int64_t>();
  track.bin_width = json.at("bin_width").get<std::int64_t>();
  const auto counts = read_counts(json.at("counts"));
  const auto sums = json.at("sums").get<std::vector<std::int64_t>>();
  const auto maxima = json.at("maxima").get<std::vector<annotate::Millionths>>();
  const bool power_of_two = track.bin_width > 0 && (track.bin_width & (track.bin_width - 1)) == 0;
  require(power_of_two && counts.size() <= ContigTrack::kMostBins && sums.size() == counts.size() &&
              maxima.size() == counts.size(),
          fmt::format("the track of contig {} has other bins", track.contig));
  for (std::size_t i = 0; i < counts.size(); ++i) {
    track.bins.push_back({counts[i], sums[i], maxima[i]});
  }
  return track;
}

annotate::ContigTracks read_tracks(const Json& summary) {
  std::vector<annotate::ContigTrack> tracks;
  for (const auto& json : summary.at("contigs")) tracks.push_back(read_track(json));
  require(tracks.size() <= annotate::ContigTracks::kMostContigs, "it has too many contigs");
  const auto& others = summary.at("other_contigs");
  return {std::move(tracks),
          {count_of(others.at("count")), others.at("sum").get<std::int64_t>(),
           others.at("maximum").get<annotate::Millionths>()}};
}

void read_summary(const Json& json, RunStats& stats) {
  stats.rows = json.at("rows").get<std::string>();
  auto& summary = stats.summary;
  summary.labels = read_classes(json.at("classes"), stats.classes);
  summary.ref_labels.assign(summary.labels.size(), 0);
  summary.scores = read_distribution(json.at("scores"), annotate::score_distribution());
  if (stats.variants) {
    summary.ref_labels = read_classes(json.at("ref_classes"), stats.classes);
    summary.label_changes = count_of(json.at("label_changes"));
    summary.deltas = read_distribution(json.at("deltas"), annotate::delta_distribution());
  }
  summary.tracks = read_tracks(json);
}

Seconds read_seconds(const Json& json) {
  Seconds seconds;
  seconds.total = json.at("total").get<double>();
  seconds.longest = json.value("longest", seconds.total);
  seconds.reading = json.at("reading").get<double>();
  seconds.scoring = json.at("scoring").get<double>();
  seconds.writing = json.at("writing").get<double>();
  return seconds;
}

void read_what_ran(const Json& json, RunStats& stats) {
  stats.version = json.at("version").get<std::string>();
  stats.command = json.at("command").get<std::string>();
  stats.sample = json.at("sample").get<std::string>();
  stats.model_name = json.at("model").at("name").get<std::string>();
  stats.model_sha256 = json.at("model").at("sha256").get<std::string>();
  stats.engine = json.at("engine").get<std::string>();
  stats.device = json.at("device").get<std::string>();
  stats.threads = json.at("threads").get<int>();
  stats.options = json.at("options").get<std::map<std::string, std::string>>();
  if (json.contains("shard")) stats.shard = read_shard(json.at("shard"));
  stats.parts = json.value("parts", 1);
}

void read_what_it_saw(const Json& json, RunStats& stats) {
  const auto& input = json.at("input");
  stats.input_path = input.at("path").get<std::string>();
  stats.input_format = input.at("format").get<std::string>();
  if (input.contains("filtered")) stats.records_filtered = count_of(input.at("filtered"));
  stats.variants = json.contains("alleles");
  stats.accounting.records = read_tally(json.at("records"), "records");
  stats.accounting.windows = read_tally(json.at("windows"), "windows");
  if (stats.variants) stats.accounting.alleles = read_tally(json.at("alleles"), "alleles");
  stats.positions_requested = count_of(json.at("positions").at("requested"));
  stats.positions_computed = count_of(json.at("positions").at("computed"));
  stats.seconds = read_seconds(json.at("seconds"));
  stats.peak_memory_bytes = json.at("peak_memory_bytes").get<std::int64_t>();
}

}  // namespace

RunStats from_json(const std::string& text, const std::string& path) {
  try {
    const auto json = Json::parse(text);
    RunStats stats;
    read_what_ran(json, stats);
    read_what_it_saw(json, stats);
    read_summary(json.at("summary"), stats);
    return stats;
  } catch (const Json::exception& error) {
    throw core::InputError(fmt::format(
        "{} is not a whole stats file of this program ({}); give files that --stats wrote", path,
        error.what()));
  } catch (const Mismatch& mismatch) {
    throw core::InputError(
        fmt::format("{} is not a stats file of this program: {}; give files that --stats wrote",
                    path, mismatch.what()));
  }
}

}  // namespace vio::stats
