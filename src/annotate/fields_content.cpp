// What is known about a row besides its scores: unknown positions and status.
#include <fmt/format.h>

#include <iterator>

#include "vio/annotate/field.hpp"

namespace vio::annotate {

namespace {

class NFrac final : public Field {
 public:
  std::string header() const override { return "n_frac"; }
  void append(std::string& out, const Row& row) const override {
    if (row.length == 0) {
      out += '.';
      return;
    }
    const double fraction = static_cast<double>(row.unknown) / static_cast<double>(row.length);
    fmt::format_to(std::back_inserter(out), "{:.4f}", fraction);
  }
};

class StatusField final : public Field {
 public:
  std::string header() const override { return "status"; }
  void append(std::string& out, const Row& row) const override {
    out += core::status_name(row.status);
  }
};

}  // namespace

std::unique_ptr<const Field> n_frac_field() {
  return std::make_unique<NFrac>();
}
std::unique_ptr<const Field> status_field() {
  return std::make_unique<StatusField>();
}

}  // namespace vio::annotate
