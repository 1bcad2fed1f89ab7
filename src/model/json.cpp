#include "model/json.hpp"

#include <fmt/format.h>

#include <limits>
#include <vector>

#include "vio/core/error.hpp"

namespace vio::model {

namespace {

/// Watches the parser's events for what a JSON library lets pass.
class ParseGuard {
 public:
  ParseGuard(std::string_view what, int max_depth) : what_(what), max_depth_(max_depth) {}

  void check(int depth, Json::parse_event_t event, const Json& parsed) {
    if (depth > max_depth_) {
      throw core::ModelError(fmt::format(
          "{} nests deeper than {} levels of JSON, which no model needs", what_, max_depth_));
    }
    switch (event) {
      case Json::parse_event_t::object_start:
        names_.emplace_back();
        break;
      case Json::parse_event_t::object_end:
        names_.pop_back();
        break;
      case Json::parse_event_t::key:
        check_name(parsed.get_ref<const std::string&>());
        break;
      default:
        break;
    }
  }

 private:
  void check_name(const std::string& name) {
    if (!names_.back().insert(name).second) {
      throw core::ModelError(fmt::format("{} has the name '{}' twice", what_, name));
    }
  }

  std::string_view what_;
  int max_depth_;
  std::vector<std::set<std::string>> names_;
};

}  // namespace

Json parse_json(std::string_view text, std::string_view what, int max_depth) {
  ParseGuard guard(what, max_depth);
  try {
    return Json::parse(text.begin(), text.end(),
                       [&](int depth, Json::parse_event_t event, Json& parsed) {
                         guard.check(depth, event, parsed);
                         return true;
                       });
  } catch (const Json::exception& error) {
    throw core::ModelError(fmt::format("{} is not valid JSON ({})", what, error.what()));
  }
}

std::string dump_json(const OrderedJson& json, std::string_view what) {
  try {
    return json.dump();
  } catch (const OrderedJson::exception& error) {
    throw core::ModelError(fmt::format("{} holds text that is not UTF-8 and cannot be written ({})",
                                       what, error.what()));
  }
}

ObjectReader::ObjectReader(const Json& object, std::string_view what, std::string path)
    : object_(object), what_(what), path_(std::move(path)) {
  if (!object_.is_object()) {
    throw core::ModelError(
        path_.empty() ? fmt::format("{} must be a JSON object, not {}", what_, object_.type_name())
                      : fmt::format("field '{}' of {} must be a JSON object, not {}", path_, what_,
                                    object_.type_name()));
  }
}

void ObjectReader::refuse(const std::string& name, std::string_view problem) const {
  const auto field = path_.empty() ? name : path_ + "." + name;
  throw core::ModelError(fmt::format("field '{}' of {} {}", field, what_, problem));
}

const Json& ObjectReader::value(const std::string& name) {
  const auto found = object_.find(name);
  if (found == object_.end()) {
    refuse(name, "is missing");
  }
  read_.insert(name);
  return *found;
}

bool ObjectReader::boolean(const std::string& name) {
  const auto& field = value(name);
  if (!field.is_boolean()) {
    refuse(name, fmt::format("must be true or false, not {}", field.type_name()));
  }
  return field.get<bool>();
}

int ObjectReader::integer(const std::string& name) {
  const auto& field = value(name);
  if (!field.is_number_integer()) {
    refuse(name, "must be a whole number");
  }
  constexpr int kMax = std::numeric_limits<int>::max();
  const bool fits = field.is_number_unsigned()
                        ? field.get<std::uint64_t>() <= static_cast<std::uint64_t>(kMax)
                        : field.get<std::int64_t>() >= -kMax;
  if (!fits) {
    refuse(name, fmt::format("must be from {} to {}", -kMax, kMax));
  }
  return field.get<int>();
}

double ObjectReader::number(const std::string& name) {
  const auto& field = value(name);
  if (!field.is_number()) {
    refuse(name, fmt::format("must be a number, not {}", field.type_name()));
  }
  return field.get<double>();
}

std::string ObjectReader::text(const std::string& name) {
  const auto& field = value(name);
  if (!field.is_string()) {
    refuse(name, fmt::format("must be a string, not {}", field.type_name()));
  }
  return field.get<std::string>();
}

const Json& ObjectReader::array(const std::string& name) {
  const auto& field = value(name);
  if (!field.is_array()) {
    refuse(name, fmt::format("must be an array, not {}", field.type_name()));
  }
  return field;
}

ObjectReader ObjectReader::object(const std::string& name) {
  return {value(name), what_, path_.empty() ? name : path_ + "." + name};
}

void ObjectReader::finish() const {
  for (const auto& item : object_.items()) {
    if (!read_.contains(item.key())) {
      refuse(item.key(), "is unknown: the file may come from a newer version of vio-annotate");
    }
  }
}

}  // namespace vio::model
