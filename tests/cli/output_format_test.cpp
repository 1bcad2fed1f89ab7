#include "cli/output_format.hpp"

#include <map>

#include "catch.hpp"
#include "vio/core/error.hpp"

using namespace vio::cli;
using vio::core::UsageError;

namespace {

ParsedOptions options(const std::string& type, const std::string& path, bool index = false) {
  ParsedOptions::Values values{{"output", {path}}};
  if (!type.empty()) values["output-type"] = {type};
  if (index) values["write-index"] = {};
  return {std::move(values), {}};
}

/// The format as a word, or `refused`.
std::string format_of(const std::string& type, const std::string& path, InputKind input) {
  static const std::map<OutputFormat, std::string> words{
      {OutputFormat::table, "tsv"}, {OutputFormat::compressed_table, "tsv.gz"},
      {OutputFormat::vcf, "vcf"},   {OutputFormat::compressed_vcf, "vcf.gz"},
      {OutputFormat::bcf, "bcf"},   {OutputFormat::uncompressed_bcf, "raw bcf"}};
  try {
    return words.at(output_format(options(type, path), input));
  } catch (const UsageError&) {
    return "refused";
  }
}

const std::vector<std::string> types{"", "t", "v", "z", "b", "u"};

struct Row {
  const char* path;
  std::vector<std::string> formats;  ///< for each of types
};

void check(const std::vector<Row>& rows, InputKind input) {
  for (const auto& [path, formats] : rows) {
    REQUIRE(formats.size() == types.size());
    for (std::size_t i = 0; i < types.size(); ++i) {
      INFO("-O " << types[i] << " -o " << path);
      CHECK(format_of(types[i], path, input) == formats[i]);
    }
  }
}

}  // namespace

TEST_CASE("formats of variants: what -O says, else the name, else VCF") {
  check({{"-", {"vcf", "tsv", "vcf", "vcf.gz", "bcf", "raw bcf"}},
         {"out", {"vcf", "tsv", "vcf", "vcf.gz", "bcf", "raw bcf"}},
         {"out.txt", {"vcf", "tsv", "vcf", "vcf.gz", "bcf", "raw bcf"}},
         {"o.vcf", {"vcf", "tsv", "vcf", "vcf.gz", "bcf", "raw bcf"}},
         {"o.vcf.gz", {"vcf.gz", "tsv.gz", "vcf", "vcf.gz", "bcf", "raw bcf"}},
         {"o.vcf.bgz", {"vcf.gz", "tsv.gz", "vcf", "vcf.gz", "bcf", "raw bcf"}},
         {"o.gz", {"vcf.gz", "tsv.gz", "vcf", "vcf.gz", "bcf", "raw bcf"}},
         {"o.tsv", {"tsv", "tsv", "vcf", "tsv.gz", "bcf", "raw bcf"}},
         {"o.tsv.gz", {"tsv.gz", "tsv.gz", "vcf", "tsv.gz", "bcf", "raw bcf"}},
         {"o.tsv.bgz", {"tsv.gz", "tsv.gz", "vcf", "tsv.gz", "bcf", "raw bcf"}},
         {"o.bcf", {"bcf", "tsv", "vcf", "vcf.gz", "bcf", "raw bcf"}},
         {"a.vcf/out", {"vcf", "tsv", "vcf", "vcf.gz", "bcf", "raw bcf"}}},
        InputKind::variants);
}

TEST_CASE("formats of sequences: tables only") {
  const std::string no = "refused";
  check({{"-", {"tsv", "tsv", no, "tsv.gz", no, no}},
         {"out", {"tsv", "tsv", no, "tsv.gz", no, no}},
         {"o.gz", {"tsv.gz", "tsv.gz", no, "tsv.gz", no, no}},
         {"o.tsv", {"tsv", "tsv", no, "tsv.gz", no, no}},
         {"o.tsv.gz", {"tsv.gz", "tsv.gz", no, "tsv.gz", no, no}},
         {"o.tsv.bgz", {"tsv.gz", "tsv.gz", no, "tsv.gz", no, no}},
         {"o.vcf", {no, "tsv", no, no, no, no}},
         {"o.vcf.gz", {no, "tsv.gz", no, no, no, no}},
         {"o.bcf", {no, "tsv", no, "tsv.gz", no, no}}},
        InputKind::sequences);
}

TEST_CASE("an index is of a compressed file") {
  for (const auto format :
       {OutputFormat::table, OutputFormat::compressed_table, OutputFormat::vcf,
        OutputFormat::compressed_vcf, OutputFormat::bcf, OutputFormat::uncompressed_bcf}) {
    const bool possible = format == OutputFormat::compressed_table ||
                          format == OutputFormat::compressed_vcf || format == OutputFormat::bcf;
    CHECK(is_compressed(format) == possible);
    CHECK_FALSE(wants_index(options("", "o"), format));
    CHECK_FALSE(wants_index(options("", "-"), format));
    CHECK_THROWS_AS(wants_index(options("", "-", true), format), UsageError);
    if (possible) {
      CHECK(wants_index(options("", "o", true), format));
    } else {
      CHECK_THROWS_AS(wants_index(options("", "o", true), format), UsageError);
    }
  }
}
