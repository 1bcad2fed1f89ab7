#include "hts/cram_sequences.hpp"

#include <fmt/format.h>
#include <htslib/cram.h>
#include <htslib/sam.h>

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

std::optional<FastaIndex> open_index(const std::string& path) {
  if (path.empty()) return std::nullopt;
  check_kind(path);
  auto index = FastaIndex::open(path);
  if (index) return index;
  throw core::UsageError(
      fmt::format("{0} cannot be indexed as FASTA, and the reference of a CRAM (-f) is read by an "
                  "index; check it with `samtools faidx {0}`.",
                  path));
}

}  // namespace

CramSequences::CramSequences(const std::string& path) : path_(path), index_(open_index(path)) {}

void CramSequences::attach(htsFile* cram) const {
  // M5 and UR alone make HTSlib look elsewhere. This header is its own, which nobody else sees.
  auto* const header = cram_fd_get_header(cram->fp.cram);
  for (int i = 0; i < sam_hdr_nref(header); ++i) {
    const char* const name = sam_hdr_tid2name(header, i);
    for (const auto* const tag : {"M5", "UR"}) {
      if (sam_hdr_remove_tag_id(header, "SQ", "SN", name, tag) < 0) throw std::bad_alloc();
    }
  }
  if (index_ && hts_set_fai_filename(cram, index_->fasta().c_str()) != 0) {
    throw core::UsageError(
        fmt::format("{} cannot be read as the reference of a CRAM (-f); check its permissions and "
                    "its index.",
                    path_));
  }
}

}  // namespace vio::hts
