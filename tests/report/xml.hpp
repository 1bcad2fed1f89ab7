#pragma once

#include <cctype>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace vio::test {

/// One element of a document: its name, and its attributes as they stand.
struct XmlElement {
  std::string name;
  std::string attributes;
};

/// Reads the small part of XML that our charts use, strictly: tags that nest and close, quoted
/// attributes, the five entities and numbered ones.
class XmlReader {
 public:
  explicit XmlReader(std::string_view text) : text_(text) {}

  /// Every element, in the order of their start tags. Throws std::runtime_error where the text is
  /// not one well-formed element.
  std::vector<XmlElement> read() {
    while (at_ < text_.size()) {
      if (text_[at_] == '<') {
        tag();
      } else {
        content();
      }
    }
    require(open_.empty() && !elements_.empty(), "an element is not closed");
    return elements_;
  }

 private:
  static void require(bool truth, const char* what) {
    if (!truth) throw std::runtime_error(what);
  }

  void content() {
    const auto end = std::min(text_.find('<', at_), text_.size());
    const auto text = text_.substr(at_, end - at_);
    if (open_.empty()) {
      require(text.find_first_not_of(" \n") == std::string_view::npos, "text outside");
    }
    check_text(text);
    at_ = end;
  }

  static void check_text(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      require(byte >= ' ' || byte == '\n' || byte == '\t' || byte == '\r', "a control character");
      require(byte != '<' && byte != '>', "a bare angle bracket");
      if (byte != '&') continue;
      const auto end = text.find(';', i);
      require(end != std::string_view::npos, "a bare ampersand");
      const auto name = text.substr(i + 1, end - i - 1);
      const bool known = name == "amp" || name == "lt" || name == "gt" || name == "quot" ||
                         (name.size() > 1 && name.front() == '#');
      require(known, "an unknown entity");
    }
  }

  void tag() {
    const auto end = text_.find('>', at_);
    require(end != std::string_view::npos, "a tag without an end");
    auto tag = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    if (tag.front() == '/') {
      require(!open_.empty() && open_.back() == tag.substr(1), "tags do not nest");
      open_.pop_back();
      return;
    }
    require(!open_.empty() || elements_.empty(), "more than one element");
    const bool closed = tag.back() == '/';
    if (closed) tag.remove_suffix(1);
    const auto name = tag.substr(0, std::min(tag.find(' '), tag.size()));
    check_attributes(tag.substr(name.size()));
    elements_.push_back({std::string(name), std::string(tag.substr(name.size()))});
    if (!closed) open_.emplace_back(name);
  }

  static void check_attributes(std::string_view text) {
    std::vector<std::string_view> seen;
    while (!text.empty()) {
      require(text.front() == ' ', "no blank before an attribute");
      const auto equals = text.find("=\"");
      require(equals != std::string_view::npos, "an attribute without a value");
      const auto end = text.find('"', equals + 2);
      require(end != std::string_view::npos, "a quote that never closes");
      const auto name = text.substr(1, equals - 1);
      for (const auto other : seen) require(other != name, "an attribute twice");
      seen.push_back(name);
      check_text(text.substr(equals + 2, end - equals - 2));
      text.remove_prefix(end + 1);
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<std::string> open_;
  std::vector<XmlElement> elements_;
};

inline std::vector<XmlElement> parse_xml(std::string_view text) {
  return XmlReader(text).read();
}

/// Elements of this name that have `attribute` among their attributes.
inline std::size_t count_elements(std::string_view svg, std::string_view name,
                                  std::string_view attribute) {
  std::size_t count = 0;
  for (const auto& element : parse_xml(svg)) {
    if (element.name == name && element.attributes.find(attribute) != std::string::npos) ++count;
  }
  return count;
}

/// The value of an attribute of the `index`-th element of this name that has `marker`.
inline double attribute_of(std::string_view svg, std::string_view name, std::string_view marker,
                           std::string_view attribute, std::size_t index = 0) {
  for (const auto& element : parse_xml(svg)) {
    if (element.name != name || element.attributes.find(marker) == std::string::npos) continue;
    if (index-- > 0) continue;
    const auto start = " " + std::string(attribute) + "=\"";
    const auto at = element.attributes.find(start);
    if (at == std::string::npos) throw std::runtime_error("no such attribute");
    return std::stod(element.attributes.substr(at + start.size()));
  }
  throw std::runtime_error("no such element");
}

}  // namespace vio::test
