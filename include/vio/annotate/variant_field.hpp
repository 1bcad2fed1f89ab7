#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "vio/annotate/field.hpp"
#include "vio/annotate/variant_row.hpp"
#include "vio/hts/variant_header.hpp"

namespace vio::annotate {

/// A value of an INFO tag: none at all, text, or numbers of which some may be missing.
using InfoValue = std::variant<std::monostate, std::string, std::vector<std::optional<float>>>;

/// One output of variants: its INFO declaration, its value, its TSV column. Stateless after
/// construction, so safe in any thread.
class VariantField {
 public:
  VariantField() = default;
  VariantField(const VariantField&) = delete;
  VariantField& operator=(const VariantField&) = delete;
  virtual ~VariantField() = default;

  /// The tag, its id without the prefix that --tag gives (`DELTA`); nothing for what VCF has a
  /// column of its own for.
  [[nodiscard]] virtual std::optional<hts::InfoLine> info() const { return std::nullopt; }
  [[nodiscard]] virtual InfoValue value(const VariantRow& /*row*/) const { return {}; }
  /// TSV column name(s), several joined by tabs; empty where TSV has none.
  [[nodiscard]] virtual std::string columns() const { return {}; }
  /// The cell(s) of ALT number `alt`, an index into row.alts. What does not exist prints as `.`.
  virtual void append(std::string& /*out*/, const VariantRow& /*row*/, std::size_t /*alt*/) const {}
};

using VariantFields = std::vector<std::unique_ptr<const VariantField>>;

// One file each group under src/annotate/variant_*.cpp.
[[nodiscard]] std::unique_ptr<const VariantField> variant_place_field();  // chrom pos id ref alt
[[nodiscard]] std::unique_ptr<const VariantField> top_field(const Classes& classes);
[[nodiscard]] std::unique_ptr<const VariantField> changed_class_field(const Classes& classes);
[[nodiscard]] std::unique_ptr<const VariantField> p_ref_field();
[[nodiscard]] std::unique_ptr<const VariantField> p_alt_field();
[[nodiscard]] std::unique_ptr<const VariantField> delta_field();
[[nodiscard]] std::unique_ptr<const VariantField> flags_field();
[[nodiscard]] std::unique_ptr<const VariantField> variant_status_field();
[[nodiscard]] std::unique_ptr<const VariantField> all_probabilities_field(const Classes& classes);

/// The fields in the order of the TSV's columns, which is also the order of new INFO tags.
[[nodiscard]] VariantFields variant_fields(const Classes& classes, bool all_classes);
/// Ids, without prefix, of every tag that any run may write: what a new run takes away first.
[[nodiscard]] std::vector<std::string> all_tag_ids();

}  // namespace vio::annotate
