#pragma once

#include <string>
#include <vector>

#include "vio/stats/run_stats.hpp"

namespace vio::test {

/// What a run over sequences could have left: `windows` scored ones on one contig.
inline stats::RunStats sequence_stats(std::uint64_t windows) {
  stats::RunStats stats;
  stats.version = "1.2.3";
  stats.command = "vio-annotate \"genes <1>.fa\" --stats s.json";
  stats.sample = "genes";
  stats.model_name = "model";
  stats.model_sha256 = "abc";
  stats.engine = "reference";
  stats.device = "cpu";
  stats.threads = 2;
  stats.options = {{"window", "300"}};
  stats.input_path = "folder/genes.fa";
  stats.input_format = "fasta";
  stats.rows = "windows";
  stats.classes = {"a", "b <c>"};
  stats.summary = annotate::ScoreSummary(2);
  stats.accounting.records = {1, 1, {}};
  stats.accounting.windows = {windows, windows, {}};
  for (std::uint64_t i = 0; i < windows; ++i) {
    const auto score = static_cast<annotate::Millionths>(500'000 + i);
    stats.summary.add_row(std::vector<annotate::Millionths>{score, 1'000'000 - score});
    stats.summary.tracks.add("chr<1>", static_cast<std::int64_t>(i) * 300,
                             static_cast<std::int64_t>(i) * 300 + 300, score);
  }
  stats.positions_requested = windows * 300;
  stats.positions_computed = windows * 300;
  stats.seconds = {2, 2, 0.25, 1.5, 0.125};
  stats.peak_memory_bytes = 1'000'000;
  return stats;
}

/// Stats of a run over variants.
inline stats::RunStats variant_stats() {
  auto stats = sequence_stats(6);
  stats.variants = true;
  stats.rows = "alleles";
  stats.input_format = "vcf";
  stats.accounting.records = {4, 3, {}};
  stats.accounting.records.skipped[static_cast<std::size_t>(core::Status::no_alt)] = 1;
  stats.accounting.alleles = {8, 6, {}};
  stats.accounting.alleles.skipped[static_cast<std::size_t>(core::Status::no_alt)] = 1;
  stats.accounting.alleles.skipped[static_cast<std::size_t>(core::Status::symbolic)] = 1;
  stats.accounting.windows = {9, 9, {}};
  stats.summary.ref_labels = {2, 1};
  stats.summary.label_changes = 2;
  for (const annotate::Millionths delta : {-900'000, -10, 0, 10, 20'000, 400'000}) {
    stats.summary.deltas.add(delta);
  }
  return stats;
}

inline stats::RunStats shard_stats(int index, int count, std::uint64_t windows) {
  auto stats = sequence_stats(windows);
  stats.shard = stats::ShardFacts{index, count, {}, {}};
  return stats;
}

}  // namespace vio::test
