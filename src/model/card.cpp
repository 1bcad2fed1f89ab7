#include "model/card.hpp"

#include <algorithm>

#include "model/json.hpp"
#include "vio/core/error.hpp"

namespace vio::model {

namespace {

constexpr int kMaxDepth = 32;
constexpr std::string_view kWhat = "the model's card";
constexpr std::string_view kMetrics = "the card's metrics";

struct TextField {
  const char* name;
  std::string Card::*value;
};
constexpr TextField kTextFields[] = {
    {"name", &Card::name},       {"description", &Card::description},
    {"license", &Card::license}, {"trained_on", &Card::trained_on},
    {"limits", &Card::limits},
};

// A name goes into headers of outputs, where a line break would forge a line.
void check_name(const std::string& name) {
  const bool plain = std::all_of(name.begin(), name.end(), [](char symbol) {
    return static_cast<unsigned char>(symbol) >= 0x20 && symbol != 0x7f;
  });
  if (!plain) {
    throw core::ModelError(
        "field 'name' of the model's card has line breaks or other control "
        "characters: give the model a plain name");
  }
}

}  // namespace

std::string card_to_json(const Card& card) {
  check_name(card.name);
  OrderedJson json;
  for (const auto& field : kTextFields) {
    json[field.name] = card.*field.value;
  }
  const auto metrics = card.metrics_json.empty()
                           ? Json::object()
                           : parse_json(card.metrics_json, kMetrics, kMaxDepth);
  if (!metrics.is_object()) {
    throw core::ModelError("the card's metrics must be a JSON object");
  }
  json["metrics"] = metrics;
  return dump_json(json, kWhat);
}

Card parse_card(std::string_view json) {
  const Json document = parse_json(json, kWhat, kMaxDepth + 1);
  ObjectReader fields(document, kWhat, "");
  Card card;
  for (const auto& field : kTextFields) {
    if (document.contains(field.name)) {
      card.*field.value = fields.text(field.name);
    }
  }
  check_name(card.name);
  const bool measured = document.contains("metrics");
  if (measured && !document["metrics"].is_object()) {
    fields.refuse("metrics", "must be a JSON object");
  }
  card.metrics_json = measured ? document["metrics"].dump() : "{}";
  return card;
}

}  // namespace vio::model
