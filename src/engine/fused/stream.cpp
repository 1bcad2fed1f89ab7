#include "engine/fused/stream.hpp"

#include <algorithm>

namespace vio::engine::fused {

namespace {

/// Positions that rows hold beside those that must stay: sliding them costs little then.
constexpr std::int64_t kRoom = 1024;

/// Calls work(first, count) for runs of at most kChunk positions.
template <typename Work>
void for_chunks(std::int64_t begin, std::int64_t end, Work work) {
  for (auto first = begin; first < end; first += kChunk) {
    work(first, static_cast<std::size_t>(std::min(kChunk, end - first)));
  }
}

}  // namespace

template <typename Visit>
void Stream::for_rows(Visit visit) {
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    visit(layers_[i].x, stack_.units);
    if (i == stack_.blocks.size()) {
      break;
    }
    const auto& block = stack_.blocks[i];
    if (block.kind == model::BlockSpec::Kind::residual) {
      visit(layers_[i].value, block.depth_conv.units);
    }
    if (block.kind == model::BlockSpec::Kind::residual || keep_gates_) {
      visit(layers_[i].gate, block.depth_conv.units);
    }
  }
  if (!stack_.final_norm.empty()) {
    visit(final_, stack_.units);
  }
}

void Stream::start(const core::Code* codes, std::int64_t length, std::int64_t keep,
                   bool keep_gates) {
  codes_ = codes;
  length_ = length;
  keep_ = keep;
  keep_gates_ = keep_gates;
  done_ = 0;
  flops_ = 0;
  const auto halo = stack_.reach();
  origin_ = -halo;
  capacity_ = std::min(length, keep + reach_.radius() + kRoom) + 2 * halo;
  for_rows([&](Rows& rows, std::size_t units) {
    rows.reset(units, origin_, capacity_);
    rows.zero(-halo, 0);
  });
  chunk_.resize(static_cast<std::size_t>(kChunk) * stack_.widest * kUnit);
}

std::int64_t Stream::needed(std::size_t layer, std::int64_t until) const noexcept {
  return until == 0 ? 0 : std::min(length_, until + reach_.radius() - reach_.after(layer));
}

void Stream::make_room(std::int64_t until) {
  const auto halo = stack_.reach();
  if (needed(0, until) + halo <= origin_ + capacity_) {
    return;
  }
  const auto known = needed(0, done_);
  origin_ = std::max(origin_, done_ - keep_ - halo);
  for_rows([&](Rows& rows, std::size_t /*units*/) { rows.slide(origin_, known); });
}

void Stream::gated(std::size_t index, std::int64_t begin, std::int64_t end) {
  const auto& block = stack_.blocks[index];
  const auto& x = layers_[index].x;
  auto& gate = layers_[index].gate;
  for_chunks(begin, end, [&](std::int64_t first, std::size_t count) {
    float* const gates = keep_gates_ ? gate.at(first) : chunk_.data();
    kernels_.linear_sigmoid(block.gate, x.at(first), x.stride(), count, gates);
    kernels_.mix(block.depth_conv, x.at(first), gates, count, chunk_.data());
    kernels_.norm(block.norm, chunk_.data(), count, layers_[index + 1].x.at(first));
  });
}

void Stream::expand(std::size_t index, std::int64_t begin, std::int64_t end) {
  const auto& block = stack_.blocks[index];
  auto& layer = layers_[index];
  for_chunks(begin, end, [&](std::int64_t first, std::size_t count) {
    kernels_.norm(block.norm, layer.x.at(first), count, chunk_.data());
    kernels_.linear(block.value, chunk_.data(), layer.x.stride(), count, layer.value.at(first));
    kernels_.linear_sigmoid(block.gate, chunk_.data(), layer.x.stride(), count,
                            layer.gate.at(first));
  });
}

void Stream::mix(std::size_t index, std::int64_t begin, std::int64_t end) {
  const auto& block = stack_.blocks[index];
  const auto& layer = layers_[index];
  auto& next = layers_[index + 1].x;
  for_chunks(begin, end, [&](std::int64_t first, std::size_t count) {
    kernels_.mix(block.depth_conv, layer.value.at(first), layer.gate.at(first), count,
                 chunk_.data());
    std::copy_n(layer.x.at(first), count * next.stride(), next.at(first));
    kernels_.linear_add(block.project, chunk_.data(), layer.value.stride(), count, next.at(first));
  });
}

void Stream::advance(std::int64_t until) {
  make_room(until);
  const auto halo = stack_.reach();
  const auto grow = [&](std::size_t layer) {
    return std::pair(needed(layer, done_), needed(layer, until));
  };
  const auto [stem_begin, stem_end] = grow(0);
  kernels_.stem(stack_.stem, codes_ + stem_begin, static_cast<std::size_t>(stem_end - stem_begin),
                layers_[0].x.at(stem_begin));
  flops_ += static_cast<std::uint64_t>(stem_end - stem_begin) * stack_.stem_flops;
  for (std::size_t i = 0; i < stack_.blocks.size(); ++i) {
    const auto& block = stack_.blocks[i];
    const auto [read_begin, read_end] = grow(i);
    const auto [begin, end] = grow(i + 1);
    const bool residual = block.kind == model::BlockSpec::Kind::residual;
    if (residual) {
      expand(i, read_begin, read_end);
    }
    if (read_end == length_) {
      (residual ? layers_[i].value : layers_[i].x).zero(length_, length_ + halo);
    }
    residual ? mix(i, begin, end) : gated(i, begin, end);
    flops_ += static_cast<std::uint64_t>(read_end - read_begin) * block.expand_flops +
              static_cast<std::uint64_t>(end - begin) * block.mix_flops;
  }
  for (const auto& norm : stack_.final_norm) {
    kernels_.norm(norm, layers_.back().x.at(done_), static_cast<std::size_t>(until - done_),
                  final_.at(done_));
  }
  done_ = until;
}

}  // namespace vio::engine::fused
