#include "train/measurement_report.hpp"

namespace vio::train {

namespace {

OrderedJson difference_to_json(const Difference& difference) {
  return score_to_json(difference.value, difference.interval);
}

OrderedJson baselines_to_json(const AgainstTraining& against) {
  auto list = OrderedJson::array();
  for (const auto& baseline : against.baselines) {
    OrderedJson json{{"name", baseline.name},
                     {"description", baseline.description},
                     {"seconds", rounded_number(baseline.seconds)}};
    json.update(scores_to_json(baseline.evaluation));
    json["model_minus_baseline"] = {{"accuracy", difference_to_json(baseline.accuracy)},
                                    {"macro_f1", difference_to_json(baseline.macro_f1)},
                                    {"mcc", difference_to_json(baseline.mcc)}};
    json["verdict"] = verdict_name(baseline.verdict);
    list.push_back(std::move(json));
  }
  return list;
}

OrderedJson overlap_to_json(const AgainstTraining& against) {
  const auto& overlap = against.overlap;
  OrderedJson json{{"training_rows", overlap.training_rows},
                   {"identical", overlap.identical},
                   {"jaccard_of_11_mers_at_least_0.9", overlap.nearly_the_same},
                   {"jaccard_of_11_mers_at_least_0.5", overlap.similar}};
  if (against.unlike) {
    json["other_rows"] = {{"rows", overlap.unlike.size()},
                          {"accuracy", rounded_number(against.unlike->accuracy)},
                          {"balanced_accuracy", rounded_number(against.unlike->balanced_accuracy)},
                          {"macro_f1", rounded_number(against.unlike->macro_f1)},
                          {"mcc", rounded_number(against.unlike->mcc)}};
  }
  return json;
}

}  // namespace

std::string_view verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::beaten:
      return "beaten";
    case Verdict::not_clearly:
      return "not clearly beaten";
    case Verdict::not_beaten:
      break;
  }
  return "not beaten";
}

OrderedJson measurement_to_json(const Measurement& measurement,
                                std::span<const std::string> classes) {
  auto json = evaluation_json(measurement.evaluation, classes);
  if (measurement.against) {
    json["baselines"] = baselines_to_json(*measurement.against);
    json["beats_baselines"] = measurement.against->beats_baselines();
    json["overlap"] = overlap_to_json(*measurement.against);
  }
  return json;
}

}  // namespace vio::train
