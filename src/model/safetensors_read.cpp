#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <optional>
#include <tuple>

#include "model/json.hpp"
#include "model/safetensors.hpp"
#include "vio/core/error.hpp"

namespace vio::model {

namespace {

static_assert(std::endian::native == std::endian::little, "safetensors files are little-endian");

constexpr std::size_t kLengthBytes = 8;
constexpr std::uint64_t kMaxHeaderBytes = 4 << 20;
constexpr std::size_t kMaxRank = 8;
constexpr int kMaxDepth = 5;
constexpr std::string_view kWhat = "its header";

struct TypeName {
  std::string_view name;
  ElementType type;
  std::uint64_t bytes;
};
constexpr TypeName kTypes[] = {{"F32", ElementType::f32, 4},
                               {"F64", ElementType::f64, 8},
                               {"F16", ElementType::f16, 2},
                               {"BF16", ElementType::bf16, 2}};

std::string_view header_text(std::string_view file) {
  if (file.size() < kLengthBytes) {
    throw core::ModelError(
        fmt::format("it holds {} bytes, too few for a .safetensors file", file.size()));
  }
  std::uint64_t length = 0;
  std::memcpy(&length, file.data(), kLengthBytes);
  if (length > file.size() - kLengthBytes) {
    throw core::ModelError(fmt::format(
        "it claims a header of {} bytes and holds {}: it is truncated or no .safetensors file",
        length, file.size() - kLengthBytes));
  }
  if (length > kMaxHeaderBytes) {
    throw core::ModelError(fmt::format("its header of {} bytes is longer than the {} allowed",
                                       length, kMaxHeaderBytes));
  }
  const auto text = file.substr(kLengthBytes, length);
  if (!text.starts_with('{')) {
    throw core::ModelError("its header does not begin with '{': it is no .safetensors file");
  }
  return text;
}

const TypeName& read_type(ObjectReader& fields) {
  const auto name = fields.text("dtype");
  for (const auto& type : kTypes) {
    if (type.name == name) {
      return type;
    }
  }
  fields.refuse("dtype", fmt::format("must be F32, F64, F16 or BF16, not '{}'", name));
}

std::vector<std::uint64_t> read_sizes(ObjectReader& fields, const std::string& name) {
  std::vector<std::uint64_t> sizes;
  for (const auto& item : fields.array(name)) {
    if (!item.is_number_unsigned()) {
      fields.refuse(name, "must hold whole numbers from 0 only");
    }
    sizes.push_back(item.get<std::uint64_t>());
  }
  return sizes;
}

/// Bytes of a tensor of this shape, or nothing where that is more than `limit`.
std::optional<std::uint64_t> bytes_of(const std::vector<std::uint64_t>& shape,
                                      std::uint64_t element, std::uint64_t limit) {
  if (std::find(shape.begin(), shape.end(), 0U) != shape.end()) {
    return 0;
  }
  std::uint64_t bytes = element;
  for (const auto size : shape) {
    if (size > limit / bytes) {
      return std::nullopt;
    }
    bytes *= size;
  }
  return bytes;
}

TensorEntry read_entry(const std::string& name, const Json& json, std::string_view data) {
  ObjectReader fields(json, kWhat, name);
  const auto& type = read_type(fields);
  const auto shape = read_sizes(fields, "shape");
  const auto offsets = read_sizes(fields, "data_offsets");
  fields.finish();
  if (shape.size() > kMaxRank) {
    fields.refuse("shape", fmt::format("has {} dimensions, more than {}", shape.size(), kMaxRank));
  }
  if (offsets.size() != 2 || offsets[0] > offsets[1] || offsets[1] > data.size()) {
    fields.refuse("data_offsets", fmt::format("must be two offsets in order, within the {} bytes "
                                              "of data that the file holds",
                                              data.size()));
  }
  const auto claimed = offsets[1] - offsets[0];
  if (bytes_of(shape, type.bytes, data.size()) != claimed) {
    fields.refuse("shape",
                  fmt::format("does not agree with the {} bytes of data_offsets", claimed));
  }
  TensorEntry entry{name, type.type, {}, data.substr(offsets[0], claimed)};
  for (const auto size : shape) {
    if (size > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      fields.refuse("shape", "has a dimension that is too large");
    }
    entry.shape.push_back(static_cast<std::int64_t>(size));
  }
  return entry;
}

Metadata read_metadata(const Json& json) {
  ObjectReader fields(json, kWhat, "__metadata__");
  Metadata metadata;
  for (const auto& item : json.items()) {
    metadata[item.key()] = fields.text(item.key());
  }
  return metadata;
}

void check_coverage(const std::vector<TensorEntry>& tensors, std::string_view data) {
  const char* expected = data.data();
  for (const auto& tensor : tensors) {
    if (tensor.bytes.data() != expected) {
      throw core::ModelError(fmt::format(
          "tensor '{}' {} the bytes before it: the file was not written by a "
          "safetensors library, or was damaged",
          tensor.name, tensor.bytes.data() < expected ? "overlaps" : "leaves a hole after"));
    }
    expected += tensor.bytes.size();
  }
  const auto rest = data.data() + data.size() - expected;
  if (rest != 0) {
    throw core::ModelError(fmt::format("{} bytes follow the last tensor", rest));
  }
}

}  // namespace

Safetensors parse_safetensors(std::string_view file) {
  const auto text = header_text(file);
  const auto data = file.substr(kLengthBytes + text.size());
  const Json header = parse_json(text, kWhat, kMaxDepth);
  Safetensors result;
  for (const auto& item : header.items()) {
    if (item.key() == "__metadata__") {
      result.has_metadata = true;
      result.metadata = read_metadata(item.value());
    } else {
      result.tensors.push_back(read_entry(item.key(), item.value(), data));
    }
  }
  // An empty tensor shares its offset with the next one and must come first.
  const auto place = [](const TensorEntry& entry) {
    return std::tuple(entry.bytes.data(), entry.bytes.size());
  };
  std::sort(result.tensors.begin(), result.tensors.end(),
            [&](const auto& a, const auto& b) { return place(a) < place(b); });
  check_coverage(result.tensors, data);
  return result;
}

}  // namespace vio::model
