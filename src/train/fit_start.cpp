#include "train/fit_start.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "train/notes.hpp"
#include "vio/core/error.hpp"
#include "vio/model/registry.hpp"

namespace vio::train {

namespace {

/// Words are fitted anew, so none is taken from another model.
std::size_t fitting_tensors(const model::Spec& spec, const model::TensorMap& tensors) {
  const auto shapes = model::tensor_shapes(spec);
  return static_cast<std::size_t>(std::ranges::count_if(shapes, [&](const auto& wanted) {
    const auto found = tensors.find(wanted.name);
    return wanted.name != "words.weight" && found != tensors.end() &&
           found->second.shape == wanted.shape;
  }));
}

model::TensorMap initial_tensors(const std::string& name, const model::Spec& spec, bool quiet) {
  auto model = model::load_model(model::find_model(name));
  const auto fitting = fitting_tensors(spec, model.tensors);
  if (fitting == 0) {
    throw core::UsageError(fmt::format(
        "--init-from {}: none of its tensors has the name and shape of one of the spec; give a "
        "model of a like spec",
        name));
  }
  if (!quiet) {
    print_note(fmt::format("{} of {} tensors start from {}, the others at random", fitting,
                           model::tensor_shapes(spec).size(), model.card.name));
  }
  return std::move(model.tensors);
}

void check_teacher(const model::Model& teacher, const std::string& name, const model::Spec& spec,
                   const Dataset& train) {
  if (teacher.spec.classes != spec.classes || teacher.spec.alphabet != spec.alphabet) {
    throw core::UsageError(fmt::format(
        "--distill-from {}: its classes or its alphabet are not those of the table and the spec; "
        "give a model of the same classes",
        name));
  }
  const auto longest = std::ranges::max(train.sequences, {}, &std::vector<core::Code>::size).size();
  if (teacher.spec.fixed_window && longest > static_cast<std::size_t>(teacher.spec.window)) {
    throw core::UsageError(fmt::format(
        "--distill-from {}: it takes at most {} positions, but a training row has {}; give a model "
        "with a larger window",
        name, teacher.spec.window, longest));
  }
}

/// Mean probabilities of the teachers for the unaugmented training rows.
std::vector<float> teach(const std::string& names, const model::Spec& spec, const Dataset& train,
                         const ComputeOptions& compute) {
  std::vector<float> mean(train.size() * spec.classes.size());
  std::size_t count = 0;
  std::istringstream stream(names);
  for (std::string name; std::getline(stream, name, ','); ++count) {
    const auto teacher = model::load_model(model::find_model(name));
    check_teacher(teacher, name, spec, train);
    const auto predictions = predict(teacher.spec, teacher.tensors, train, compute);
    std::ranges::transform(mean, predictions.probabilities, mean.begin(), std::plus<>());
  }
  for (auto& value : mean) {
    value /= static_cast<float>(count);
  }
  return mean;
}

}  // namespace

std::string checkpoint_path(const std::string& output) {
  return output + ".checkpoint";
}

FitStart fit_start(const cli::ParsedOptions& options, const std::string& output,
                   const model::Spec& spec, const Dataset& train, const FitOptions& fit_options) {
  const bool quiet = options.has("quiet");
  FitStart start;
  start.checkpoint = {.path = checkpoint_path(output), .resume = options.has("resume")};
  if (start.checkpoint.resume && !quiet && !std::filesystem::exists(start.checkpoint.path)) {
    print_note(fmt::format("there is no {} to go on from; training starts at the beginning",
                           start.checkpoint.path));
  }
  if (const auto name = options.text("init-from"); !name.empty()) {
    start.initial = initial_tensors(name, spec, quiet);
  }
  if (const auto names = options.text("distill-from"); !names.empty() && train.size() > 0) {
    start.teacher = teach(names, spec, train, fit_options.compute);
  }
  return start;
}

}  // namespace vio::train
