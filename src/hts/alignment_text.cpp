#include <fmt/format.h>
#include <htslib/sam.h>

#include "hts/kstring.hpp"
#include "vio/core/error.hpp"
#include "vio/hts/alignment_record.hpp"

namespace vio::hts {

void AlignmentRecord::append_sam(const sam_hdr_t& header, std::string& lines) const {
  KString line;
  if (sam_format1(&header, handle(), line.get()) < 0) {
    throw core::InputError(
        fmt::format("read '{}' cannot be written as SAM: its tags are damaged", name()));
  }
  lines += line.view();
  lines += '\n';
}

}  // namespace vio::hts
