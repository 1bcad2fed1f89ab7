#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "train/json.hpp"
#include "vio/report/charts.hpp"
#include "vio/report/page.hpp"

namespace vio::train {

/// A value of a record together with where it stands there.
class RecordPart {
 public:
  RecordPart(const OrderedJson& json, std::string pointer)
      : json_(&json), pointer_(std::move(pointer)) {}

  [[nodiscard]] const OrderedJson& json() const noexcept { return *json_; }
  [[nodiscard]] bool has(const std::string& name) const { return json_->contains(name); }
  [[nodiscard]] RecordPart at(const std::string& name) const {
    return {json_->at(name), pointer_ + '/' + name};
  }
  [[nodiscard]] RecordPart at(std::size_t index) const {
    return {json_->at(index), pointer_ + '/' + std::to_string(index)};
  }
  [[nodiscard]] std::size_t size() const { return json_->size(); }
  [[nodiscard]] std::string text() const { return json_->get<std::string>(); }

  /// Null where it is undefined.
  [[nodiscard]] bool is_number() const { return json_->is_number(); }
  [[nodiscard]] double value() const { return json_->get<double>(); }
  [[nodiscard]] report::Number number(int decimals = -1) const {
    return {.value = value(), .key = pointer_, .decimals = decimals};
  }
  /// The number, or a dash where it is undefined; texts as they are; lists joined by commas.
  [[nodiscard]] report::Cell cell(int decimals = -1) const;
  /// Of two numbers.
  [[nodiscard]] std::optional<report::Interval> interval() const;

 private:
  const OrderedJson* json_;
  std::string pointer_;
};

/// Decimals of scores.
inline constexpr int kDecimals = 4;

// Sections of the page. Each takes the part of the record that it shows.
void add_scores(report::Page& page, const RecordPart& test);
void add_baselines(report::Page& page, const RecordPart& test);
void add_overlap(report::Page& page, const RecordPart& test);
void add_classes(report::Page& page, const RecordPart& test);
void add_confusion(report::Page& page, const RecordPart& test);
void add_calibration(report::Page& page, const RecordPart& test);
void add_temperature(report::Page& page, const RecordPart& calibration);
void add_roc(report::Page& page, const RecordPart& test);
void add_folds(report::Page& page, const RecordPart& cross_validation);
void add_learning(report::Page& page, const RecordPart& training);
void add_choices(report::Page& page, const RecordPart& record);

}  // namespace vio::train
