#include "alignment_header.hpp"

#include <fmt/format.h>
#include <htslib/sam.h>

#include <algorithm>
#include <new>

#include "vio/core/error.hpp"

namespace vio::sink {

namespace {

constexpr const char* kProgram = "vio-annotate";

/// Tabs and line ends would end a field of the header.
std::string one_field(std::string text) {
  std::ranges::replace_if(
      text, [](char byte) { return static_cast<unsigned char>(byte) < ' ' || byte == '\x7f'; },
      ' ');
  return text;
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
  // Counting makes HTSlib parse the text, from which it declares what BAM's binary part alone does.
  const bool understood = sam_hdr_count_lines(copy.get(), "SQ") >= 0 &&
                          (options.program_version.empty() || add_program(*copy, options));
  if (!understood) {
    throw core::InputError(
        "the header of the alignments is malformed, so it cannot be written again: HTSlib does not "
        "understand its lines; correct it (samtools reheader), or write a table (-O t)");
  }
  return copy;
}

std::string header_text(sam_hdr_t& header) {
  const char* const text = sam_hdr_str(&header);
  if (text == nullptr) {
    throw std::bad_alloc();
  }
  std::string lines(text, sam_hdr_length(&header));
  if (!lines.empty() && lines.back() != '\n') {
    lines += '\n';
  }
  return lines;
}

}  // namespace vio::sink
