#include "variant_tags.hpp"

#include <fmt/format.h>

#include "vio/sink/variant_output.hpp"

namespace vio::sink {

namespace {

std::string tag_of(const std::string& prefix, const std::string& id) {
  return fmt::format("{}_{}", prefix, id);
}

void set_value(const hts::VariantHeader& header, hts::VariantRecord& record, const std::string& tag,
               const annotate::InfoValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    record.set_info(header, tag, *text);
  } else if (const auto* numbers = std::get_if<std::vector<std::optional<float>>>(&value)) {
    record.set_info(header, tag, *numbers);
  }
}

}  // namespace

std::vector<std::string> all_tags(const std::string& prefix) {
  std::vector<std::string> tags;
  for (const auto& id : annotate::all_tag_ids()) {
    tags.push_back(tag_of(prefix, id));
  }
  return tags;
}

void declare_tags(hts::VariantHeader& header, const annotate::VariantFields& fields,
                  const std::string& tag) {
  for (const auto& old : all_tags(tag)) {
    header.remove_info(old);
  }
  for (const auto& field : fields) {
    if (auto line = field->info()) {
      line->id = tag_of(tag, line->id);
      header.set_info(*line);
    }
  }
}

VariantTags::VariantTags(std::shared_ptr<const annotate::VariantFields> fields, std::string prefix)
    : fields_(std::move(fields)), prefix_(std::move(prefix)), old_(all_tags(prefix_)) {
  for (const auto& field : *fields_) {
    if (const auto line = field->info()) {
      tags_.push_back({tag_of(prefix_, line->id), field.get()});
    }
  }
}

void VariantTags::remove_old(const hts::VariantHeader& header, hts::VariantRecord& record) const {
  for (const auto& tag : old_) {
    record.remove_info(header, tag);
  }
}

void VariantTags::set(const hts::VariantHeader& header, hts::VariantRecord& record,
                      const annotate::VariantRow& row) const {
  for (const auto& tag : tags_) {
    set_value(header, record, tag.id, tag.field->value(row));
  }
}

std::shared_ptr<const hts::VariantHeader> VariantTags::declared_in(
    const std::shared_ptr<const hts::VariantHeader>& header) const {
  const std::lock_guard lock(mutex_);
  if (last_read_ != header) {
    auto declared = std::make_shared<hts::VariantHeader>(header->copy());
    declare_tags(*declared, *fields_, prefix_);
    last_declared_ = std::move(declared);
    last_read_ = header;
  }
  return last_declared_;
}

}  // namespace vio::sink
