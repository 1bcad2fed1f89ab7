#include "vio/encode/reference_cache.hpp"

#include <algorithm>
#include <atomic>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include "catch.hpp"
#include "hts/test_files.hpp"
#include "support/memory_source.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using encode::ReferenceBlock;
using encode::ReferenceCache;
using test::write_file;

namespace {

/// Contigs `a`, `b`, ... of a FASTA file with lines of 60.
class Genome {
 public:
  explicit Genome(const std::vector<std::string>& contigs) : contigs_(contigs) {
    char name = 'a';
    for (const auto& contig : contigs_) {
      text_ += std::string(">") + name++ + "\n";
      for (std::size_t i = 0; i < contig.size(); i += 60) text_ += contig.substr(i, 60) + "\n";
    }
    path_ = write_file(folder_.file("x.fa"), text_);
    reference_ = std::make_unique<source::Reference>(path_);
  }

  [[nodiscard]] const source::Reference& reference() const noexcept { return *reference_; }
  [[nodiscard]] const hts::FastaEntry& entry(std::size_t i) const {
    return reference_->index().entries().at(i);
  }
  [[nodiscard]] const std::string& contig(std::size_t i) const { return contigs_.at(i); }
  /// Makes the file as short as `bytes`, or whole again.
  void cut(std::size_t bytes) const { write_file(path_, text_.substr(0, bytes)); }
  void mend() const { write_file(path_, text_); }

 private:
  test::TemporaryFolder folder_;
  std::vector<std::string> contigs_;
  std::string text_;
  std::string path_;
  std::unique_ptr<source::Reference> reference_;
};

std::string random_contig(unsigned seed, std::size_t length) {
  std::mt19937 random(seed);
  return test::random_text(random, length, "ACGTNacgtnRY");
}

bool is_right(const ReferenceBlock& block, const std::string& contig, std::int64_t begin,
              std::int64_t reach) {
  const auto dna = core::Alphabet::dna();
  const auto length = static_cast<std::int64_t>(contig.size());
  const auto size = static_cast<std::int64_t>(block.symbols.size());
  std::vector<core::Code> codes(block.symbols.size());
  dna.encode(block.symbols, codes);
  return block.begin <= begin && block.begin + size >= std::min(begin + reach, length) &&
         block.symbols ==
             contig.substr(static_cast<std::size_t>(block.begin), block.symbols.size()) &&
         block.block.codes == codes;
}

}  // namespace

TEST_CASE("a block holds the window, and depends on its begin alone") {
  const Genome genome({random_contig(1, 1000), random_contig(2, 137)});
  const auto dna = core::Alphabet::dna();
  for (const std::int64_t stride : {1, 7, 60, 200, 5000}) {
    for (const std::int64_t reach : {1, 7, 61}) {
      ReferenceCache cache(genome.reference(), dna,
                           {.reach = reach, .stride = stride, .max_blocks = 3});
      const auto real_stride = std::max(stride, reach);
      std::mt19937 random(3);
      for (int i = 0; i < 100; ++i) {
        const auto contig = random() % 2;
        const auto begin = static_cast<std::int64_t>(random() % genome.contig(contig).size());
        const auto block = cache.find(genome.entry(contig), begin);
        INFO("stride " << stride << ", reach " << reach << ", begin " << begin);
        CHECK(is_right(*block, genome.contig(contig), begin, reach));
        CHECK(block->begin == begin / real_stride * real_stride);
        CHECK(static_cast<std::int64_t>(block->symbols.size()) <= real_stride + reach);
      }
    }
  }
}

TEST_CASE("the cache knows what it was made of") {
  const Genome genome({"ACGT"});
  const ReferenceCache cache(genome.reference(), core::Alphabet::rna(), {});
  CHECK(&cache.reference() == &genome.reference());
  CHECK(cache.alphabet() == core::Alphabet::rna());
}

TEST_CASE("neighbours share a block, and the least recently used goes first") {
  const Genome genome({random_contig(4, 1000)});
  ReferenceCache cache(genome.reference(), core::Alphabet::dna(),
                       {.reach = 10, .stride = 100, .max_blocks = 3});
  const auto find = [&](std::int64_t begin) { return cache.find(genome.entry(0), begin); };
  CHECK(find(0) == find(99));
  CHECK(find(0) != find(100));
  const auto kept = find(0);
  const std::weak_ptr<const ReferenceBlock> second = find(100);
  const std::weak_ptr<const ReferenceBlock> third = find(200);
  CHECK_FALSE(second.expired());
  CHECK(find(150) == second.lock());  // used again, so the third is now the older one
  CHECK(find(0) == kept);
  static_cast<void>(find(300));
  CHECK(third.expired());
  CHECK_FALSE(second.expired());
  static_cast<void>(find(400));
  CHECK(second.expired());
  static_cast<void>(find(500));
  // It has left the cache, yet lives as long as it is used.
  CHECK(is_right(*kept, genome.contig(0), 0, 10));
  CHECK(find(0) != kept);
  CHECK(find(0)->symbols == kept->symbols);
}

