#include "bgzf_sink.hpp"

#include <htslib/bgzf.h>
#include <htslib/hfile.h>

#include <cerrno>

#include "vio/hts/log.hpp"
#include "write_error.hpp"

namespace vio::sink {

void BgzfSink::Closer::operator()(BGZF* file) const noexcept {
  bgzf_close(file);  // only reached unfinished, when the output is thrown away
}

BgzfSink::BgzfSink(const OutputTarget& target, int threads) : target_(target), stream_(target) {
  hts::silence_htslib();
  file_.reset(bgzf_hopen(stream_.get(), "w"));
  if (!file_) {
    const int error = errno;
    hclose_abruptly(stream_.get());
    throw_write_error(target_, error);
  }
  constexpr int kBlocksPerThread = 64;
  if (threads > 1 && bgzf_mt(file_.get(), threads, kBlocksPerThread) != 0) {
    stream_.fail();
  }
}

BgzfSink::~BgzfSink() {
  if (file_) {
    stream_.discard_rest();
  }
}

void BgzfSink::write(std::string_view bytes) {
  errno = 0;
  const auto written = bgzf_write(file_.get(), bytes.data(), bytes.size());
  if (written < 0 || static_cast<std::size_t>(written) != bytes.size()) {
    stream_.fail();
  }
}

void BgzfSink::finish() {
  errno = 0;
  if (bgzf_flush(file_.get()) != 0) {
    stream_.fail();
  }
  if (bgzf_close(file_.release()) != 0) {
    throw_write_error(target_, errno);
  }
  stream_.finish();
}

}  // namespace vio::sink
