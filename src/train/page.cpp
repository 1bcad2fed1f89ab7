#include "train/page.hpp"

#include <fmt/format.h>

#include "train/page_parts.hpp"

namespace vio::train {

namespace {

std::string title_of(const OrderedJson& record) {
  const auto name = record.contains("model") ? record["model"].value("name", "") : std::string();
  return name.empty() ? "A model and what it is worth" : name + ": what it is worth";
}

std::string lead_of(const RecordPart& record) {
  const auto file = record.at("data").json().value("file", "");
  return fmt::format("vio-train {} wrote this page from the numbers of its JSON; the data are {}.",
                     record.json().value("version", ""), file.empty() ? "not named" : file);
}

/// What follows the summary of a test's scores.
void add_details(report::Page& page, const RecordPart& record, const RecordPart& test) {
  add_classes(page, test);
  add_confusion(page, test);
  add_calibration(page, test);
  if (record.has("calibration")) {
    add_temperature(page, record.at("calibration"));
  }
  add_roc(page, test);
}

}  // namespace

report::Cell RecordPart::cell(int decimals) const {
  if (is_number()) {
    return number(decimals);
  }
  if (json_->is_string()) {
    return text();
  }
  if (json_->is_boolean()) {
    return std::string(json_->get<bool>() ? "yes" : "no");
  }
  if (json_->is_null()) {
    return std::string("-");
  }
  std::string list;
  for (const auto& entry : *json_) {
    list +=
        (list.empty() ? "" : ", ") + (entry.is_string() ? entry.get<std::string>() : entry.dump());
  }
  return list;
}

std::optional<report::Interval> RecordPart::interval() const {
  const auto low = at(0);
  const auto high = at(1);
  if (!low.is_number() || !high.is_number()) {
    return std::nullopt;
  }
  return report::Interval{.low = low.value(), .high = high.value()};
}

std::string measurement_page(const OrderedJson& json) {
  const RecordPart record(json, "");
  report::Page page(title_of(json), lead_of(record));
  if (record.has("cross_validation")) {
    const auto pooled = record.at("cross_validation").at("pooled");
    add_folds(page, record.at("cross_validation"));
    add_scores(page, pooled);
    add_baselines(page, pooled);
    add_overlap(page, pooled);
    add_details(page, record, pooled);
  }
  if (record.has("test")) {
    const auto test = record.at("test");
    add_scores(page, test);
    add_baselines(page, test);
    add_overlap(page, test);
    add_details(page, record, test);
  }
  if (record.has("training") && !record.at("training").at("log").json().empty()) {
    add_learning(page, record.at("training"));
  }
  add_choices(page, record);
  return page.html();
}

}  // namespace vio::train
