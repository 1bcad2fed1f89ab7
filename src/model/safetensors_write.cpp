#include <bit>
#include <cstring>

#include "model/json.hpp"
#include "model/safetensors.hpp"

namespace vio::model {

namespace {

static_assert(std::endian::native == std::endian::little, "safetensors files are little-endian");

// The format asks that the data begin at a multiple of this; spaces after the header see to it.
constexpr std::size_t kAlignment = 8;

std::string header(std::span<const std::pair<std::string, std::string>> metadata,
                   std::span<const NamedTensor> tensors) {
  OrderedJson json;
  auto& described = json["__metadata__"] = OrderedJson::object();
  for (const auto& [key, value] : metadata) {
    described[key] = value;
  }
  std::size_t offset = 0;
  for (const auto& [name, tensor] : tensors) {
    const std::size_t end = offset + tensor->values.size() * sizeof(float);
    json[std::string(name)] = {
        {"dtype", "F32"}, {"shape", tensor->shape}, {"data_offsets", {offset, end}}};
    offset = end;
  }
  auto text = dump_json(json, "the model's metadata");
  text.append((kAlignment - text.size() % kAlignment) % kAlignment, ' ');
  return text;
}

void append_bytes(std::string& out, const void* data, std::size_t size) {
  out.append(static_cast<const char*>(data), size);
}

}  // namespace

std::string write_safetensors(std::span<const std::pair<std::string, std::string>> metadata,
                              std::span<const NamedTensor> tensors) {
  const auto text = header(metadata, tensors);
  const std::uint64_t length = text.size();
  std::string bytes;
  append_bytes(bytes, &length, sizeof(length));
  bytes += text;
  for (const auto& named : tensors) {
    const auto& values = named.tensor->values;
    append_bytes(bytes, values.data(), values.size() * sizeof(float));
  }
  return bytes;
}

}  // namespace vio::model
