#include "bcf_file.hpp"

#include <htslib/vcf.h>

#include <cerrno>

namespace vio::sink {

// Uncompressed is BGZF of level 0, as bcftools writes it.
BcfFile::BcfFile(const OutputTarget& target, bool compressed, int threads)
    : file_(target, compressed ? "wb" : "wb0") {
  file_.set_threads(threads);
}

void BcfFile::write(const hts::VariantHeader& header) {
  errno = 0;
  if (bcf_hdr_write(file_.handle(), header.handle()) < 0) {
    file_.fail();
  }
}

void BcfFile::write(const hts::VariantHeader& header, const hts::VariantRecord& record) {
  errno = 0;
  if (bcf_write(file_.handle(), header.handle(), record.handle()) < 0) {
    file_.fail();
  }
}

}  // namespace vio::sink
