#include "alignment_header.hpp"

#include <fmt/format.h>
#include <htslib/sam.h>

#include <algorithm>
#include <iterator>
#include <new>

#include "vio/core/error.hpp"

namespace vio::sink {

namespace {

constexpr std::string_view kContigLine = "@SQ\t";
constexpr const char* kProgram = "vio-annotate";

/// Tabs and line ends would end a field of the header.
std::string one_field(std::string text) {
  std::ranges::replace_if(
      text, [](char byte) { return static_cast<unsigned char>(byte) < ' ' || byte == '\x7f'; },
      ' ');
  return text;
}

/// Those of a BAM may stand in its binary part alone.
void append_contigs(std::string& lines, const sam_hdr_t& header) {
  for (int id = 0; id < sam_hdr_nref(&header); ++id) {
    fmt::format_to(std::back_inserter(lines), "{}SN:{}\tLN:{}\n", kContigLine,
                   sam_hdr_tid2name(&header, id), sam_hdr_tid2len(&header, id));
  }
}

bool add_program(sam_hdr_t& header, const AlignmentOutputOptions& options) {
  const auto version = one_field(options.program_version);
  const auto command = one_field(options.command);
  // An empty field would be malformed.
  return sam_hdr_add_pg(&header, kProgram, "VN", version.c_str(), command.empty() ? nullptr : "CL",
                        command.c_str(), nullptr) == 0;
}

}  // namespace

hts::AlignmentHeaderHandle output_header(const sam_hdr_t& header,
                                         const AlignmentOutputOptions& options) {
  hts::AlignmentHeaderHandle copy(sam_hdr_dup(&header));
  if (!copy) {
    throw std::bad_alloc();
  }
  if (options.program_version.empty()) {
    return copy;
  }
  if (!add_program(*copy, options)) {
    throw core::InputError(
        "the header of the alignments is malformed, so no line can be added to it: HTSlib does not "
        "understand it; correct it (samtools reheader), or leave it as it is (--no-version)");
  }
  return copy;
}

std::string header_text(sam_hdr_t& header) {
  const char* const text = sam_hdr_str(&header);
  if (text == nullptr && sam_hdr_length(&header) > 0) {
    throw std::bad_alloc();
  }
  std::string lines(text == nullptr ? "" : text);  // BAM may have filled it up with NUL
  if (!lines.empty() && lines.back() != '\n') {
    lines += '\n';
  }
  if (!lines.starts_with(kContigLine) &&
      lines.find(fmt::format("\n{}", kContigLine)) == std::string::npos) {
    append_contigs(lines, header);
  }
  return lines;
}

}  // namespace vio::sink
