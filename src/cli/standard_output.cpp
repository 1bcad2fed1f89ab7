#include "vio/cli/standard_output.hpp"

#include "vio/sink/byte_sink.hpp"

namespace vio::cli {

void print_to_stdout(std::string_view text) {
  sink::TemporaryFiles none;
  const sink::OutputTarget target("-", none);
  const auto sink = sink::open_byte_sink(target, sink::Compression::none, 1);
  sink->write(text);
  sink->finish();
}

}  // namespace vio::cli
