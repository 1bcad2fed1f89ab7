// What the model says: label, score, probabilities, entropy.
#include <fmt/format.h>

#include <iterator>

#include "vio/annotate/class_name.hpp"
#include "vio/annotate/field.hpp"

namespace vio::annotate {

namespace {

class Label final : public Field {
 public:
  explicit Label(const Classes& classes) {
    for (const auto& name : classes) {
      names_.push_back(tsv_class_name(name));
    }
  }
  std::string header() const override { return "label"; }
  void append(std::string& out, const Row& row) const override {
    out += row.probabilities.empty() ? "." : names_[top_class(row.probabilities)];
  }

 private:
  Classes names_;
};

class Score final : public Field {
 public:
  std::string header() const override { return "score"; }
  void append(std::string& out, const Row& row) const override {
    if (row.probabilities.empty()) {
      out += '.';
    } else {
      append_millionths(out, row.probabilities[top_class(row.probabilities)]);
    }
  }
};

class Probabilities final : public Field {
 public:
  explicit Probabilities(Classes classes) : classes_(std::move(classes)) {}
  std::string header() const override {
    std::string columns;
    for (const auto& name : classes_) {
      columns += fmt::format("{}p_{}", columns.empty() ? "" : "\t", tsv_class_name(name));
    }
    return columns;
  }
  void append(std::string& out, const Row& row) const override {
    for (std::size_t i = 0; i < classes_.size(); ++i) {
      if (i > 0) {
        out += '\t';
      }
      if (row.probabilities.empty()) {
        out += '.';
      } else {
        append_millionths(out, row.probabilities[i]);
      }
    }
  }

 private:
  Classes classes_;
};

class Entropy final : public Field {
 public:
  std::string header() const override { return "entropy"; }
  void append(std::string& out, const Row& row) const override {
    if (row.probabilities.empty()) {
      out += '.';
    } else {
      append_millionths(out, static_cast<Millionths>(row.entropy));
    }
  }
};

}  // namespace

std::unique_ptr<const Field> label_field(const Classes& classes) {
  return std::make_unique<Label>(classes);
}
std::unique_ptr<const Field> score_field() {
  return std::make_unique<Score>();
}
std::unique_ptr<const Field> probabilities_field(Classes classes) {
  return std::make_unique<Probabilities>(std::move(classes));
}
std::unique_ptr<const Field> entropy_field() {
  return std::make_unique<Entropy>();
}

}  // namespace vio::annotate
