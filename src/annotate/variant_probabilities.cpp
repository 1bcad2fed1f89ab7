// Every class's probability (--all-classes).
#include <algorithm>
#include <iterator>

#include "variant_values.hpp"
#include "vio/annotate/class_name.hpp"
#include "vio/annotate/variant_field.hpp"

namespace vio::annotate {

namespace {

void append_all(std::string& out, std::span<const Millionths> probabilities, char separator) {
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    if (i > 0) {
      out += separator;
    }
    append_millionths(out, probabilities[i]);
  }
}

std::string by_bars(std::span<const Millionths> probabilities) {
  std::string text;
  append_all(text, probabilities, '|');
  return text;
}

class AllProbabilities final : public VariantField {
 public:
  explicit AllProbabilities(const Classes& classes) : n_classes_(classes.size()) {
    Classes names;
    std::ranges::transform(classes, std::back_inserter(names), vcf_class_name);
    order_ = joined(names, '|');
    for (const char* allele : {"ref", "alt"}) {
      for (const auto& name : classes) {
        columns_ += columns_.empty() ? "" : "\t";
        columns_.append("p_").append(allele).append("_").append(tsv_class_name(name));
      }
    }
  }

  std::optional<hts::InfoLine> info() const override {
    return hts::InfoLine{
        "PROBS", "R", "String",
        "Probabilities with REF and with each ALT, by bars, in the order " + order_};
  }
  InfoValue value(const VariantRow& row) const override {
    if (!has_scores(row)) {
      return {};
    }
    return by_bars(row.ref_probabilities) + ',' +
           text_by_alt(row, [](const AlleleScore& alt) { return by_bars(alt.probabilities); });
  }
  std::string columns() const override { return columns_; }
  void append(std::string& out, const VariantRow& row, std::size_t alt) const override {
    const auto& score = row.alts[alt];
    if (score.status != core::Status::ok) {
      for (std::size_t i = 0; i < 2 * n_classes_; ++i) {
        out += i == 0 ? "." : "\t.";
      }
      return;
    }
    append_all(out, row.ref_probabilities, '\t');
    out += '\t';
    append_all(out, score.probabilities, '\t');
  }

 private:
  std::size_t n_classes_;
  std::string order_;
  std::string columns_;
};

}  // namespace

std::unique_ptr<const VariantField> all_probabilities_field(const Classes& classes) {
  return std::make_unique<AllProbabilities>(classes);
}

}  // namespace vio::annotate
