// Which allele a row speaks of. VCF has columns of its own for that.
#include <fmt/format.h>

#include "vio/annotate/variant_field.hpp"

namespace vio::annotate {

namespace {

class Place final : public VariantField {
 public:
  std::string columns() const override { return "chrom\tpos\tid\tref\talt"; }
  void append(std::string& out, const VariantRow& row, std::size_t alt) const override {
    const fmt::format_int position(row.position + 1);
    out.append(row.contig).append(1, '\t').append(position.data(), position.size());
    for (const auto cell : {row.id, allele(row, 0), allele(row, alt + 1)}) {
      out.append(1, '\t').append(cell);
    }
  }

 private:
  static std::string_view allele(const VariantRow& row, std::size_t index) {
    return index < row.alleles.size() ? row.alleles[index] : ".";
  }
};

}  // namespace

std::unique_ptr<const VariantField> variant_place_field() {
  return std::make_unique<Place>();
}

}  // namespace vio::annotate
