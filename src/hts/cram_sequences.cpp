#include "hts/cram_sequences.hpp"

#include <fmt/format.h>
#include <htslib/cram.h>
#include <htslib/sam.h>

#include "vio/core/error.hpp"
#include "vio/hts/cram_reference.hpp"

namespace vio::hts {

namespace {

std::optional<FastaIndex> open_index(const std::string& path) {
  if (path.empty()) return std::nullopt;
  return open_cram_reference(path);
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
