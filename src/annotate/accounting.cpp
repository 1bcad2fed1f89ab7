#include "vio/annotate/accounting.hpp"

#include <fmt/format.h>

#include <numeric>

#include "vio/core/error.hpp"

namespace vio::annotate {

namespace {

void check(std::string_view kind, const Tally& tally) {
  if (tally.read != tally.scored + tally.skipped_total()) {
    throw core::InternalError(
        fmt::format("{} {} were read, but {} scored and {} skipped: rows were lost or doubled, the "
                    "output is not to be used; please report this",
                    tally.read, kind, tally.scored, tally.skipped_total()));
  }
}

}  // namespace

void Tally::add(core::Status status) noexcept {
  if (status == core::Status::ok) {
    ++scored;
  } else {
    ++skipped[static_cast<std::size_t>(status)];
  }
}

std::uint64_t Tally::skipped_total() const noexcept {
  return std::accumulate(skipped.begin(), skipped.end(), std::uint64_t{0});
}

double Tally::skipped_fraction() const noexcept {
  const auto left = scored + skipped_total();
  return left == 0 ? 0.0 : static_cast<double>(skipped_total()) / static_cast<double>(left);
}

void check_balance(const Accounting& accounting) {
  check("records", accounting.records);
  check("alleles", accounting.alleles);
  check("windows", accounting.windows);
}

}  // namespace vio::annotate
