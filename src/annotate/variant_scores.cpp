// How probable the class that an ALT changes most is, with REF and with ALT.
#include "variant_values.hpp"
#include "vio/annotate/variant_field.hpp"

namespace vio::annotate {

namespace {

/// What tells one number of an ALT from another.
struct Number {
  const char* tag;
  const char* description;
  const char* column;
  Millionths (*of)(const AlleleScore& alt);
};

float as_float(Millionths value) noexcept {
  constexpr double kMillion = 1e6;
  return static_cast<float>(static_cast<double>(value) / kMillion);
}

class NumberField final : public VariantField {
 public:
  explicit NumberField(const Number& number) : number_(number) {}

  std::optional<hts::InfoLine> info() const override {
    return hts::InfoLine{number_.tag, "A", "Float", number_.description};
  }
  InfoValue value(const VariantRow& row) const override {
    if (!has_scores(row)) {
      return {};
    }
    std::vector<std::optional<float>> values;
    for (const auto& alt : row.alts) {
      values.push_back(alt.status == core::Status::ok ? std::optional(as_float(number_.of(alt)))
                                                      : std::nullopt);
    }
    return values;
  }
  std::string columns() const override { return number_.column; }
  void append(std::string& out, const VariantRow& row, std::size_t alt) const override {
    const auto& score = row.alts[alt];
    if (score.status == core::Status::ok) {
      append_millionths(out, number_.of(score));
    } else {
      out += '.';
    }
  }

 private:
  Number number_;
};

}  // namespace

std::unique_ptr<const VariantField> p_ref_field() {
  return std::make_unique<NumberField>(
      Number{"PREF", "Probability, with REF, of the class that changes most", "p_ref",
             [](const AlleleScore& alt) { return alt.p_ref; }});
}
std::unique_ptr<const VariantField> p_alt_field() {
  return std::make_unique<NumberField>(
      Number{"PALT", "Probability, with ALT, of the class that changes most", "p_alt",
             [](const AlleleScore& alt) { return alt.p_alt; }});
}
std::unique_ptr<const VariantField> delta_field() {
  return std::make_unique<NumberField>(
      Number{"DELTA", "Probability with ALT minus that with REF, of the class that changes most",
             "delta", [](const AlleleScore& alt) { return alt.delta(); }});
}

}  // namespace vio::annotate
