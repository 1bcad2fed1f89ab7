#include "vio/hts/cram_reference.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "vio/core/error.hpp"
#include "vio/hts/byte_reader.hpp"

namespace vio::hts {

namespace fs = std::filesystem;

namespace {

void check_kind(const std::string& path) {
  std::error_code ignored;
  // Before it is opened, because opening a named pipe waits for its writer.
  if (path == "-" || (fs::exists(path, ignored) && !fs::is_regular_file(path, ignored) &&
                      !fs::is_directory(path, ignored))) {
    throw core::UsageError(
        fmt::format("{} is not a regular file, and the reference (-f) is read at random places; "
                    "write it to a file first.",
                    path == "-" ? "standard input" : path));
  }
  ByteReaderOptions options;
  options.path = path;
  if (ByteReader(options).compression() == Compression::gzip) {
    throw core::UsageError(
        fmt::format("{0} is compressed with gzip, in which nothing can be sought; compress it with "
                    "bgzip: `gzip -dc {0} | bgzip > FILE.fa.gz`.",
                    path));
  }
}

}  // namespace

FastaIndex open_cram_reference(const std::string& path) {
  check_kind(path);
  auto index = FastaIndex::open(path);
  if (!index) {
    throw core::UsageError(fmt::format(
        "{0} cannot be indexed as FASTA, and the reference of a CRAM (-f) is read by an "
        "index; check it with `samtools faidx {0}`.",
        path));
  }
  return *std::move(index);
}

}  // namespace vio::hts
