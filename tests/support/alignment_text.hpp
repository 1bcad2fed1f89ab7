#pragma once

#include <htslib/sam.h>

#include <algorithm>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "vio/hts/log.hpp"
#include "vio/source/record_source.hpp"

namespace vio::test {

inline std::shared_ptr<sam_hdr_t> parse_alignment_header(const std::string& text) {
  hts::silence_htslib();
  return {sam_hdr_parse(text.size(), text.c_str()), hts::DestroyAlignmentHeader()};
}

inline void parse_alignment(const std::string& line, sam_hdr_t& header,
                            hts::AlignmentRecord& record) {
  kstring_t text{0, 0, nullptr};
  kputsn(line.data(), line.size(), &text);
  const int result = sam_parse1(&text, &header, record.handle());
  ks_free(&text);
  if (result < 0) throw std::runtime_error("the test's read is no SAM: " + line);
}

/// One batch of all reads of SAM text.
inline source::RecordBatch read_sam(const std::string& sam) {
  std::string header_lines;
  std::vector<std::string> lines;
  std::istringstream text(sam);
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with('@')) {
      header_lines += line + '\n';
    } else {
      lines.push_back(line);
    }
  }
  const auto header = parse_alignment_header(header_lines);
  std::vector<hts::AlignmentRecord> reads(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) parse_alignment(lines[i], *header, reads[i]);
  source::RecordBatch batch;
  batch.records = std::move(reads);
  batch.header = header;
  return batch;
}

}  // namespace vio::test
