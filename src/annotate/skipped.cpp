#include <fmt/format.h>

#include <iterator>

#include "vio/annotate/table.hpp"

namespace vio::annotate {

std::string skipped_header() {
  return "#seq_id\tstart\tend\tstatus\treason\n";
}

std::string skipped_lines(const encode::EncodedBatch& batch) {
  std::string lines;
  for (const auto& window : batch.windows) {
    if (window.status != core::Status::ok) {
      fmt::format_to(std::back_inserter(lines), "{}\t{}\t{}\t{}\t{}\n",
                     batch.units[window.unit]->name, window.start, window.end,
                     core::status_name(window.status), core::status_meaning(window.status));
    }
  }
  return lines;
}

}  // namespace vio::annotate
