// Where a row lies: sequence, coordinates, strand, length.
#include "number_field.hpp"
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
