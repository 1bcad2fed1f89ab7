#include "bcf_file.hpp"

#include <htslib/bgzf.h>
#include <htslib/hfile.h>
#include <htslib/hts.h>
#include <htslib/vcf.h>
#include <unistd.h>

#include <cerrno>

#include "vio/hts/log.hpp"
#include "write_error.hpp"

namespace vio::sink {

namespace {

htsFile* open_file(const OutputTarget& target, int descriptor, const char* mode) {
  hFILE* const stream = hdopen(descriptor, "w");
  if (stream == nullptr) {
    const int error = errno;
    ::close(descriptor);
    throw_write_error(target, error);
  }
  htsFile* const file = hts_hopen(stream, target.display_name().c_str(), mode);
  if (file == nullptr) {
    const int error = errno;
    hclose_abruptly(stream);
    throw_write_error(target, error);
  }
  return file;
}

}  // namespace

void BcfFile::Closer::operator()(htsFile* file) const noexcept {
  hts_close(file);  // only reached unfinished, when the output is thrown away
}

BcfFile::BcfFile(const OutputTarget& target, bool compressed, int threads)
    : target_(target), descriptor_(target) {
  hts::silence_htslib();
  // Uncompressed is BGZF of level 0, as bcftools writes it.
  file_.reset(open_file(target_, descriptor_.duplicate(), compressed ? "wb" : "wb0"));
  if (threads > 1 && hts_set_threads(file_.get(), threads) != 0) {
    fail();
  }
}

BcfFile::~BcfFile() = default;

void BcfFile::write(const hts::VariantHeader& header) {
  errno = 0;
  if (bcf_hdr_write(file_.get(), header.handle()) < 0) {
    fail();
  }
}

void BcfFile::write(const hts::VariantHeader& header, const hts::VariantRecord& record) {
  errno = 0;
  if (bcf_write(file_.get(), header.handle(), record.handle()) < 0) {
    fail();
  }
}

void BcfFile::finish() {
  errno = 0;
  if (bgzf_flush(file_->fp.bgzf) != 0) {
    fail();
  }
  if (hts_close(file_.release()) != 0) {
    throw_write_error(target_, errno);
  }
  descriptor_.finish();
}

void BcfFile::fail() const {
  throw_write_error(target_, bgzf_error_number(*file_->fp.bgzf));
}

}  // namespace vio::sink
