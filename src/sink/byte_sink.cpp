#include "vio/sink/byte_sink.hpp"

#include "bgzf_sink.hpp"
#include "plain_sink.hpp"

namespace vio::sink {

std::unique_ptr<ByteSink> open_byte_sink(const OutputTarget& target, Compression compression,
                                         int threads) {
  if (compression == Compression::bgzf) {
    return std::make_unique<BgzfSink>(target, threads);
  }
  return std::make_unique<PlainSink>(target);
}

}  // namespace vio::sink
