#include "hts_output_file.hpp"

#include <htslib/bgzf.h>
#include <htslib/hfile.h>
#include <htslib/hts.h>

#include <cerrno>

#include "vio/hts/log.hpp"
#include "write_error.hpp"

namespace vio::sink {

void HtsOutputFile::Closer::operator()(htsFile* file) const noexcept {
  hts_close(file);  // only reached unfinished, when the output is thrown away
}

HtsOutputFile::HtsOutputFile(const OutputTarget& target, const char* mode)
    : target_(target), stream_(target) {
  hts::silence_htslib();
  file_.reset(hts_hopen(stream_.get(), target_.display_name().c_str(), mode));
  if (!file_) {
    const int error = errno;
    hclose_abruptly(stream_.get());
    throw_write_error(target_, error);
  }
}

HtsOutputFile::~HtsOutputFile() {
  if (file_) {
    stream_.discard_rest();
  }
}

void HtsOutputFile::set_threads(int threads) {
  if (threads > 1 && hts_set_threads(file_.get(), threads) != 0) {
    fail();
  }
}

void HtsOutputFile::finish() {
  errno = 0;
  // Only while it is open can it be asked why its threads failed.
  if (file_->is_bgzf != 0 && bgzf_flush(file_->fp.bgzf) != 0) {
    fail();
  }
  if (hts_close(file_.release()) != 0) {
    throw_write_error(target_, errno);
  }
  stream_.finish();
}

}  // namespace vio::sink
