#include "vio/source/open.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "source/index_check.hpp"
#include "source/indexed_source.hpp"
#include "source/record_reader.hpp"
#include "source/regions.hpp"
#include "source/stream_source.hpp"
#include "source/target_source.hpp"
#include "vio/core/error.hpp"
#include "vio/hts/fasta_index.hpp"

namespace vio::source {

namespace {

std::vector<Region> collect(const std::vector<std::string>& texts, const std::string& file) {
  std::vector<Region> regions;
  for (const auto& text : texts) {
    auto parsed = parse_regions(text);
    std::move(parsed.begin(), parsed.end(), std::back_inserter(regions));
  }
  if (!file.empty()) {
    auto read = read_regions(file);
    std::move(read.begin(), read.end(), std::back_inserter(regions));
  }
  return regions;
}

bool wants_regions(const SourceOptions& options) {
  return !options.regions.empty() || !options.regions_file.empty();
}

bool wants_targets(const SourceOptions& options) {
  return !options.targets.empty() || !options.targets_file.empty();
}

void check_options(const SourceOptions& options) {
  const auto refuse = [](const char* sentence) { throw core::UsageError(sentence); };
  if (wants_regions(options) && wants_targets(options)) {
    refuse("Regions (-r, -R) and targets (-t, -T) exclude each other; use one of them.");
  }
  if (options.path == "-") {
    if (wants_regions(options)) {
      refuse("Regions (-r, -R) need a file to seek in; for standard input use -t or -T.");
    }
    if (options.targets_file == "-") {
      refuse("The sequences and the targets cannot both come from standard input; name a file.");
    }
    if (options.shard) refuse("Standard input cannot be sharded; --shard needs a file.");
  }
  if (!options.shard) return;
  if (wants_targets(options)) {
    refuse("Streamed targets (-t, -T) cannot be sharded; use -r or -R with --shard.");
  }
  if (options.shard->count < 1 || options.shard->index < 1 ||
      options.shard->index > options.shard->count) {
    throw core::UsageError(fmt::format("--shard {}/{} is not possible; write i/n with 1 <= i <= n.",
                                       options.shard->index, options.shard->count));
  }
}

/// A pipe in disguise, such as /dev/stdin or a named one, is read once and cannot seek.
void check_is_file(const RecordReader& records, const char* what) {
  if (records.bytes().compressed_size()) return;
  throw core::UsageError(fmt::format("{} is not a regular file, and {}; write it to a file first.",
                                     records.file(), what));
}

std::unique_ptr<TextReader> open_text(const SourceOptions& options, const hts::FastaIndex& index) {
  auto reader = reader_options(options);
  reader.block_index = index.block_index();
  return std::make_unique<TextReader>(reader);
}

std::unique_ptr<SequenceSource> open_indexed(const SourceOptions& options, hts::FastaIndex index,
                                             std::vector<PlannedUnit> plan) {
  if (options.shard) plan = plan_shard(std::move(plan), options);
  auto records = std::make_unique<FastaReader>(open_text(options, index));
  return std::make_unique<IndexedSource>(std::move(index), std::move(records), std::move(plan),
                                         options.chunk_symbols);
}

/// HTSlib does not say why it cannot index a file; reading it as a stream may.
[[noreturn]] void explain_no_index(const SourceOptions& options) {
  StreamSource source(open_records(reader_options(options)), options.chunk_symbols);
  while (source.next()) {
  }
  throw core::InputError(fmt::format(
      "{0} cannot be indexed, because the lines of a record differ in length, or a record has no "
      "sequence; use -t or -T, which need no index, or rewrite it: `seqtk seq -l 60 {0}`.",
      options.path));
}

void check_entries(const SourceOptions& options, const hts::FastaIndex& index,
                   const std::vector<PlannedUnit>& plan) {
  std::vector<const hts::FastaEntry*> entries;
  entries.reserve(plan.size());
  for (const auto& unit : plan) entries.push_back(unit.entry);
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  const auto text = open_text(options, index);
  for (const auto* entry : entries) check_entry(*entry, *text);
}

std::unique_ptr<SequenceSource> open_regions(const SourceOptions& options, RecordReader& records) {
  check_is_file(records, "regions (-r, -R) need to seek; use -t or -T");
  if (records.format() != "fasta") {
    throw core::UsageError(
        fmt::format("{} is FASTQ, and regions (-r, -R) need FASTA; use -t or -T.", records.file()));
  }
  if (records.bytes().compression() == hts::Compression::gzip) {
    throw core::UsageError(
        fmt::format("{0} is compressed with gzip, in which nothing can be sought; compress it with "
                    "bgzip instead: `gunzip -c {0} | bgzip > FILE.fa.gz`.",
                    records.file()));
  }
  auto index = hts::FastaIndex::open(options.path);
  if (!index) explain_no_index(options);
  const auto regions = collect(options.regions, options.regions_file);
  auto plan = plan_regions(*index, regions, options.path);
  check_entries(options, *index, plan);
  return open_indexed(options, std::move(*index), std::move(plan));
}

std::unique_ptr<SequenceSource> open_shard(const SourceOptions& options, RecordReader& records) {
  check_is_file(records, "--shard needs to read it twice");
  if (records.format() == "fasta" && records.bytes().compression() != hts::Compression::gzip) {
    auto index = hts::FastaIndex::open(options.path);
    if (index && holds_every_record(*index, *open_text(options, *index))) {
      auto plan = plan_records(*index);
      return open_indexed(options, std::move(*index), std::move(plan));
    }
  }
  return std::make_unique<ShardedStreamSource>(options);
}

}  // namespace

std::unique_ptr<SequenceSource> open_sequences(const SourceOptions& options) {
  check_options(options);
  return open_sequences(options, hts::Input(options.path));
}

std::unique_ptr<SequenceSource> open_sequences(const SourceOptions& options, hts::Input input) {
  check_options(options);
  const bool seeks = wants_regions(options) || options.shard;
  auto reader = reader_options(options);
  if (seeks) reader.threads = 1;
  auto records = open_records(hts::ByteReader(std::move(input), reader));
  if (seeks) {
    records->check_end_marker();
    return wants_regions(options) ? open_regions(options, *records) : open_shard(options, *records);
  }
  if (wants_targets(options)) {
    return std::make_unique<TargetSource>(
        std::move(records), collect(options.targets, options.targets_file), options.chunk_symbols);
  }
  return std::make_unique<StreamSource>(std::move(records), options.chunk_symbols);
}

}  // namespace vio::source
