#include <random>
#include <string>
#include <vector>

#include "catch.hpp"
#include "model/random_model.hpp"
#include "vio/core/error.hpp"
#include "vio/model/spec.hpp"

namespace {

using namespace vio;

constexpr std::string_view kSpec =
    R"({"alphabet":"dna","unknown_channel":true,"window":9,"fixed_window":true,"channels":2,)"
    R"("stem_kernel":1,"blocks":[{"kind":"gated","kernel":5,"dilation":1},)"
    R"({"kind":"residual","kernel":3,"dilation":2,"width":4}],"final_norm":false,)"
    R"("pooling":{"kinds":["mean"],"over_padding":true,"heads":4,"score_bound":6.0},)"
    R"("length":{"enabled":false,"cut":"mask"},"head":{"norm":false,"hidden":0},)"
    R"("classes":["x","y"]})";

std::string with(std::string_view old_text, std::string_view new_text) {
  std::string json(kSpec);
  const auto at = json.find(old_text);
  REQUIRE(at != json.npos);
  return json.replace(at, old_text.size(), new_text);
}

std::string complaint(std::string_view json) {
  try {
    (void)model::parse_spec(json);
  } catch (const core::ModelError& error) {
    return error.what();
  }
  return "";
}

struct Lie {
  std::string named;
  std::string old_text;
  std::string new_text;
};

std::vector<Lie> lies() {
  return {
      {"quantum", R"("window":9)", R"("window":9,"quantum":true)"},
      {"blocks[0].stride", R"("dilation":1)", R"("dilation":1,"stride":2)"},
      {"blocks[0].width", R"("dilation":1)", R"("dilation":1,"width":2)"},
      {"blocks[1].width", R"(,"width":4)", ""},
      {"'window'", R"("window":9)", R"("window":"9")"},
      {"'window'", R"("window":9)", R"("window":9.5)"},
      {"'window'", R"("window":9)", R"("window":4294967305)"},
      {"'window'", R"("window":9)", R"("window":-18446744073709551607)"},
      {"'window'", R"("window":9)", R"("window":null)"},
      {"'window' twice", R"("window":9)", R"("window":9,"window":9)"},
      {"'final_norm'", R"("final_norm":false)", R"("final_norm":0)"},
      {"'head.hidden'", R"(,"hidden":0)", ""},
      {"'pooling'", R"("pooling":{)", R"("pooling":3,"p":{)"},
      {"gated, residual", R"("kind":"gated")", R"("kind":"mamba")"},
      {"log_sum_exp", R"("kinds":["mean"])", R"("kinds":["median"])"},
      {"'length.cut'", R"("cut":"mask")", R"("cut":"warn")"},
      {"'length.range_levels'", R"("cut":"mask")", R"("cut":"mask","range_levels":true)"},
      {"needs length.enabled", R"("cut":"mask")", R"("cut":"mask","range_levels":3)"},
      {"'words.length'", R"("classes")", R"("words":{"length":11},"classes")"},
      {"'words.length'", R"("classes")", R"("words":{},"classes")"},
      {"'words.share'", R"("classes")", R"("words":{"length":1,"share":1},"classes")"},
      {"'words.length'", R"("dna")", R"("protein","words":{"length":7})"},
      {"'alphabet'", R"("dna")", R"("klingon")"},
      {"'alphabet'", R"("dna")", R"({"symbols":"AA"})"},
      {"alphabet.name", R"("dna")", R"({"symbols":"AB","name":"two"})"},
      {"'classes'", R"(["x","y"])", R"(["x",1])"},
      {"levels", R"(["x","y"])", "[[[[[[[[[[[[]]]]]]]]]]]]"},
      {"not valid JSON", R"(["x","y"])", "[\"x\",\"\xff\"]"},
      {"not valid JSON", R"("classes")", R"(classes)"},
      {"not valid JSON", R"("score_bound":6.0)", R"("score_bound":1e999)"},
  };
}

}  // namespace

TEST_CASE("a spec survives its JSON") {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    const auto spec = test::random_spec(random);
    CHECK(model::parse_spec(model::spec_to_json(spec)) == spec);
  }
}

TEST_CASE("a spec's JSON reads as documented") {
  const auto spec = model::parse_spec(kSpec);
  CHECK(model::spec_to_json(spec) == kSpec);
  CHECK(spec.window == 9);
  CHECK(spec.blocks[1].kind == model::BlockSpec::Kind::residual);
  CHECK(spec.blocks[1].width == 4);

  const auto custom = model::parse_spec(with(R"("dna")", R"({"symbols":"HEC"})"));
  CHECK(custom.alphabet == core::Alphabet::custom("HEC"));
}

TEST_CASE("JSON that is no spec is refused, naming the field") {
  for (const auto& lie : lies()) {
    const auto said = complaint(with(lie.old_text, lie.new_text));
    CAPTURE(lie.new_text, said);
    CHECK(said.find(lie.named) != std::string::npos);
  }
  CHECK(complaint("").find("not valid JSON") != std::string::npos);
  CHECK(complaint("[]").find("JSON object") != std::string::npos);
}

TEST_CASE("a complaint about a spec quotes nothing that could steer a terminal") {
  const auto forged = complaint(with(R"("window":9)", R"("window":9,"\u001b[2J\u009b":1)"));
  CHECK(forged.find(R"(\x1b[2J\xc2\x9b)") != std::string::npos);
  CHECK(forged.find('\x1b') == std::string::npos);
  CHECK(complaint(with("dna", "d\x7f")).find('\x7f') == std::string::npos);
}

TEST_CASE("a class name that is not UTF-8 cannot be written") {
  const auto spec = model::v1_spec({"caf\xe9", "tea"});
  CHECK_THROWS_AS(model::spec_to_json(spec), core::ModelError);
}
