#include "vio/annotate/variant_field.hpp"

namespace vio::annotate {

VariantFields variant_fields(const Classes& classes, bool all_classes) {
  VariantFields fields;
  fields.push_back(variant_place_field());
  fields.push_back(top_field(classes));
  fields.push_back(changed_class_field(classes));
  fields.push_back(p_ref_field());
  fields.push_back(p_alt_field());
  fields.push_back(delta_field());
  fields.push_back(flags_field());
  fields.push_back(variant_status_field());
  if (all_classes) {
    fields.push_back(all_probabilities_field(classes));  // last, so that no other column moves
  }
  return fields;
}

std::vector<std::string> all_tag_ids() {
  std::vector<std::string> ids;
  for (const auto& field : variant_fields({}, true)) {
    if (const auto info = field->info()) {
      ids.push_back(info->id);
    }
  }
  return ids;
}

}  // namespace vio::annotate
