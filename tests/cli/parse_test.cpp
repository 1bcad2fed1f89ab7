#include "vio/cli/parse.hpp"

#include "catch.hpp"
#include "vio/cli/render.hpp"
#include "vio/core/error.hpp"

using namespace vio::cli;
using vio::core::UsageError;

namespace {

const Program kProgram{
    .name = "tool",
    .summary = "does things",
    .usage = "[options] [INPUT]",
    .description = "Describes.",
    .groups = {{"Group",
                {{.name = "threads", .short_name = '@', .argument = "N", .default_value = "4", .help = "Threads."},
                 {.name = "kind", .argument = "KIND", .help = "A kind.", .choices = {"red", "blue"}},
                 {.name = "region", .short_name = 'r', .argument = "R", .help = "Regions.", .repeatable = true},
                 {.name = "quiet", .short_name = 'q', .help = "Says less."}}}},
    .examples = {{"tool -q", "quietly"}},
    .max_positional = 1};

}  // namespace

TEST_CASE("values, defaults, flags and positional arguments") {
  const auto options = parse_options(kProgram, {"-q", "-r", "a", "--region=b", "in.fa"});
  CHECK(options.has("quiet"));
  CHECK(options.integer("threads", 0, 10) == 4);
  CHECK(options.all("region") == std::vector<std::string>{"a", "b"});
  CHECK(options.positional() == std::vector<std::string>{"in.fa"});
  CHECK_FALSE(options.has("kind"));
  CHECK(parse_options(kProgram, {"-@", "8"}).integer("threads", 0, 10) == 8);
  CHECK(parse_options(kProgram, {"-"}).positional() == std::vector<std::string>{"-"});
}

TEST_CASE("mistakes are usage errors with a sentence") {
  CHECK_THROWS_AS(parse_options(kProgram, {"--unknown"}), UsageError);
  CHECK_THROWS_AS(parse_options(kProgram, {"--thr", "2"}), UsageError);
  CHECK_THROWS_AS(parse_options(kProgram, {"--threads"}), UsageError);
  CHECK_THROWS_AS(parse_options(kProgram, {"--kind", "green"}), UsageError);
  CHECK_THROWS_AS(parse_options(kProgram, {"-@", "2", "-@", "3"}), UsageError);
  CHECK_THROWS_AS(parse_options(kProgram, {"a", "b"}), UsageError);
  CHECK_THROWS_AS(parse_options(kProgram, {"-@", "2x"}).integer("threads", 0, 9), UsageError);
  CHECK_THROWS_AS(parse_options(kProgram, {"-@", "-1"}).integer("threads", 0, 9), UsageError);
  CHECK_THROWS_AS(parse_options(kProgram, {"-@", "nan"}).number("threads", 0, 9), UsageError);
}

TEST_CASE("help, man page and completion name every option of the table") {
  const auto help = help_text(kProgram);
  const auto man = man_page(kProgram);
  const auto completion = bash_completion("tool", {&kProgram, 1});
  for (const auto& option : kProgram.groups.front().options) {
    const std::string name(option.name);
    CHECK(help.find("--" + name) != std::string::npos);
    CHECK(man.find("\\-\\-" + name) != std::string::npos);
    CHECK(completion.find("--" + name) != std::string::npos);
  }
  CHECK(help.find("[4]") != std::string::npos);
  CHECK(completion.find("red blue") != std::string::npos);
}
