#include "vio/cli/parse.hpp"

#include "catch.hpp"
#include "vio/cli/render.hpp"
#include "vio/core/error.hpp"

using namespace vio::cli;
using vio::core::UsageError;

namespace {

const Program program{
    .name = "tool",
    .summary = "does things",
    .usage = "[options] [INPUT]",
    .description = "Describes.",
    .groups =
        {{"Group",
          {{.name = "threads",
            .short_name = '@',
            .argument = "N",
            .default_value = "4",
            .help = "Threads."},
           {.name = "kind", .argument = "KIND", .help = "A kind.", .choices = {"red", "blue"}},
           {.name = "region",
            .short_name = 'r',
            .argument = "R",
            .help = "Regions.",
            .repeatable = true},
           {.name = "quiet", .short_name = 'q', .help = "Says less."}}}},
    .examples = {{"tool -q", "quietly"}},
    .max_positional = 1};

}  // namespace

TEST_CASE("values, defaults, flags and positional arguments") {
  const auto options = parse_options(program, {"-q", "-r", "a", "--region=b", "in.fa"});
  CHECK(options.has("quiet"));
  CHECK(options.integer("threads", 0, 10) == 4);
  CHECK(options.all("region") == std::vector<std::string>{"a", "b"});
  CHECK(options.positional() == std::vector<std::string>{"in.fa"});
  CHECK_FALSE(options.has("kind"));
  CHECK(parse_options(program, {"-@", "8"}).integer("threads", 0, 10) == 8);
  CHECK(parse_options(program, {"-"}).positional() == std::vector<std::string>{"-"});
}

TEST_CASE("mistakes are usage errors with a sentence") {
  CHECK_THROWS_AS(parse_options(program, {"--unknown"}), UsageError);
  CHECK_THROWS_AS(parse_options(program, {"--thr", "2"}), UsageError);
  CHECK_THROWS_AS(parse_options(program, {"--threads"}), UsageError);
  CHECK_THROWS_AS(parse_options(program, {"--kind", "green"}), UsageError);
  CHECK_THROWS_AS(parse_options(program, {"-@", "2", "-@", "3"}), UsageError);
  CHECK_THROWS_AS(parse_options(program, {"a", "b"}), UsageError);
  CHECK_THROWS_AS(parse_options(program, {"-@", "2x"}).integer("threads", 0, 9), UsageError);
  CHECK_THROWS_AS(parse_options(program, {"-@", "-1"}).integer("threads", 0, 9), UsageError);
  CHECK_THROWS_AS(parse_options(program, {"-@", "nan"}).number("threads", 0, 9), UsageError);
}

TEST_CASE("help, man page and completion name every option of the table") {
  const auto help = help_text(program);
  const auto man = man_page(program);
  const auto completion = bash_completion("tool", {&program, 1});
  for (const auto& option : program.groups.front().options) {
    const std::string name(option.name);
    CHECK(help.find("--" + name) != std::string::npos);
    CHECK(man.find("\\-\\-" + name) != std::string::npos);
    CHECK(completion.find("--" + name) != std::string::npos);
  }
  CHECK(help.find("[4]") != std::string::npos);
  CHECK(completion.find("red blue") != std::string::npos);
}

TEST_CASE("a man page has its sections in the order of man-pages(7)") {
  auto documented = program;
  documented.manual = {{.title = "EXIT STATUS", .text = "Always.", .terms = {{"0", "Done."}}}};
  documented.see_also = {"other-tool(1)", "tool-fit(1)"};
  const auto man = man_page(documented);
  std::size_t last = 0;
  for (const char* heading :
       {".TH TOOL 1", ".SH NAME\ntool \\- does things\n", ".SH SYNOPSIS", ".SH DESCRIPTION",
        ".SH OPTIONS", ".SH EXIT STATUS\nAlways.\n", ".SH EXAMPLES\nQuietly:\n", ".EX\ntool \\-q\n",
        ".SH SEE ALSO\n", ".BR other\\-tool (1),\n", ".BR tool\\-fit (1)\n"}) {
    CAPTURE(heading);
    const auto at = man.find(heading, last);
    REQUIRE(at != std::string::npos);
    last = at;
  }
}

TEST_CASE("completion knows what an argument is") {
  auto tool = program;
  tool.groups.push_back(
      {"More",
       {{.name = "model", .argument = "NAME|FILE"}, {.name = "output", .argument = "FILE"}}});
  const auto one = bash_completion("tool", {&tool, 1});
  CHECK(one.find("--model) _tool_models; return") != std::string::npos);
  CHECK(one.find("--output) _tool_files; return") != std::string::npos);
  CHECK(one.find("--threads|-@|@) return") != std::string::npos);
  auto verb = tool;
  verb.name = "tool fit";
  verb.usage = "[options] MODEL";
  const Program both[] = {tool, verb};
  const auto two = bash_completion("tool", both);
  CHECK(two.find("fit) _tool_fit_body") != std::string::npos);
  CHECK(two.find("  else\n    _tool_models\n") != std::string::npos);
}
