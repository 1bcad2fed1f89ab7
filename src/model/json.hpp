#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>

namespace vio::model {

using Json = nlohmann::json;
/// For writing only: reading a long object into it takes quadratic time.
using OrderedJson = nlohmann::ordered_json;

/// Parses JSON from a file that nobody vouches for: duplicate names and nesting beyond `max_depth`
/// are refused. Throws core::ModelError, beginning with `what` ("the header", "the spec").
[[nodiscard]] Json parse_json(std::string_view text, std::string_view what, int max_depth);

/// JSON on one line. Throws core::ModelError where a string is not UTF-8.
[[nodiscard]] std::string dump_json(const OrderedJson& json, std::string_view what);

/// Reads the fields of one JSON object by name and type, and remembers which were read. Every
/// function throws core::ModelError naming the field, as `path.name`.
class ObjectReader {
 public:
  /// `path` names the object in messages; empty for the outermost.
  ObjectReader(const Json& object, std::string_view what, std::string path);

  /// Whether the object has the field; for those that may be left out.
  [[nodiscard]] bool has(const std::string& name) const { return object_.contains(name); }
  [[nodiscard]] const Json& value(const std::string& name);
  [[nodiscard]] bool boolean(const std::string& name);
  [[nodiscard]] int integer(const std::string& name);
  [[nodiscard]] double number(const std::string& name);
  [[nodiscard]] std::string text(const std::string& name);
  [[nodiscard]] const Json& array(const std::string& name);
  [[nodiscard]] ObjectReader object(const std::string& name);

  /// Refuses fields that nobody read.
  void finish() const;

  [[noreturn]] void refuse(const std::string& name, std::string_view problem) const;

 private:
  const Json& object_;
  std::string_view what_;
  std::string path_;
  std::set<std::string> read_;
};

}  // namespace vio::model
