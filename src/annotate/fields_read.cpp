// What an alignment says about a read, and how many of them a region has.
#include "number_field.hpp"
#include "vio/annotate/field.hpp"

namespace vio::annotate {

namespace {

class ReadId final : public Field {
 public:
  std::string header() const override { return "read_id"; }
  void append(std::string& out, const Row& row) const override { out += row.seq_id; }
};

class Chrom final : public Field {
 public:
  std::string header() const override { return "chrom"; }
  void append(std::string& out, const Row& row) const override { out += row.contig; }
};

class Pos final : public Field {
 public:
  std::string header() const override { return "pos"; }
  void append(std::string& out, const Row& row) const override {
    fmt::format_to(std::back_inserter(out), "{}", row.start + 1);
  }
};

}  // namespace

std::unique_ptr<const Field> read_id_field() {
  return std::make_unique<ReadId>();
}
std::unique_ptr<const Field> chrom_field() {
  return std::make_unique<Chrom>();
}
std::unique_ptr<const Field> pos_field() {
  return std::make_unique<Pos>();
}
std::unique_ptr<const Field> flag_field() {
  return number_field("flag", &Row::flag);
}
std::unique_ptr<const Field> mapq_field() {
  return number_field("mapq", &Row::mapping_quality);
}
std::unique_ptr<const Field> n_reads_field() {
  return number_field("n_reads", &Row::n_reads);
}

}  // namespace vio::annotate
