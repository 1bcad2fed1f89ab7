#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "vio/stats/run_stats.hpp"

namespace vio::stats {

namespace {

using Json = nlohmann::ordered_json;

Json tally_json(const annotate::Tally& tally) {
  Json skipped = Json::object();
  for (std::size_t i = 0; i < tally.skipped.size(); ++i) {
    if (tally.skipped[i] > 0) {
      skipped[std::string(core::status_name(static_cast<core::Status>(i)))] = tally.skipped[i];
    }
  }
  return {{"read", tally.read}, {"scored", tally.scored}, {"skipped", std::move(skipped)}};
}

Json record_json(const annotate::CountedRecord& record) {
  return {{"ordinal", record.ordinal}, {"status", std::string(core::status_name(record.status))}};
}

Json shard_json(const ShardFacts& shard) {
  Json json = {{"index", shard.index}, {"count", shard.count}};
  if (shard.first_record) json["first_record"] = record_json(*shard.first_record);
  if (shard.last_record) json["last_record"] = record_json(*shard.last_record);
  return json;
}

Json class_counts(const std::vector<std::string>& classes,
                  const std::vector<std::uint64_t>& counts) {
  Json list = Json::array();
  for (std::size_t i = 0; i < classes.size(); ++i) {
    list.push_back({{"name", classes[i]}, {"count", counts[i]}});
  }
  return list;
}

Json distribution_json(const annotate::Distribution& distribution) {
  return {{"begin", distribution.begin},    {"width", distribution.width},
          {"counts", distribution.counts},  {"n", distribution.n},
          {"sum", distribution.sum},        {"minimum", distribution.minimum},
          {"maximum", distribution.maximum}};
}

Json track_json(const annotate::ContigTrack& track) {
  Json counts = Json::array();
  Json sums = Json::array();
  Json maxima = Json::array();
  for (const auto& bin : track.bins) {
    counts.push_back(bin.count);
    sums.push_back(bin.sum);
    maxima.push_back(bin.maximum);
  }
  return {{"name", track.contig}, {"length", track.length}, {"bin_width", track.bin_width},
          {"counts", counts},     {"sums", sums},           {"maxima", maxima}};
}

Json summary_json(const RunStats& stats) {
  const auto& summary = stats.summary;
  Json json = {{"rows", stats.rows}, {"classes", class_counts(stats.classes, summary.labels)}};
  if (stats.variants) {
    json["ref_classes"] = class_counts(stats.classes, summary.ref_labels);
    json["label_changes"] = summary.label_changes;
  }
  json["scores"] = distribution_json(summary.scores);
  if (stats.variants) json["deltas"] = distribution_json(summary.deltas);
  json["contigs"] = Json::array();
  for (const auto& track : summary.tracks.tracks()) json["contigs"].push_back(track_json(track));
  const auto& others = summary.tracks.others();
  json["other_contigs"] = {
      {"count", others.count}, {"sum", others.sum}, {"maximum", others.maximum}};
  return json;
}

Json seconds_json(const RunStats& stats) {
  const auto& seconds = stats.seconds;
  Json json = {{"total", seconds.total},
               {"reading", seconds.reading},
               {"scoring", seconds.scoring},
               {"writing", seconds.writing}};
  if (stats.parts > 1) json["longest"] = seconds.longest;
  return json;
}

Json facts_json(const RunStats& stats) {
  Json json = {{"version", stats.version},
               {"command", stats.command},
               {"sample", stats.sample},
               {"model", {{"name", stats.model_name}, {"sha256", stats.model_sha256}}},
               {"engine", stats.engine},
               {"device", stats.device},
               {"threads", stats.threads},
               {"options", stats.options},
               {"parts", stats.parts},
               {"input",
                {{"path", stats.input_path},
                 {"format", stats.input_format},
                 {"records", stats.accounting.records.read}}},
               {"records", tally_json(stats.accounting.records)},
               {"alleles", tally_json(stats.accounting.alleles)},
               {"windows", tally_json(stats.accounting.windows)},
               {"positions",
                {{"requested", stats.positions_requested}, {"computed", stats.positions_computed}}},
               {"seconds", seconds_json(stats)},
               {"peak_memory_bytes", stats.peak_memory_bytes}};
  if (stats.parts == 1) json.erase("parts");
  if (!stats.variants) json.erase("alleles");
  if (stats.records_filtered) json["input"]["filtered"] = *stats.records_filtered;
  if (stats.shard) json["shard"] = shard_json(*stats.shard);
  return json;
}

std::string text_of(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

double RunStats::windows_per_second() const noexcept {
  constexpr double kNoTime = 1e-9;
  return static_cast<double>(accounting.windows.scored) / std::max(seconds.total, kNoTime);
}

std::string to_json(const RunStats& stats) {
  auto text = text_of(facts_json(stats), 2);
  text.resize(text.rfind('\n'));
  // On one line: thousands of counts would hide what people look for.
  return fmt::format("{},\n  \"summary\": {}\n}}\n", text, text_of(summary_json(stats), -1));
}

}  // namespace vio::stats
