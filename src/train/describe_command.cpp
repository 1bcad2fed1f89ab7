#include <fmt/format.h>
#include <fmt/ranges.h>

#include "train/commands.hpp"
#include "train/common_options.hpp"
#include "train/json.hpp"
#include "train/spec_source.hpp"
#include "vio/cli/describe_model.hpp"
#include "vio/cli/standard_output.hpp"
#include "vio/model/presets.hpp"
#include "vio/model/registry.hpp"

namespace vio::train {

namespace {

constexpr std::int64_t kMostClasses = 4096;

model::Model named_model(const std::string& name, const cli::ParsedOptions& options) {
  if (!model::is_preset(name) && !name.ends_with(".json")) {
    return model::load_model(model::find_model(name));
  }
  std::vector<std::string> classes;
  for (std::int64_t k = 0; k < options.integer("class-count", 1, kMostClasses); ++k) {
    classes.push_back(fmt::format("class_{}", k + 1));
  }
  return {.spec = load_spec(name, classes),
          .tensors = {},
          .card = {.name = name,
                   .description = "a spec without weights",
                   .license = "",
                   .trained_on = "",
                   .limits = "",
                   .metrics_json = "{}"},
          .sha256 = ""};
}

std::string tensor_table(const model::Spec& spec) {
  std::string text = "\ntensors\n";
  for (const auto& [name, shape] : model::tensor_shapes(spec)) {
    text += fmt::format("  {:<32} [{}]\n", name, fmt::join(shape, ", "));
  }
  return text;
}

OrderedJson parsed_or_empty(const std::string& json) {
  auto parsed = OrderedJson::parse(json, nullptr, false);
  return parsed.is_discarded() ? OrderedJson::object() : parsed;
}

std::string to_json(const model::Model& model) {
  auto tensors = OrderedJson::array();
  for (const auto& [name, shape] : model::tensor_shapes(model.spec)) {
    tensors.push_back({{"name", name}, {"shape", shape}});
  }
  const OrderedJson json{{"name", model.card.name},
                         {"sha256", model.sha256},
                         {"parameters", model::parameter_count(model.spec)},
                         {"radius", model::radius(model.spec)},
                         {"flops_per_position", model::flops_per_position(model.spec)},
                         {"spec", OrderedJson::parse(model::spec_to_json(model.spec))},
                         {"tensors", std::move(tensors)},
                         {"card",
                          {{"description", model.card.description},
                           {"license", model.card.license},
                           {"trained_on", model.card.trained_on},
                           {"limits", model.card.limits},
                           {"metrics", parsed_or_empty(model.card.metrics_json)}}}};
  return json.dump(2) + "\n";
}

}  // namespace

int describe_command(const cli::ParsedOptions& options, const std::string& /*command*/) {
  const auto model = named_model(required_argument(options, "the model or spec"), options);
  cli::print_to_stdout(options.has("json") ? to_json(model)
                                           : cli::describe_model(model) + tensor_table(model.spec));
  return 0;
}

}  // namespace vio::train
