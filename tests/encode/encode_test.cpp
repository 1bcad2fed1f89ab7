#include <algorithm>
#include <random>

#include "catch.hpp"
#include "support/memory_source.hpp"
#include "vio/encode/encoded_batch.hpp"
#include "vio/window/batch_reader.hpp"

using namespace vio;

TEST_CASE("encoding keeps windows and counts their unknown positions") {
  const auto dna = core::Alphabet::dna();
  for (unsigned seed = 0; seed < 100; ++seed) {
    std::mt19937 random(seed);
    test::MemorySource source({{"a", test::random_text(random, random() % 90, "ACGTNRacgtn-")},
                               {"b", test::random_text(random, random() % 90, "Nn")},
                               {"c", ""}},
                              seed);
    window::BatchReader reader(source, {.window = 17, .stride = 5, .max_windows = 7});
    while (auto text_batch = reader.next()) {
      const auto text = text_batch->text;
      const auto planned = text_batch->windows.size();
      const auto batch = encode::encode(*std::move(text_batch), dna);
      REQUIRE(batch.windows.size() == planned);
      REQUIRE(batch.unknown.size() == planned);
      for (std::size_t i = 0; i < planned; ++i) {
        const auto& window = batch.windows[i];
        const auto part = text.substr(window.text_begin, static_cast<std::size_t>(window.length()));
        const auto unknown = std::ranges::count_if(part, [](char symbol) {
          return std::string_view("ACGTacgt").find(symbol) == std::string_view::npos;
        });
        CHECK(batch.unknown[i] == unknown);
        for (std::size_t k = 0; k < part.size(); ++k) {
          CHECK(batch.block->codes[window.text_begin + k] == dna.encode(part[k]));
        }
      }
    }
  }
}
