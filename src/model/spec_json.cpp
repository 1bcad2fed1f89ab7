#include <fmt/format.h>

#include <array>
#include <stdexcept>
#include <utility>

#include "model/json.hpp"
#include "model/printable.hpp"
#include "vio/core/error.hpp"
#include "vio/model/spec.hpp"

namespace vio::model {

namespace {

constexpr int kMaxDepth = 6;
constexpr std::string_view kWhat = "the model's spec";

constexpr std::array kBlockKinds{
    std::pair{BlockSpec::Kind::gated, std::string_view("gated")},
    std::pair{BlockSpec::Kind::residual, std::string_view("residual")}};
constexpr std::array kPoolKinds{
    std::pair{PoolKind::mean, std::string_view("mean")},
    std::pair{PoolKind::sum, std::string_view("sum")},
    std::pair{PoolKind::max, std::string_view("max")},
    std::pair{PoolKind::log_sum_exp, std::string_view("log_sum_exp")},
    std::pair{PoolKind::attention, std::string_view("attention")},
};
constexpr std::array kCuts{std::pair{LengthSpec::Cut::mask, std::string_view("mask")},
                           std::pair{LengthSpec::Cut::keep, std::string_view("keep")}};

template <typename Table, typename Value>
std::string name_of(const Table& table, Value wanted) {
  for (const auto& [value, name] : table) {
    if (value == wanted) {
      return std::string(name);
    }
  }
  throw core::InternalError("a value of the model's spec has no name in JSON");
}

template <typename Table>
auto value_of(const Table& table, const std::string& wanted, std::string_view field) {
  std::string known;
  for (const auto& [value, name] : table) {
    if (name == wanted) {
      return value;
    }
    known += fmt::format("{}{}", known.empty() ? "" : ", ", name);
  }
  throw core::ModelError(
      fmt::format("field '{}' of {} must be one of {}, not '{}'", field, kWhat, known, wanted));
}

OrderedJson write_alphabet(const core::Alphabet& alphabet) {
  if (alphabet.name() == "custom") {
    return {{"symbols", alphabet.symbols()}};
  }
  return alphabet.name();
}

core::Alphabet read_alphabet(ObjectReader& spec) {
  const auto& value = spec.value("alphabet");
  try {
    if (value.is_object()) {
      auto custom = spec.object("alphabet");
      const auto symbols = custom.text("symbols");
      custom.finish();
      return core::Alphabet::custom(symbols);
    }
    const auto name = spec.text("alphabet");
    if (name == "dna" || name == "rna" || name == "protein") {
      return core::Alphabet::named(name);
    }
  } catch (const std::invalid_argument& error) {
    spec.refuse("alphabet", fmt::format("is wrong: {}", error.what()));
  }
  spec.refuse("alphabet", R"(must be "dna", "rna", "protein" or {"symbols": "..."})");
}

/// Files from before there were ranges don't have their field, and are written as they were.
OrderedJson write_length(const LengthSpec& length) {
  OrderedJson json{{"enabled", length.enabled}, {"cut", name_of(kCuts, length.cut)}};
  if (length.range_levels != 0) {
    json["range_levels"] = length.range_levels;
  }
  return json;
}

OrderedJson write_block(const BlockSpec& block) {
  OrderedJson json{{"kind", name_of(kBlockKinds, block.kind)},
                   {"kernel", block.kernel},
                   {"dilation", block.dilation}};
  if (block.kind == BlockSpec::Kind::residual) {
    json["width"] = block.width;
  }
  return json;
}

BlockSpec read_block(const Json& json, std::size_t index) {
  const auto path = fmt::format("blocks[{}]", index);
  ObjectReader fields(json, kWhat, path);
  BlockSpec block;
  block.kind = value_of(kBlockKinds, fields.text("kind"), path + ".kind");
  block.kernel = fields.integer("kernel");
  block.dilation = fields.integer("dilation");
  if (block.kind == BlockSpec::Kind::residual) {
    block.width = fields.integer("width");
  }
  fields.finish();
  return block;
}

OrderedJson write_pooling(const PoolingSpec& pooling) {
  auto kinds = OrderedJson::array();
  for (const auto kind : pooling.kinds) {
    kinds.push_back(name_of(kPoolKinds, kind));
  }
  return {{"kinds", kinds},
          {"over_padding", pooling.over_padding},
          {"heads", pooling.heads},
          {"score_bound", pooling.score_bound}};
}

std::vector<std::string> read_strings(ObjectReader& fields, const std::string& name) {
  std::vector<std::string> strings;
  for (const auto& item : fields.array(name)) {
    if (!item.is_string()) {
      fields.refuse(name, fmt::format("must hold strings only, not {}", item.type_name()));
    }
    strings.push_back(item.get<std::string>());
  }
  return strings;
}

PoolingSpec read_pooling(ObjectReader fields) {
  PoolingSpec pooling;
  pooling.kinds.clear();
  for (const auto& name : read_strings(fields, "kinds")) {
    pooling.kinds.push_back(value_of(kPoolKinds, name, "pooling.kinds"));
  }
  pooling.over_padding = fields.boolean("over_padding");
  pooling.heads = fields.integer("heads");
  pooling.score_bound = fields.number("score_bound");
  fields.finish();
  return pooling;
}

LengthSpec read_length(ObjectReader fields) {
  LengthSpec length;
  length.enabled = fields.boolean("enabled");
  length.cut = value_of(kCuts, fields.text("cut"), "length.cut");
  if (fields.has("range_levels")) {
    length.range_levels = fields.integer("range_levels");
  }
  fields.finish();
  return length;
}

HeadSpec read_head(ObjectReader fields) {
  HeadSpec head;
  head.norm = fields.boolean("norm");
  head.hidden = fields.integer("hidden");
  fields.finish();
  return head;
}

WordSpec read_words(ObjectReader fields) {
  WordSpec words;
  words.length = fields.integer("length");
  fields.finish();
  return words;
}

Spec read_spec(std::string_view json) {
  const Json document = parse_json(json, kWhat, kMaxDepth);
  ObjectReader fields(document, kWhat, "");
  Spec spec;
  spec.alphabet = read_alphabet(fields);
  spec.unknown_channel = fields.boolean("unknown_channel");
  spec.window = fields.integer("window");
  spec.fixed_window = fields.boolean("fixed_window");
  spec.channels = fields.integer("channels");
  spec.stem_kernel = fields.integer("stem_kernel");
  for (const auto& block : fields.array("blocks")) {
    spec.blocks.push_back(read_block(block, spec.blocks.size()));
  }
  spec.final_norm = fields.boolean("final_norm");
  spec.pooling = read_pooling(fields.object("pooling"));
  spec.length = read_length(fields.object("length"));
  spec.head = read_head(fields.object("head"));
  if (fields.has("words")) {
    spec.words = read_words(fields.object("words"));
  }
  spec.classes = read_strings(fields, "classes");
  fields.finish();
  validate(spec);
  return spec;
}

}  // namespace

std::string spec_to_json(const Spec& spec) {
  OrderedJson json;
  json["alphabet"] = write_alphabet(spec.alphabet);
  json["unknown_channel"] = spec.unknown_channel;
  json["window"] = spec.window;
  json["fixed_window"] = spec.fixed_window;
  json["channels"] = spec.channels;
  json["stem_kernel"] = spec.stem_kernel;
  json["blocks"] = OrderedJson::array();
  for (const auto& block : spec.blocks) {
    json["blocks"].push_back(write_block(block));
  }
  json["final_norm"] = spec.final_norm;
  json["pooling"] = write_pooling(spec.pooling);
  json["length"] = write_length(spec.length);
  json["head"] = {{"norm", spec.head.norm}, {"hidden", spec.head.hidden}};
  if (spec.words.length != 0) {
    json["words"] = {{"length", spec.words.length}};
  }
  json["classes"] = spec.classes;
  return dump_json(json, kWhat);
}

Spec parse_spec(std::string_view json) {
  try {
    return read_spec(json);
  } catch (const core::ModelError& error) {
    throw core::ModelError(printable(error.what()));
  }
}

}  // namespace vio::model