TEST_CASE("no more blocks are kept than the cache may") {
  const Genome genome({random_contig(5, 3000), random_contig(6, 3000)});
  for (const std::size_t max_blocks : {0U, 1U, 5U}) {
    ReferenceCache cache(genome.reference(), core::Alphabet::dna(),
                         {.reach = 10, .stride = 20, .max_blocks = max_blocks});
    std::mt19937 random(7);
    std::vector<std::weak_ptr<const ReferenceBlock>> found(300);
    for (auto& block : found) {
      const auto begin = static_cast<std::int64_t>(random() % 3000);
      block = cache.find(genome.entry(random() % 2), begin);
    }
    std::set<const ReferenceBlock*> alive;
    for (const auto& block : found) {
      if (const auto living = block.lock()) alive.insert(living.get());
    }
    CHECK(alive.size() == std::max<std::size_t>(max_blocks, 1));
  }
}

TEST_CASE("many threads share one cache") {
  const Genome genome({random_contig(8, 5000), random_contig(9, 300)});
  for (const std::size_t max_blocks : {1U, 2U, 1000U}) {
    ReferenceCache cache(genome.reference(), core::Alphabet::dna(),
                         {.reach = 15, .stride = 50, .max_blocks = max_blocks});
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    threads.reserve(6);
    for (unsigned seed = 0; seed < 6; ++seed) {
      threads.emplace_back([&, seed] {
        std::mt19937 random(seed);
        for (int i = 0; i < 200; ++i) {
          const auto contig = random() % 2;
          const auto begin = static_cast<std::int64_t>(random() % genome.contig(contig).size());
          const auto block = cache.find(genome.entry(contig), begin);
          wrong += is_right(*block, genome.contig(contig), begin, 15) ? 0 : 1;
        }
      });
    }
    for (auto& thread : threads) thread.join();
    CHECK(wrong == 0);
  }
}

TEST_CASE("threads that want the same block at once get the same one") {
  const Genome genome({random_contig(10, 20000)});
  for (int round = 0; round < 20; ++round) {
    ReferenceCache cache(genome.reference(), core::Alphabet::dna(),
                         {.reach = 10, .stride = 10000, .max_blocks = 4});
    std::vector<std::shared_ptr<const ReferenceBlock>> found(6);
    std::atomic<int> waiting = 0;
    std::vector<std::thread> threads;
    threads.reserve(6);
    for (auto& block : found) {
      threads.emplace_back([&] {
        ++waiting;
        while (waiting < 6) std::this_thread::yield();
        block = cache.find(genome.entry(0), 5);
      });
    }
    for (auto& thread : threads) thread.join();
    for (const auto& block : found) CHECK(block == found.front());
  }
}

TEST_CASE("a block that cannot be read is an error to all who want it, and no more once it can") {
  const Genome genome({random_contig(11, 300), random_contig(12, 300)});
  ReferenceCache cache(genome.reference(), core::Alphabet::dna(), {.reach = 10, .max_blocks = 2});
  genome.cut(400);
  std::atomic<int> refused = 0;
  std::vector<std::thread> threads;
  threads.reserve(6);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      try {
        static_cast<void>(cache.find(genome.entry(1), 0));
      } catch (const core::InputError&) {
        ++refused;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(refused == 4);
  CHECK_THROWS_AS(cache.find(genome.entry(1), 20), core::InputError);
  genome.mend();
  CHECK(is_right(*cache.find(genome.entry(1), 20), genome.contig(1), 20, 10));
}

TEST_CASE("a block that cannot be read leaves the others alone") {
  const Genome genome({random_contig(11, 300), random_contig(12, 300)});
  ReferenceCache cache(genome.reference(), core::Alphabet::dna(), {.reach = 10, .max_blocks = 2});
  genome.cut(400);
  for (int i = 0; i < 3; ++i) {
    CHECK_THROWS_AS(cache.find(genome.entry(1), 0), core::InputError);
    CHECK(is_right(*cache.find(genome.entry(0), 20), genome.contig(0), 20, 10));
  }
}
