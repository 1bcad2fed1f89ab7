#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "vio/annotate/accounting.hpp"
#include "vio/annotate/score_summary.hpp"

namespace vio::stats {

/// Which part of its input a run saw (--shard).
struct ShardFacts {
  int index = 1;  ///< 1-based
  int count = 1;
  /// Of sequences only, whose records may span shards.
  std::optional<annotate::CountedRecord> first_record{};
  std::optional<annotate::CountedRecord> last_record{};
};

/// Times in seconds. `reading` and `writing` are wall time of those stages, `scoring` is summed
/// over threads.
struct Seconds {
  double total = 0;    ///< wall time; of several runs, their sum
  double longest = 0;  ///< of several runs, the longest one's total; of one run, its total
  double reading = 0;
  double scoring = 0;
  double writing = 0;
};

/// All that the stats JSON (docs/cli.md) says about a run, or about several that were merged.
struct RunStats {
  // What ran, and how.
  std::string version;
  std::string command;
  std::string sample;  ///< what reports call the input
  std::string model_name;
  std::string model_sha256;
  std::string engine;
  std::string device;
  int threads = 1;
  /// Options that decide the numbers, by their long names, as they were given.
  std::map<std::string, std::string> options;
  std::optional<ShardFacts> shard;
  int parts = 1;  ///< runs that were merged
  // What it saw.
  std::string input_path;  ///< `-` for standard input
  std::string input_format;
  std::optional<std::uint64_t> records_filtered;  ///< of alignments
  bool variants = false;                          ///< alleles are what counts
  annotate::Accounting accounting;
  std::uint64_t positions_requested = 0;
  std::uint64_t positions_computed = 0;
  Seconds seconds;
  std::int64_t peak_memory_bytes = 0;
  // What came out.
  std::string rows;                  ///< what a row is: windows, sequences, reads, rows, alleles
  std::vector<std::string> classes;  ///< names, in the model's order
  annotate::ScoreSummary summary;

  /// What is skipped or scored: alleles of variants, else windows.
  [[nodiscard]] const annotate::Tally& tally() const noexcept {
    return variants ? accounting.alleles : accounting.windows;
  }
  /// Scored windows a second of `seconds.total`.
  [[nodiscard]] double windows_per_second() const noexcept;
};

/// The stats JSON, indented, with a line end.
[[nodiscard]] std::string to_json(const RunStats& stats);

/// Reads what to_json() wrote; `path` is for messages. Throws core::InputError where the text is
/// something else, or its counts do not add up.
[[nodiscard]] RunStats from_json(const std::string& text, const std::string& path);

/// Stats of one file, and where they came from.
struct StatsFile {
  std::string path;
  RunStats stats;
};

/// What one run over all the parts would have said; of times and memory what docs/cli.md says.
/// Parts of --shard may come in any order; others are taken in the order given. Throws
/// core::UsageError where they cannot be parts of one whole: other versions, models, engines,
/// options or inputs, a shard twice or missing, the same input twice.
[[nodiscard]] RunStats merge(std::vector<StatsFile> parts);

}  // namespace vio::stats
