#include "source/indexed_fasta.hpp"

#include <fmt/format.h>

#include "vio/core/error.hpp"

namespace vio::source {

namespace {

constexpr std::size_t kPieceSymbols = 1 << 18;

/// HTSlib does not say why it cannot index a file; reading it as a stream may.
[[noreturn]] void explain_no_index(const std::string& path, const IndexNeed& need) {
  hts::ByteReaderOptions options;
  options.path = path;
  const auto records = open_records(options);
  while (records->next_record()) {
    std::string symbols;
    while (!records->read(symbols, kPieceSymbols)) symbols.clear();
  }
  throw core::InputError(fmt::format(
      "{0} cannot be indexed, because the lines of a record differ in length, or a record has no "
      "sequence; {1}rewrite it: `seqtk seq -l 60 {0}`.",
      path, need.otherwise));
}

}  // namespace

void check_is_file(const RecordReader& records, const char* why) {
  if (records.bytes().compressed_size()) return;
  throw core::UsageError(fmt::format("{} is not a regular file, and {}; write it to a file first.",
                                     records.file(), why));
}

hts::FastaIndex open_fasta_index(const std::string& path, RecordReader& records,
                                 const IndexNeed& need) {
  check_is_file(records, need.file);
  if (records.format() != "fasta") {
    throw core::UsageError(fmt::format("{} is FASTQ, and {}.", records.file(), need.fasta));
  }
  if (records.bytes().compression() == hts::Compression::gzip) {
    throw core::UsageError(
        fmt::format("{0} is compressed with gzip, in which nothing can be sought; compress it with "
                    "bgzip instead: `gunzip -c {0} | bgzip > FILE.fa.gz`.",
                    records.file()));
  }
  auto index = hts::FastaIndex::open(path);
  if (!index) explain_no_index(path, need);
  return *std::move(index);
}

std::unique_ptr<TextReader> open_indexed_text(const std::string& path,
                                              const hts::FastaIndex& index) {
  return std::make_unique<TextReader>(
      hts::ByteReaderOptions{.path = path, .threads = 1, .block_index = index.block_index()});
}

}  // namespace vio::source
