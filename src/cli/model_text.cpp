#include "model_text.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "printable.hpp"
#include "vio/model/registry.hpp"

namespace vio::cli {

namespace {

using nlohmann::ordered_json;

constexpr std::string_view kNothing = "-";

std::string text_of(const ordered_json& metrics, const std::string& name) {
  const auto found = metrics.find(name);
  return found != metrics.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<double> number_of(const ordered_json& metrics, const std::string& name) {
  const auto found = metrics.find(name);
  return found != metrics.end() && found->is_number() ? std::optional(found->get<double>())
                                                      : std::nullopt;
}

/// One score with its interval. Between two classes the field compares correlations.
std::string score_text(const ordered_json& metrics, std::size_t n_classes) {
  const std::string name = n_classes == 2 ? "mcc" : "accuracy";
  const auto value = number_of(metrics, name);
  if (!value) {
    return std::string(kNothing);
  }
  const auto low = number_of(metrics, name + "_95_low");
  const auto high = number_of(metrics, name + "_95_high");
  return low && high ? fmt::format("{} {:.3f} [{:.3f}, {:.3f}]", name, *value, *low, *high)
                     : fmt::format("{} {:.3f}", name, *value);
}

std::string measured_text(const ordered_json& metrics) {
  if (const auto text = text_of(metrics, "measured_on"); !text.empty()) {
    return printable(text);
  }
  const auto rows = number_of(metrics, "test_rows");
  return rows ? fmt::format("{:.0f} test rows", *rows) : std::string(kNothing);
}

}  // namespace

std::string model_line(const std::string& name, const model::Model& model) {
  auto metrics = ordered_json::parse(model.card.metrics_json, nullptr, false);
  if (!metrics.is_object()) {
    metrics = ordered_json::object();
  }
  const auto n_classes = model.spec.classes.size();
  return fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\n", name, model.spec.window, n_classes,
                     name == model::kDefaultModel ? "yes" : "no", score_text(metrics, n_classes),
                     measured_text(metrics), printable(model.card.description));
}

std::string list_models_text() {
  std::string out = "#name\twindow\tclasses\tdefault\tscore\tmeasured_on\tdescription\n";
  for (const auto& name : model::list_models()) {
    out += model_line(name, model::load_model(model::find_model(name)));
  }
  return out;
}

}  // namespace vio::cli
