#pragma once

#include <fmt/format.h>

#include <iterator>
#include <memory>
#include <string>

#include "vio/annotate/field.hpp"

namespace vio::annotate {

/// A column that prints one number of the row as it is.
template <typename Number>
class NumberField final : public Field {
 public:
  NumberField(std::string name, Number Row::*member) : name_(std::move(name)), member_(member) {}
  std::string header() const override { return name_; }
  void append(std::string& out, const Row& row) const override {
    fmt::format_to(std::back_inserter(out), "{}", row.*member_);
  }

 private:
  std::string name_;
  Number Row::*member_;
};

template <typename Number>
std::unique_ptr<const Field> number_field(std::string name, Number Row::*member) {
  return std::make_unique<NumberField<Number>>(std::move(name), member);
}

}  // namespace vio::annotate
