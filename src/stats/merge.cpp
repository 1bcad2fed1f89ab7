#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "vio/core/error.hpp"
#include "vio/stats/run_stats.hpp"

namespace vio::stats {

namespace {

using core::UsageError;

/// Workflow engines stage one file in many folders, so its name is what tells it.
std::string file_name(const std::string& path) {
  return path == "-" ? path : std::filesystem::path(path).filename().string();
}

bool is_selection(const std::string& option) {
  return option == "regions" || option == "regions-file" || option == "targets" ||
         option == "targets-file";
}

bool names_file(const std::string& option) {
  return option == "fasta-ref" || option == "contig-map" || option.ends_with("-file");
}

/// The options that parts must share: all, or all but what of the input was wanted.
std::string settings_text(const RunStats& stats, bool with_selection) {
  std::string text;
  for (const auto& [name, value] : stats.options) {
    if (!with_selection && is_selection(name)) continue;
    text += fmt::format(" --{} {}", name, names_file(name) ? file_name(value) : value);
  }
  return text.empty() ? "none" : text.substr(1);
}

void require_same(const StatsFile& first, const StatsFile& other, std::string_view what,
                  const std::string& of_first, const std::string& of_other) {
  if (of_first != of_other) {
    throw UsageError(fmt::format(
        "{} and {} are not parts of one whole: their {} differ ('{}' and '{}'); merge parts of one "
        "run only",
        first.path, other.path, what, of_first, of_other));
  }
}

void check_alike(const StatsFile& first, const StatsFile& other) {
  const auto& a = first.stats;
  const auto& b = other.stats;
  require_same(first, other, "versions of vio-annotate", a.version, b.version);
  require_same(first, other, "models", a.model_sha256, b.model_sha256);
  require_same(first, other, "engines", a.engine, b.engine);
  require_same(first, other, "kinds of input", a.input_format, b.input_format);
  require_same(first, other, "kinds of row", a.rows, b.rows);
  const bool sharded = a.shard.has_value();
  if (sharded != b.shard.has_value()) {
    throw UsageError(fmt::format("{} is a shard and {} is not: merge all shards of one run",
                                 (sharded ? first : other).path, (sharded ? other : first).path));
  }
  require_same(first, other, "options", settings_text(a, sharded), settings_text(b, sharded));
  if (sharded) {
    require_same(first, other, "inputs", file_name(a.input_path), file_name(b.input_path));
    require_same(first, other, "numbers of shards", std::to_string(a.shard->count),
                 std::to_string(b.shard->count));
  }
  if (a.classes != b.classes) {
    throw UsageError(fmt::format("{} and {} have other classes; merge parts of one run only",
                                 first.path, other.path));
  }
}

/// Puts shards in their order and makes sure that each is there once.
void order_shards(std::vector<StatsFile>& parts) {
  std::ranges::stable_sort(parts, {},
                           [](const StatsFile& part) { return part.stats.shard->index; });
  int expected = 1;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto& shard = *parts[i].stats.shard;
    if (i > 0 && shard.index == parts[i - 1].stats.shard->index) {
      throw UsageError(fmt::format("{} and {} are both shard {}/{}; give each shard once",
                                   parts[i - 1].path, parts[i].path, shard.index, shard.count));
    }
    if (shard.index != expected) break;
    ++expected;
  }
  const int count = parts.front().stats.shard->count;
  if (expected <= count) {
    throw UsageError(fmt::format("shard {}/{} of {} is missing; give the stats of every shard",
                                 expected, count, file_name(parts.front().stats.input_path)));
  }
}

/// Without shards only the same part twice can be known.
void refuse_repeated(const std::vector<StatsFile>& parts) {
  const auto whole = [](const RunStats& stats) {
    return stats.input_path + '\n' + settings_text(stats, true);
  };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      const auto& path = parts[i].stats.input_path;
      if (path != "-" && whole(parts[i].stats) == whole(parts[k].stats)) {
        throw UsageError(fmt::format(
            "{} and {} are both about the same part of {}, which would count twice; give each part "
            "once",
            parts[k].path, parts[i].path, path));
      }
    }
  }
}

void add(annotate::Tally& sum, const annotate::Tally& part) {
  sum.read += part.read;
  sum.scored += part.scored;
  std::ranges::transform(sum.skipped, part.skipped, sum.skipped.begin(), std::plus<>());
}

std::uint64_t& count_of(annotate::Tally& tally, core::Status status) {
  return status == core::Status::ok ? tally.scored
                                    : tally.skipped[static_cast<std::size_t>(status)];
}

/// A record that spans two shards was counted in both. It is scored if any of its windows is, else
/// its reason is that of its first window.
void join_record(RunStats& whole, const ShardFacts& next) {
  auto& last = whole.shard->last_record;
  if (!next.first_record) return;
  if (!last || last->ordinal != next.first_record->ordinal) {
    last = next.last_record;
    return;
  }
  using core::Status;
  const bool scored = last->status == Status::ok || next.first_record->status == Status::ok;
  const auto status = scored ? Status::ok : last->status;
  auto& records = whole.accounting.records;
  --count_of(records, last->status);
  --count_of(records, next.first_record->status);
  ++count_of(records, status);
  --records.read;
  const bool goes_on = next.last_record->ordinal == last->ordinal;
  last = goes_on ? annotate::CountedRecord{last->ordinal, status} : next.last_record;
}

void join_devices(std::string& devices, const std::string& device) {
  if ((", " + devices + ", ").find(", " + device + ", ") == std::string::npos) {
    devices += ", " + device;
  }
}

void add_part(RunStats& whole, const RunStats& part) {
  add(whole.accounting.records, part.accounting.records);
  add(whole.accounting.alleles, part.accounting.alleles);
  add(whole.accounting.windows, part.accounting.windows);
  if (part.shard) join_record(whole, *part.shard);
  if (part.records_filtered) {
    whole.records_filtered = whole.records_filtered.value_or(0) + *part.records_filtered;
  }
  whole.positions_requested += part.positions_requested;
  whole.positions_computed += part.positions_computed;
  whole.seconds.total += part.seconds.total;
  whole.seconds.longest = std::max(whole.seconds.longest, part.seconds.longest);
  whole.seconds.reading += part.seconds.reading;
  whole.seconds.scoring += part.seconds.scoring;
  whole.seconds.writing += part.seconds.writing;
  whole.peak_memory_bytes = std::max(whole.peak_memory_bytes, part.peak_memory_bytes);
  whole.threads = std::max(whole.threads, part.threads);
  whole.parts += part.parts;
  join_devices(whole.device, part.device);
  whole.summary.merge(part.summary);
}

}  // namespace

RunStats merge(std::vector<StatsFile> parts) {
  if (parts.empty()) throw UsageError("there is nothing to merge: give the stats files of parts");
  for (const auto& part : parts) check_alike(parts.front(), part);
  if (parts.front().stats.shard) {
    order_shards(parts);
  } else {
    refuse_repeated(parts);
  }
  auto whole = std::move(parts.front().stats);
  for (std::size_t i = 1; i < parts.size(); ++i) add_part(whole, parts[i].stats);
  const bool one_input = std::all_of(parts.begin() + 1, parts.end(), [&](const StatsFile& part) {
    return part.stats.input_path == whole.input_path;
  });
  if (!whole.shard && parts.size() > 1) {
    // Their regions or files were many; none of them is that of the whole.
    std::erase_if(whole.options, [](const auto& option) { return is_selection(option.first); });
    if (!one_input) whole.input_path.clear();
  }
  whole.shard.reset();
  annotate::check_balance(whole.accounting);
  return whole;
}

}  // namespace vio::stats
