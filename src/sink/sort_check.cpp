#include "sort_check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "vio/core/error.hpp"

namespace vio::sink {

void SortCheck::note(std::string_view contig, std::int64_t start, std::int64_t end) {
  if (contig_ != contig) {
    finished_contigs_.insert(contig_);
    contig_ = contig;
    last_start_ = kNothingYet;
    if (finished_contigs_.contains(contig_)) {
      throw core::InputError(
          fmt::format("'{}' comes a second time, at {}, so the output cannot be indexed: {}, or "
                      "leave out -W",
                      contig, start + wording_.first, wording_.advice));
    }
  }
  if (start < last_start_) {
    throw core::InputError(
        fmt::format("the input is not sorted ('{}' {} comes after {}), so the output cannot be "
                    "indexed: {}, or leave out -W",
                    contig, start + wording_.first, last_start_ + wording_.first, wording_.advice));
  }
  last_start_ = start;
  largest_end_ = std::max(largest_end_, end);
}

}  // namespace vio::sink
