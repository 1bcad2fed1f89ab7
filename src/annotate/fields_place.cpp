// Where a row lies: sequence, coordinates, strand, length.
#include <fmt/format.h>

#include <iterator>

#include "vio/annotate/field.hpp"

namespace vio::annotate {

namespace {

class SeqId final : public Field {
 public:
  std::string header() const override { return "seq_id"; }
  void append(std::string& out, const Row& row) const override { out += row.seq_id; }
};

class Strand final : public Field {
 public:
  std::string header() const override { return "strand"; }
  void append(std::string& out, const Row& row) const override { out += row.strand; }
};

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

}  // namespace

std::unique_ptr<const Field> seq_id_field() {
  return std::make_unique<SeqId>();
}
std::unique_ptr<const Field> strand_field() {
  return std::make_unique<Strand>();
}
std::unique_ptr<const Field> start_field() {
  return number_field("start", &Row::start);
}
std::unique_ptr<const Field> end_field() {
  return number_field("end", &Row::end);
}
std::unique_ptr<const Field> length_field() {
  return number_field("length", &Row::length);
}
std::unique_ptr<const Field> n_windows_field() {
  return number_field("n_windows", &Row::n_windows);
}

}  // namespace vio::annotate
