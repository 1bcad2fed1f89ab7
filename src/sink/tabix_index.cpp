#include "tabix_index.hpp"

#include <fmt/format.h>
#include <htslib/tbx.h>

#include "vio/core/error.hpp"

namespace vio::sink {

void build_tabix_index(const OutputTarget& table, const OutputTarget& index, IndexKind kind,
                       int threads) {
  constexpr int kCsiMinShift = 14;
  const tbx_conf_t columns{TBX_UCSC, 1, 2, 3, '#', 0};
  const int min_shift = kind == IndexKind::csi ? kCsiMinShift : 0;
  if (tbx_index_build3(table.write_path().c_str(), index.write_path().c_str(), min_shift, threads,
                       &columns) != 0) {
    throw core::OutputError(
        fmt::format("cannot index {}: HTSlib refused it", table.display_name()));
  }
}

}  // namespace vio::sink
