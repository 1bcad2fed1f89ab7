#include "vio/encode/reference_cache.hpp"

#include <algorithm>
#include <list>
#include <map>
#include <mutex>
#include <span>
#include <utility>

namespace vio::encode {

namespace {

ReferenceCache::Options sane(ReferenceCache::Options options) noexcept {
  options.stride = std::max({options.stride, options.reach, std::int64_t{1}});
  options.max_blocks = std::max<std::size_t>(options.max_blocks, 1);
  return options;
}

/// A block's place in the cache. Whoever holds the lock loads it, the others wait for it; where
/// loading fails the place stays empty, and the next one tries again.
struct Slot {
  std::mutex mutex;
  std::shared_ptr<const ReferenceBlock> block;
};

}  // namespace

class ReferenceCache::State {
 public:
  State(const source::Reference& reference, const core::Alphabet& alphabet, const Options& options)
      : reference_(reference), alphabet_(alphabet), options_(sane(options)) {}

  std::shared_ptr<const ReferenceBlock> find(const hts::FastaEntry& entry, std::int64_t begin) {
    const std::int64_t number = begin / options_.stride;
    const auto slot = slot_of({&entry, number});
    const std::lock_guard lock(slot->mutex);
    if (!slot->block) slot->block = load(entry, number * options_.stride);
    return slot->block;
  }

  [[nodiscard]] const source::Reference& reference() const noexcept { return reference_; }
  [[nodiscard]] const core::Alphabet& alphabet() const noexcept { return alphabet_; }

 private:
  using Key = std::pair<const hts::FastaEntry*, std::int64_t>;  ///< contig, number of the block
  using Slots = std::list<std::pair<Key, std::shared_ptr<Slot>>>;

  /// The slot, now the most recently used; the least recently used go.
  std::shared_ptr<Slot> slot_of(const Key& key) {
    const std::lock_guard lock(mutex_);
    const auto found = by_key_.find(key);
    if (found != by_key_.end()) {
      slots_.splice(slots_.begin(), slots_, found->second);
      return slots_.front().second;
    }
    slots_.emplace_front(key, std::make_shared<Slot>());
    by_key_.emplace(key, slots_.begin());
    if (slots_.size() > options_.max_blocks) {
      by_key_.erase(slots_.back().first);
      slots_.pop_back();
    }
    return slots_.front().second;
  }

  [[nodiscard]] std::shared_ptr<const ReferenceBlock> load(const hts::FastaEntry& entry,
                                                           std::int64_t begin) const {
    const auto end = std::min(begin + options_.stride + options_.reach, entry.length);
    auto loaded = std::make_shared<ReferenceBlock>();
    loaded->begin = begin;
    loaded->symbols = reference_.read(entry, begin, end);
    loaded->block.codes.resize(loaded->symbols.size());
    alphabet_.encode(loaded->symbols, loaded->block.codes);
    return loaded;
  }

  const source::Reference& reference_;
  core::Alphabet alphabet_;
  Options options_;
  std::mutex mutex_;  ///< of what follows; never held while a block is read
  Slots slots_;       ///< most recently used first
  std::map<Key, Slots::iterator> by_key_;
};

ReferenceCache::ReferenceCache(const source::Reference& reference, const core::Alphabet& alphabet,
                               const Options& options)
    : state_(std::make_unique<State>(reference, alphabet, options)) {}

ReferenceCache::~ReferenceCache() = default;

std::shared_ptr<const ReferenceBlock> ReferenceCache::find(const hts::FastaEntry& entry,
                                                           std::int64_t begin) {
  return state_->find(entry, begin);
}

const source::Reference& ReferenceCache::reference() const noexcept {
  return state_->reference();
}

const core::Alphabet& ReferenceCache::alphabet() const noexcept {
  return state_->alphabet();
}

}  // namespace vio::encode
