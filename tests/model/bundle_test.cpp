#include <cstring>
#include <limits>
#include <random>
#include <string>

#include "catch.hpp"
#include "model/random_model.hpp"
#include "support/temporary_folder.hpp"
#include "vio/core/error.hpp"
#include "vio/model/model.hpp"

namespace {

using namespace vio;

model::Model small_model(unsigned seed = 3) {
  std::mt19937 random(seed);
  return test::random_model(test::random_spec(random), random);
}

void check_same(const model::Model& a, const model::Model& b) {
  CHECK(a.spec == b.spec);
  REQUIRE(a.tensors.size() == b.tensors.size());
  for (const auto& [name, tensor] : a.tensors) {
    CHECK(b.tensors.at(name).shape == tensor.shape);
    CHECK(b.tensors.at(name).values == tensor.values);
  }
}

std::string complaint(const model::Model& model) {
  try {
    (void)model::serialize_model(model);
  } catch (const core::ModelError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a model survives its file") {
  const test::TemporaryFolder folder;
  for (unsigned seed = 0; seed < 50; ++seed) {
    const auto model = small_model(seed);
    const auto file = folder.path() / "model.safetensors";
    model::save_model(model, file);
    check_same(model, model::load_model(file));
  }
}

TEST_CASE("a card survives its file") {
  const test::TemporaryFolder folder;
  auto model = small_model();
  model.card = {"vio-x",
                "One sentence.",
                "MIT",
                "helix \xce\xb1, 80:20",
                "Not for the clinic.",
                R"({"accuracy":0.58,"classes":{"mRNA":[1,2]}})"};
  const auto file = folder.path() / "x.safetensors";
  model::save_model(model, file);
  const auto card = model::load_model(file).card;
  CHECK(card.name == "vio-x");
  CHECK(card.description == "One sentence.");
  CHECK(card.license == "MIT");
  CHECK(card.trained_on == "helix \xce\xb1, 80:20");
  CHECK(card.limits == "Not for the clinic.");
  CHECK(card.metrics_json == R"({"accuracy":0.58,"classes":{"mRNA":[1,2]}})");
}

TEST_CASE("a nameless model is called after its file") {
  const test::TemporaryFolder folder;
  auto model = small_model();
  model.card = {};
  model::save_model(model, folder.path() / "mine.safetensors");
  const auto loaded = model::load_model(folder.path() / "mine.safetensors");
  CHECK(loaded.card.name == "mine");
  CHECK(loaded.card.metrics_json == "{}");
}

TEST_CASE("a model's bytes are deterministic and laid out as safetensors demands") {
  const auto bytes = model::serialize_model(small_model());
  CHECK(bytes == model::serialize_model(small_model()));
  std::uint64_t header = 0;
  std::memcpy(&header, bytes.data(), sizeof(header));
  CHECK(header % 8 == 0);
  CHECK(bytes.substr(8, 17) == R"({"__metadata__":{)");
  const auto values = static_cast<std::size_t>(model::parameter_count(small_model().spec));
  CHECK(bytes.size() == 8 + header + 4 * values);
}

TEST_CASE("the checksum is that of the whole file") {
  const test::TemporaryFolder folder;
  const auto file = folder.write("a.safetensors", model::serialize_model(small_model()));
  const auto again = folder.write("b.safetensors", model::serialize_model(small_model()));
  const auto checksum = model::load_model(file).sha256;
  CHECK(checksum.size() == 64);
  CHECK(checksum.find_first_not_of("0123456789abcdef") == checksum.npos);
  CHECK(checksum == model::load_model(again).sha256);
  CHECK(checksum !=
        model::load_model(folder.write("c.safetensors", model::serialize_model(small_model(4))))
            .sha256);
}

TEST_CASE("weights that do not fit the spec are never written") {
  auto missing = small_model();
  missing.tensors.erase("classifier.bias");
  CHECK(complaint(missing).find("'classifier.bias'") != std::string::npos);

  auto extra = small_model();
  extra.tensors["surprise"] = {{1}, {0.0F}};
  CHECK(complaint(extra).find("'surprise'") != std::string::npos);

  auto turned = small_model();
  std::swap(turned.tensors["classifier.weight"].shape[0],
            turned.tensors["classifier.weight"].shape[1]);
  CHECK(complaint(turned).find("shape") != std::string::npos);

  auto short_of_values = small_model();
  short_of_values.tensors["classifier.bias"].values.pop_back();
  CHECK(complaint(short_of_values).find("values") != std::string::npos);

  auto not_finite = small_model();
  not_finite.tensors["input_proj.bias"].values[0] = std::numeric_limits<float>::quiet_NaN();
  CHECK(complaint(not_finite).find("'input_proj.bias'") != std::string::npos);

  auto forged = small_model();
  forged.card.name = "vio\n##contig=<ID=1>";
  CHECK(complaint(forged).find("'name'") != std::string::npos);

  auto unmeasured = small_model();
  unmeasured.card.metrics_json = "[1]";
  CHECK(complaint(unmeasured).find("metrics") != std::string::npos);
}

TEST_CASE("a tensor that a model lacks is named") {
  const auto model = small_model();
  CHECK(model.values("classifier.bias").size() == model.spec.classes.size());
  CHECK_THROWS_AS(model.values("classifier.scale"), core::ModelError);
}

TEST_CASE("an output that cannot be written is an error and leaves nothing behind") {
  const test::TemporaryFolder folder;
  CHECK_THROWS_AS(model::save_model(small_model(), folder.path() / "no" / "m.safetensors"),
                  core::OutputError);
  std::filesystem::create_directories(folder.path() / "taken.safetensors" / "full");
  CHECK_THROWS_AS(model::save_model(small_model(), folder.path() / "taken.safetensors"),
                  core::OutputError);
  const auto entries = std::filesystem::directory_iterator(folder.path());
  CHECK(std::distance(begin(entries), end(entries)) == 1);
}
