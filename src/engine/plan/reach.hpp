#pragma once

#include <cstdint>
#include <vector>

#include "vio/model/spec.hpp"

namespace vio::engine {

/// How far one symbol reaches, in positions on each side, layer by layer: [0] after the stem,
/// [i + 1] after block i.
class Reach {
 public:
  /// The first `folded` blocks count as part of the stem.
  explicit Reach(const model::Spec& spec, std::size_t folded = 0);

  [[nodiscard]] std::int64_t after(std::size_t layer) const { return after_[layer]; }
  [[nodiscard]] std::size_t layers() const noexcept { return after_.size(); }
  /// That of layer `layer` alone.
  [[nodiscard]] std::int64_t of(std::size_t layer) const {
    return layer == 0 ? after_[0] : after_[layer] - after_[layer - 1];
  }
  /// The largest of those.
  [[nodiscard]] std::int64_t widest() const;
  /// What a layer reads on either side of a symbol to give all that the symbol reaches.
  [[nodiscard]] std::int64_t read_by(std::size_t layer) const { return after(layer) + of(layer); }
  /// The largest of those.
  [[nodiscard]] std::int64_t widest_read() const;
  /// That of the final features, R.
  [[nodiscard]] std::int64_t radius() const noexcept { return after_.back(); }
  /// The mean over layers of the positions that a window's edge changes: what an edge costs.
  [[nodiscard]] double edge() const noexcept { return edge_; }

 private:
  std::vector<std::int64_t> after_;
  double edge_ = 0;
};

}  // namespace vio::engine
