#include "vio/cli/describe_model.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "printable.hpp"

namespace vio::cli {

namespace {

void append_fact(std::string& out, std::string_view name, std::string_view value) {
  if (!value.empty()) {
    out += fmt::format("{:<14} {}\n", name, printable(value));
  }
}

std::string pooling_text(const model::PoolingSpec& pooling) {
  static constexpr std::string_view kNames[] = {"mean", "sum", "max", "log_sum_exp", "attention"};
  std::string text;
  for (const auto kind : pooling.kinds) {
    text += fmt::format("{}{}", text.empty() ? "" : " + ", kNames[static_cast<std::size_t>(kind)]);
  }
  return text + (pooling.over_padding ? ", over padding too" : ", over real positions");
}

/// Values, those of nested objects by their path.
void append_values(std::string& out, const nlohmann::ordered_json& object,
                   const std::string& path) {
  for (const auto& [name, value] : object.items()) {
    const auto place = path + name;
    if (value.is_object()) {
      append_values(out, value, place + '.');
    } else {
      append_fact(out, "  " + place, value.is_string() ? value.get<std::string>() : value.dump());
    }
  }
}

void append_metrics(std::string& out, const std::string& metrics_json) {
  const auto metrics = nlohmann::ordered_json::parse(metrics_json, nullptr, false);
  if (metrics.is_object()) {
    append_values(out, metrics, "");
  }
}

}  // namespace

std::string describe_model(const model::Model& model) {
  const auto& spec = model.spec;
  std::string out;
  append_fact(out, "name", model.card.name);
  append_fact(out, "description", model.card.description);
  append_fact(out, "sha256", model.sha256);
  append_fact(out, "licence", model.card.license);
  append_fact(out, "trained on", model.card.trained_on);
  append_fact(out, "limits", model.card.limits);
  append_fact(out, "alphabet",
              fmt::format("{} ({})", spec.alphabet.name(), spec.alphabet.symbols()));
  append_fact(out, "window",
              fmt::format("{} positions{}", spec.window,
                          spec.fixed_window ? ", shorter ones are padded, longer ones refused"
                                            : ", any other length works"));
  append_fact(out, "classes",
              fmt::format("{}: {}", spec.classes.size(), fmt::join(spec.classes, ", ")));
  append_fact(out, "network",
              fmt::format("{} channels, stem of {}, {} blocks", spec.channels, spec.stem_kernel,
                          spec.blocks.size()));
  append_fact(out, "pooling", pooling_text(spec.pooling));
  if (spec.length.enabled) {
    append_fact(out, "reads length",
                spec.length.cut == model::LengthSpec::Cut::mask
                    ? "of whole sequences only"
                    : "of every window: do not trust it on windows cut from longer sequences");
  }
  if (spec.words.length > 0) {
    append_fact(out, "words",
                fmt::format("frequencies of {}-mers add to the logits", spec.words.length));
  }
  append_fact(out, "parameters", fmt::format("{}", model::parameter_count(spec)));
  append_fact(out, "radius", fmt::format("{} positions", model::radius(spec)));
  append_fact(out, "cost", fmt::format("{} FLOP a position", model::flops_per_position(spec)));
  append_metrics(out, model.card.metrics_json);
  return out;
}

}  // namespace vio::cli
