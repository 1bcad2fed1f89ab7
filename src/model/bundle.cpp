#include <fmt/format.h>

#include <array>
#include <utility>

#include "model/card.hpp"
#include "model/file.hpp"
#include "model/printable.hpp"
#include "model/safetensors.hpp"
#include "model/sha256.hpp"
#include "vio/core/error.hpp"
#include "vio/model/model.hpp"

namespace vio::model {

namespace {

constexpr std::string_view kFormat = "vio";
constexpr std::string_view kFormatVersion = "1";

const std::string* find(const Metadata& metadata, std::string_view key) {
  const auto found = metadata.find(key);
  return found == metadata.end() ? nullptr : &found->second;
}

const std::string& demand(const Metadata& metadata, std::string_view key) {
  if (const auto* value = find(metadata, key)) {
    return *value;
  }
  throw core::ModelError(fmt::format("its metadata lacks '{}'", key));
}

void check_format(const Safetensors& file) {
  const auto* format = find(file.metadata, "format");
  if (format == nullptr || *format != kFormat) {
    throw core::ModelError(
        "it is a .safetensors file without a VIO spec: turn weights into a model with "
        "`vio-train import`");
  }
  if (const auto& version = demand(file.metadata, "format_version"); version != kFormatVersion) {
    throw core::ModelError(fmt::format(
        "it has format version '{}' and this program reads version {}: use a newer vio-annotate",
        version, kFormatVersion));
  }
}

TensorMap decode_all(const Safetensors& file) {
  TensorMap tensors;
  for (const auto& entry : file.tensors) {
    tensors.emplace(entry.name, decode_tensor(entry));
  }
  return tensors;
}

Model parse_model(std::string_view bytes) {
  const auto file = parse_safetensors(bytes);
  check_format(file);
  Model model;
  model.spec = parse_spec(demand(file.metadata, "spec"));
  if (const auto* card = find(file.metadata, "card")) {
    model.card = parse_card(*card);
  }
  for (const auto& entry : file.tensors) {
    if (entry.type != ElementType::f32) {
      throw core::ModelError(
          fmt::format("tensor '{}' is not F32, as all tensors of a model are", entry.name));
    }
  }
  model.tensors = decode_all(file);
  check_tensors(model.spec, model.tensors, "its weights do not fit its spec");
  return model;
}

/// Runs `parse` on the file's bytes, and puts the file's name before what it complains about.
template <typename Parse>
auto parse_file(const std::filesystem::path& file, Parse parse) {
  const auto bytes = read_file(file);
  try {
    return parse(std::string_view(bytes));
  } catch (const core::ModelError& error) {
    throw core::ModelError(
        fmt::format("model file {} cannot be used: {}", file.string(), printable(error.what())));
  }
}

}  // namespace

Model load_model(const std::filesystem::path& file) {
  return parse_file(file, [&](std::string_view bytes) {
    auto model = parse_model(bytes);
    model.sha256 = sha256(bytes);
    if (model.card.name.empty()) {
      model.card.name = file.stem().string();
    }
    return model;
  });
}

TensorMap load_tensors(const std::filesystem::path& file) {
  return parse_file(file,
                    [](std::string_view bytes) { return decode_all(parse_safetensors(bytes)); });
}

std::string serialize_model(const Model& model) {
  validate(model.spec);
  check_tensors(model.spec, model.tensors, fmt::format("model '{}'", model.card.name));
  const std::array<std::pair<std::string, std::string>, 4> metadata{{
      {"format", std::string(kFormat)},
      {"format_version", std::string(kFormatVersion)},
      {"spec", spec_to_json(model.spec)},
      {"card", card_to_json(model.card)},
  }};
  const auto shapes = tensor_shapes(model.spec);
  std::vector<NamedTensor> tensors;
  tensors.reserve(shapes.size());
  for (const auto& shape : shapes) {
    tensors.push_back({shape.name, &model.tensors.find(shape.name)->second});
  }
  return write_safetensors(metadata, tensors);
}

void save_model(const Model& model, const std::filesystem::path& file) {
  write_file(file, serialize_model(model));
}

}  // namespace vio::model
