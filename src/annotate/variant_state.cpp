// How an ALT ended, and what to know about its windows.
#include "variant_values.hpp"
#include "vio/annotate/variant_field.hpp"

namespace vio::annotate {

namespace {

std::string flags_of(const AlleleScore& alt) {
  std::vector<std::string> flags;
  if (alt.status == core::Status::ok && alt.edge) {
    flags.emplace_back("EDGE");
  }
  if (alt.status == core::Status::ok && alt.unknown) {
    flags.emplace_back("N");
  }
  return flags.empty() ? "." : joined(flags, '&');
}

class Flags final : public VariantField {
 public:
  std::optional<hts::InfoLine> info() const override {
    return hts::InfoLine{"FLAGS", ".", "String",
                         "What to know about each ALT's windows, by ampersands: EDGE (clipped at "
                         "the end of the contig), N (unknown bases)"};
  }
  InfoValue value(const VariantRow& row) const override {
    if (std::ranges::all_of(row.alts, [](const auto& alt) { return flags_of(alt) == "."; })) {
      return {};
    }
    return text_by_alt(row, flags_of);
  }
  std::string columns() const override { return "flags"; }
  void append(std::string& out, const VariantRow& row, std::size_t alt) const override {
    out += flags_of(row.alts[alt]);
  }
};

class StatusField final : public VariantField {
 public:
  std::optional<hts::InfoLine> info() const override {
    return hts::InfoLine{"STATUS", ".", "String",
                         "How each ALT ended: OK, or why it was not scored"};
  }
  InfoValue value(const VariantRow& row) const override {
    std::vector<std::string> names;
    for (const auto& alt : row.alts) {
      names.emplace_back(core::status_name(alt.status));
    }
    return joined(names, ',');
  }
  std::string columns() const override { return "status"; }
  void append(std::string& out, const VariantRow& row, std::size_t alt) const override {
    out += core::status_name(row.alts[alt].status);
  }
};

}  // namespace

std::unique_ptr<const VariantField> flags_field() {
  return std::make_unique<Flags>();
}
std::unique_ptr<const VariantField> variant_status_field() {
  return std::make_unique<StatusField>();
}

}  // namespace vio::annotate
