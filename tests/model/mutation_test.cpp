#include <algorithm>
#include <random>
#include <string>
#include <string_view>

#include "catch.hpp"
#include "model/random_model.hpp"
#include "support/temporary_folder.hpp"
#include "vio/core/error.hpp"
#include "vio/model/model.hpp"

namespace {

using namespace vio;

std::size_t place(std::mt19937& random, const std::string& bytes) {
  return std::uniform_int_distribution<std::size_t>(0, bytes.size() - 1)(random);
}

void flip(std::mt19937& random, std::string& bytes) {
  auto& byte = bytes[place(random, bytes)];
  byte = static_cast<char>(byte ^ (1 << test::between(random, 0, 7)));
}

void cut(std::mt19937& random, std::string& bytes) {
  bytes.erase(place(random, bytes), static_cast<std::size_t>(test::between(random, 1, 40)));
}

void splice(std::mt19937& random, std::string& bytes) {
  const auto size = static_cast<std::size_t>(test::between(random, 1, 40));
  bytes.insert(place(random, bytes), bytes.substr(place(random, bytes), size));
}

void change_digit(std::mt19937& random, std::string& bytes) {
  if (const auto at = bytes.find_first_of("0123456789", place(random, bytes)); at != bytes.npos) {
    bytes[at] = static_cast<char>('0' + test::between(random, 0, 9));
  }
}

std::string mutate(std::string bytes, std::mt19937& random) {
  constexpr void (*kWays[])(std::mt19937&, std::string&) = {flip, cut, splice, change_digit};
  for (int left = test::between(random, 1, 3); left > 0 && !bytes.empty(); --left) {
    kWays[test::between(random, 0, 3)](random, bytes);
  }
  return bytes;
}

model::Model tiny_model(std::mt19937& random) {
  auto spec = model::v1_spec({"yes", "no"});
  spec.channels = 2;
  spec.blocks.resize(1);
  spec.blocks.push_back({model::BlockSpec::Kind::residual, 3, 1, 2});
  return test::random_model(spec, random);
}

/// True where the file was accepted; then the model must keep every promise of a loaded one.
bool accepted(const std::filesystem::path& file) {
  try {
    const auto model = model::load_model(file);
    model::validate(model.spec);
    model::check_tensors(model.spec, model.tensors, "mutant");
    return true;
  } catch (const core::ModelError& error) {
    const std::string_view sentence = error.what();
    const bool printable = std::all_of(sentence.begin(), sentence.end(),
                                       [](char symbol) { return symbol >= ' ' && symbol <= '~'; });
    if (!printable) {
      FAIL("quotes raw bytes of the file: " << sentence);
    }
    return false;
  }
}

}  // namespace

TEST_CASE("a mutated file is refused, or loads as a valid model") {
  const test::TemporaryFolder folder;
  std::mt19937 random(20240229);
  const auto bytes = model::serialize_model(tiny_model(random));
  REQUIRE(accepted(folder.write("good.safetensors", bytes)));
  int valid = 0;
  constexpr int kMutants = 2000;
  for (int round = 0; round < kMutants; ++round) {
    valid += accepted(folder.write("mutant.safetensors", mutate(bytes, random))) ? 1 : 0;
  }
  // Both ends of the promise were seen: flipped weights load, flipped headers do not.
  CHECK(valid > 0);
  CHECK(valid < kMutants / 2);
}

TEST_CASE("a file truncated anywhere is refused") {
  const test::TemporaryFolder folder;
  std::mt19937 random(5);
  const auto bytes = model::serialize_model(tiny_model(random));
  for (std::size_t size = 0; size < bytes.size(); size += 7) {
    CAPTURE(size);
    CHECK_FALSE(accepted(folder.write("cut.safetensors", bytes.substr(0, size))));
  }
  CHECK_FALSE(accepted(folder.write("long.safetensors", bytes + '\0')));
}
