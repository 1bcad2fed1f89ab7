#include "vio/train/table.hpp"

#include "catch.hpp"
#include "vio/core/error.hpp"
#include "vio/train/dataset.hpp"

using Catch::Matchers::Contains;
using vio::train::parse_table;
using vio::train::TableOptions;

namespace {

TableOptions named(std::string path) {
  TableOptions options;
  options.path = std::move(path);
  return options;
}

}  // namespace

TEST_CASE("columns are guessed from common names, and said") {
  const auto table = parse_table(
      ",NCBIGeneID,Symbol,Description,GeneType,GeneGroupMethod,NucleotideSequence\n"
      "0,1,S1,\"a, b\",PSEUDO,NCBI,<ACGT>\n1,2,S2,c,ncRNA,NCBI,< acg >\n",
      "", named("genes.csv"));
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0].sequence == "ACGT");
  CHECK(table.rows[0].label == "PSEUDO");
  CHECK(table.rows[0].place == 2);
  CHECK(table.rows[1].sequence == "acg");
  REQUIRE(table.notes.size() == 2);
  CHECK_THAT(table.notes[0], Contains("NucleotideSequence") && Contains("--seq-column"));
  CHECK_THAT(table.notes[1], Contains("GeneType") && Contains("--label-column"));
}

TEST_CASE("named columns are taken without a word, also from TSV") {
  const TableOptions options{
      .path = "t.tsv", .sequence_column = "b", .label_column = "a", .labels_path = ""};
  const auto table = parse_table("a\tb\r\nx\tAC,GT\r\n", "", options);
  REQUIRE(table.rows.size() == 1);
  CHECK(table.rows[0].sequence == "AC,GT");
  CHECK(table.rows[0].label == "x");
  CHECK(table.notes.empty());
  const TableOptions missing{
      .path = "t.tsv", .sequence_column = "b", .label_column = "c", .labels_path = ""};
  CHECK_THROWS_WITH(parse_table("a\tb\nx\tAC\n", "", missing),
                    Contains("'c'") && Contains("--label-column") && Contains("a, b"));
}

TEST_CASE("FASTA labels come from the header's last word") {
  const auto table =
      parse_table(">r1 some words 5S_rRNA\nAC\nGT\n\n>r2\ttRNA\r\nTT\r\nA", "", named("rna.fa"));
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0].sequence == "ACGT");
  CHECK(table.rows[0].label == "5S_rRNA");
  CHECK(table.rows[1].sequence == "TTA");
  CHECK(table.rows[1].label == "tRNA");
  CHECK_THROWS_WITH(parse_table(">r1 x\nA\n>r2\nC\n", "", named("rna.fa")),
                    Contains("rna.fa") && Contains("record 2") && Contains("last word"));
}

TEST_CASE("FASTA labels come from a table") {
  auto options = named("rna.fa");
  options.labels_path = "labels.tsv";
  const auto table = parse_table(">r2 x\nAC\n>r1\nGT\n", "id\tkind\nr1\tA\nr2\tB\n", options);
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0].label == "B");
  CHECK(table.rows[1].label == "A");
  CHECK_THROWS_WITH(parse_table(">r3\nAC\n", "id\tkind\nr1\tA\n", options),
                    Contains("r3") && Contains("labels.tsv"));
  CHECK_THROWS_WITH(parse_table(">r1\nAC\n", "id\tkind\nr1\tA\nr1\tB\n", options),
                    Contains("line 3") && Contains("r1"));
}

TEST_CASE("what is no table of labelled sequences is refused") {
  CHECK_THROWS_AS(parse_table("", "", named("x.csv")), vio::core::InputError);
  CHECK_THROWS_AS(parse_table("sequence,label\n", "", named("x.csv")), vio::core::InputError);
  CHECK_THROWS_AS(parse_table("just text\n", "", named("x.csv")), vio::core::InputError);
  CHECK_THROWS_AS(parse_table("a,b\n1,2\n", "", named("x.csv")), vio::core::UsageError);
  CHECK_THROWS_WITH(parse_table("sequence,label\nACGT\n", "", named("x.csv")),
                    Contains("line 2") && Contains("columns"));
  CHECK_THROWS_WITH(parse_table("sequence,label\nAC,x\nACGT,a,b\n", "", named("x.csv")),
                    Contains("line 3") && Contains("2 columns") && Contains("found 3"));
  CHECK_THROWS_WITH(parse_table("sequence,label\nACGT, \n", "", named("x.csv")),
                    Contains("no label"));
}

TEST_CASE("sequences alone need no labels") {
  auto options = named("rows.csv");
  options.labelled = false;
  options.labels_path = "labels.csv";
  const auto table = parse_table("name,seq\na,ACGT\n", "", options);
  REQUIRE(table.rows.size() == 1);
  CHECK(table.rows[0].sequence == "ACGT");
  CHECK(table.rows[0].label.empty());
  CHECK(parse_table(">r1\nAC\n>r2\nGT\n", "", options).rows.size() == 2);
}

TEST_CASE("classes with a single row are left out, with a word") {
  auto table = parse_table("sequence,label\nA,x\nC,lonely\nG,y\nT,x\nA,y\n", "", named("x.csv"));
  const auto kept = vio::train::keep_repeated_classes(std::move(table));
  CHECK(vio::train::class_names(kept) == std::vector<std::string>{"x", "y"});
  CHECK(vio::train::class_numbers(kept, vio::train::class_names(kept)) ==
        std::vector<int>{0, 1, 0, 1});
  REQUIRE(kept.notes.size() == 3);
  CHECK_THAT(kept.notes.back(), Contains("1 row of class lonely"));
}

TEST_CASE("encoding refuses what the model cannot read") {
  auto spec = vio::model::v1_spec({"x", "y"});
  const auto table = parse_table("sequence,label\nACgn,x\nT,y\n", "", named("x.csv"));
  const auto data = vio::train::encode_table(table, spec);
  CHECK(data.sequences[0] == std::vector<vio::core::Code>{0, 1, 2, 4});
  CHECK(data.labels == std::vector<int>{0, 1});
  spec.window = 3;
  CHECK_THROWS_WITH(vio::train::encode_table(table, spec),
                    Contains("row at 2") && Contains("4 positions"));
  spec.classes = {"x"};
  spec.window = 10;
  CHECK_THROWS_WITH(vio::train::encode_table(table, spec), Contains("no class 'y'"));
  const auto empty = parse_table("sequence,label\n<>,x\n", "", named("x.csv"));
  CHECK_THROWS_WITH(vio::train::encode_table(empty, spec), Contains("empty"));
}
