#include "hts/variant_file.hpp"

#include <fmt/format.h>
#include <htslib/kseq.h>

#include "vio/core/error.hpp"

namespace vio::hts {

namespace {

Input checked(Input input) {
  if (input.content().kind == Content::Kind::variants) return input;
  throw core::UsageError(fmt::format("{} is neither VCF nor BCF; check the path.", input.name()));
}

}  // namespace

VariantReader::File::File(Input input, int threads) : HtsFile(checked(std::move(input))) {
  start_threads(threads);
}

int VariantReader::File::read(const VariantHeader& header, bcf1_t* record) {
  if (is_bcf()) return bcf_read(handle(), header.handle(), record);
  const int result = hts_getline(handle(), KS_SEP_LINE, line_.get());
  if (result < 0) return result;
  return parse_vcf_line(line_, header, record);
}

}  // namespace vio::hts
