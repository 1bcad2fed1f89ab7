// What the model calls each allele, and the class that an ALT changes most.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "variant_values.hpp"
#include "vio/annotate/class_name.hpp"
#include "vio/annotate/variant_field.hpp"

namespace vio::annotate {

namespace {

/// Class names as INFO values and as TSV cells have them.
struct Names {
  explicit Names(const Classes& classes) {
    std::ranges::transform(classes, std::back_inserter(vcf), vcf_class_name);
    std::ranges::transform(classes, std::back_inserter(tsv), tsv_class_name);
  }

  Classes vcf;
  Classes tsv;
};

class Top final : public VariantField {
 public:
  explicit Top(const Classes& classes) : names_(classes) {}

  std::optional<hts::InfoLine> info() const override {
    return hts::InfoLine{
        "TOP", "R", "String",
        "Most probable class with REF and with each ALT, of " + joined(names_.vcf, '|')};
  }
  InfoValue value(const VariantRow& row) const override {
    if (!has_scores(row)) {
      return {};
    }
    return names_.vcf[top_class(row.ref_probabilities)] + ',' +
           text_by_alt(row, [&](const AlleleScore& alt) {
             return names_.vcf[top_class(alt.probabilities)];
           });
  }
  std::string columns() const override { return "ref_label\talt_label"; }
  void append(std::string& out, const VariantRow& row, std::size_t alt) const override {
    const auto& score = row.alts[alt];
    if (score.status != core::Status::ok) {
      out += ".\t.";
      return;
    }
    out += names_.tsv[top_class(row.ref_probabilities)];
    out += '\t';
    out += names_.tsv[top_class(score.probabilities)];
  }

 private:
  Names names_;
};

class ChangedClass final : public VariantField {
 public:
  explicit ChangedClass(const Classes& classes) : names_(classes) {}

  std::optional<hts::InfoLine> info() const override {
    return hts::InfoLine{
        "CLASS", "A", "String",
        "Class whose probability changes most from REF to ALT, of " + joined(names_.vcf, '|')};
  }
  InfoValue value(const VariantRow& row) const override {
    if (!has_scores(row)) {
      return {};
    }
    return text_by_alt(row, [&](const AlleleScore& alt) { return names_.vcf[alt.changed_class]; });
  }
  std::string columns() const override { return "class"; }
  void append(std::string& out, const VariantRow& row, std::size_t alt) const override {
    const auto& score = row.alts[alt];
    out += score.status == core::Status::ok ? names_.tsv[score.changed_class] : ".";
  }

 private:
  Names names_;
};

}  // namespace

std::unique_ptr<const VariantField> top_field(const Classes& classes) {
  return std::make_unique<Top>(classes);
}
std::unique_ptr<const VariantField> changed_class_field(const Classes& classes) {
  return std::make_unique<ChangedClass>(classes);
}

}  // namespace vio::annotate
