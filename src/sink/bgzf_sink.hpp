#pragma once

#include <memory>

#include "hts_stream.hpp"
#include "vio/sink/byte_sink.hpp"

struct BGZF;

namespace vio::sink {

/// BGZF-compressed bytes through HTSlib.
class BgzfSink final : public ByteSink {
 public:
  BgzfSink(const OutputTarget& target, int threads);
  ~BgzfSink() override;

  void write(std::string_view bytes) override;
  void flush() override {}  // a block a batch would cost compression and change with -b
  void finish() override;

 private:
  struct Closer {
    void operator()(BGZF* file) const noexcept;
  };

  const OutputTarget& target_;
  HtsStream stream_;
  std::unique_ptr<BGZF, Closer> file_;
};

}  // namespace vio::sink
