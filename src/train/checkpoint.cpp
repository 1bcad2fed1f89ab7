#include "train/checkpoint.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "model/file.hpp"
#include "model/safetensors.hpp"
#include "train/fingerprint.hpp"
#include "train/json.hpp"
#include "vio/core/error.hpp"

namespace vio::train {

namespace {

constexpr std::string_view kFormat = "vio-train-checkpoint-1";
constexpr std::string_view kBestPrefix = "best.";

OrderedJson optional_to_json(const std::optional<double>& value) {
  return value ? OrderedJson(*value) : OrderedJson(nullptr);
}

std::optional<double> optional_from_json(const OrderedJson& value) {
  return value.is_null() ? std::nullopt : std::optional(value.get<double>());
}

OrderedJson log_to_json(const std::vector<EpochLog>& log) {
  auto list = OrderedJson::array();
  for (const auto& entry : log) {
    list.push_back({entry.epoch, entry.train_loss, entry.train_accuracy,
                    optional_to_json(entry.validation_loss),
                    optional_to_json(entry.validation_accuracy),
                    optional_to_json(entry.validation_macro_f1),
                    optional_to_json(entry.validation_mcc), entry.seconds});
  }
  return list;
}

std::vector<EpochLog> log_from_json(const OrderedJson& list) {
  std::vector<EpochLog> log;
  for (const auto& entry : list) {
    log.push_back({.epoch = entry.at(0).get<int>(),
                   .train_loss = entry.at(1).get<double>(),
                   .train_accuracy = entry.at(2).get<double>(),
                   .validation_loss = optional_from_json(entry.at(3)),
                   .validation_accuracy = optional_from_json(entry.at(4)),
                   .validation_macro_f1 = optional_from_json(entry.at(5)),
                   .validation_mcc = optional_from_json(entry.at(6)),
                   .seconds = entry.at(7).get<double>()});
  }
  return log;
}

std::string state_to_json(const Checkpoint& checkpoint) {
  return OrderedJson{{"steps", checkpoint.learner.steps},   {"epoch", checkpoint.epoch},
                     {"rows_done", checkpoint.rows_done},   {"loss_sum", checkpoint.sum.loss_sum},
                     {"correct", checkpoint.sum.correct},   {"best_score", checkpoint.best_score},
                     {"best_epoch", checkpoint.best_epoch}, {"log", log_to_json(checkpoint.log)}}
      .dump();
}

void read_state(const std::string& text, Checkpoint& checkpoint) {
  const auto json = OrderedJson::parse(text);
  checkpoint.learner.steps = json.at("steps").get<std::uint64_t>();
  checkpoint.epoch = json.at("epoch").get<int>();
  checkpoint.rows_done = json.at("rows_done").get<std::size_t>();
  checkpoint.sum.loss_sum = json.at("loss_sum").get<double>();
  checkpoint.sum.correct = json.at("correct").get<std::size_t>();
  checkpoint.best_score = json.at("best_score").get<double>();
  checkpoint.best_epoch = json.at("best_epoch").get<int>();
  checkpoint.log = log_from_json(json.at("log"));
}

void check_identity(const RunIdentity& saved, const RunIdentity& wanted, const std::string& path) {
  const auto refuse = [&](std::string_view what) {
    throw core::UsageError(fmt::format(
        "{}: the checkpoint is of a run with other {}; give those of that run, or train "
        "from the beginning without --resume",
        path, what));
  };
  if (saved.data != wanted.data) {
    refuse("data (training or validation rows)");
  }
  if (saved.spec != wanted.spec) {
    refuse("spec or classes");
  }
  if (saved.options != wanted.options) {
    refuse("options (compare what fit prints)");
  }
}

std::string text_of(const model::Safetensors& file, std::string_view key) {
  const auto found = file.metadata.find(key);
  if (found == file.metadata.end()) {
    throw core::ModelError(fmt::format("its metadata lacks '{}'", key));
  }
  return found->second;
}

Checkpoint parse_checkpoint(const model::Safetensors& file) {
  Checkpoint checkpoint;
  checkpoint.identity = {.options = text_of(file, "options"),
                         .spec = text_of(file, "spec"),
                         .data = text_of(file, "data")};
  for (const auto& entry : file.tensors) {
    auto& map = entry.name.starts_with(kBestPrefix) ? checkpoint.best : checkpoint.learner.tensors;
    const auto skipped = entry.name.starts_with(kBestPrefix) ? kBestPrefix.size() : 0;
    map[entry.name.substr(skipped)] = model::decode_tensor(entry);
  }
  read_state(text_of(file, "state"), checkpoint);
  return checkpoint;
}

}  // namespace

RunIdentity identify(const model::Spec& spec, const Dataset& train, const Dataset& validation,
                     const FitOptions& options, const FitStart& start) {
  Fingerprint data;
  data.add(train);
  data.add(validation);
  data.add(start.teacher);
  for (const auto& [name, tensor] : start.initial) {
    data.add(tensor.values);
  }
  return {.options = fit_options_to_json(options),
          .spec = model::spec_to_json(spec),
          .data = data.text()};
}

void save_checkpoint(const Checkpoint& checkpoint, const std::string& path) {
  const std::vector<std::pair<std::string, std::string>> metadata{
      {"format", std::string(kFormat)},
      {"options", checkpoint.identity.options},
      {"spec", checkpoint.identity.spec},
      {"data", checkpoint.identity.data},
      {"state", state_to_json(checkpoint)}};
  std::vector<std::string> best_names;
  best_names.reserve(checkpoint.best.size());
  std::vector<model::NamedTensor> tensors;
  for (const auto& [name, tensor] : checkpoint.learner.tensors) {
    tensors.push_back({name, &tensor});
  }
  for (const auto& [name, tensor] : checkpoint.best) {
    best_names.push_back(fmt::format("{}{}", kBestPrefix, name));
    tensors.push_back({best_names.back(), &tensor});
  }
  model::write_file(path, model::write_safetensors(metadata, tensors));
}

std::optional<Checkpoint> load_checkpoint(const std::string& path, const RunIdentity& identity) {
  if (!std::filesystem::exists(path)) {
    return std::nullopt;
  }
  const auto bytes = model::read_file(path);
  try {
    const auto file = model::parse_safetensors(bytes);
    if (text_of(file, "format") != kFormat) {
      throw core::ModelError("it has another format");
    }
    auto checkpoint = parse_checkpoint(file);
    check_identity(checkpoint.identity, identity, path);
    return checkpoint;
  } catch (const core::ModelError& error) {
    throw core::ModelError(fmt::format(
        "{}: not a checkpoint of vio-train fit ({}); remove it, or train without --resume", path,
        error.what()));
  } catch (const OrderedJson::exception&) {
    throw core::ModelError(
        fmt::format("{}: the checkpoint is damaged; remove it and train from the beginning", path));
  }
}

}  // namespace vio::train
