#pragma once

#include <htslib/kstring.h>
#include <htslib/vcf.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "vio/hts/log.hpp"
#include "vio/source/variant_source.hpp"

namespace vio::test {

/// CHROM, POS (1-based), REF and ALT of one record.
struct VariantLine {
  std::string contig;
  std::int64_t pos = 1;
  std::string ref;
  std::string alt;
};

inline void parse_line(const std::string& line, const hts::VariantHeader& header,
                       hts::VariantRecord& record) {
  kstring_t text{0, 0, nullptr};
  kputsn(line.data(), line.size(), &text);
  const int result = vcf_parse(&text, header.handle(), record.handle());
  std::free(text.s);  // NOLINT(cppcoreguidelines-no-malloc,cppcoreguidelines-owning-memory)
  if (result != 0) throw std::runtime_error("not a VCF record: " + line);
}

/// Records as HTSlib reads them from VCF text; contigs are declared as they come.
inline source::VariantBatch variant_batch(const std::vector<VariantLine>& lines) {
  hts::silence_htslib();
  hts::VariantHeaderHandle handle(bcf_hdr_init("w"));
  if (!handle || bcf_hdr_sync(handle.get()) != 0) throw std::runtime_error("no VCF header");
  auto header = std::make_shared<hts::VariantHeader>(std::move(handle));
  source::VariantBatch batch;
  for (const auto& line : lines) {
    batch.records.emplace_back();
    parse_line(line.contig + "\t" + std::to_string(line.pos) + "\t.\t" + line.ref + "\t" +
                   line.alt + "\t.\t.\t.",
               *header, batch.records.back());
  }
  batch.header = std::move(header);
  return batch;
}

}  // namespace vio::test
