#include "vio/pipeline/variant_pipeline.hpp"

#include <atomic>
#include <random>
#include <sstream>

#include "catch.hpp"
#include "support/counting_engine.hpp"
#include "support/memory_source.hpp"
#include "support/tbb_leaks.hpp"
#include "support/temporary_folder.hpp"
#include "support/variant_text.hpp"
#include "vio/annotate/variant_table.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using core::Status;
using sink::VariantFormat;
using test::CountingEngine;

namespace {

struct Setting {
  int threads = 1;
  std::size_t max_windows = 4;
  VariantFormat format = VariantFormat::vcf;
  std::int64_t window = 40;
  annotate::Strand strand = annotate::Strand::forward;
  encode::RefMismatch ref_mismatch = encode::RefMismatch::skip;
  std::function<void(encode::EncodedVariants&)> on_encoded = {};
};

struct Run {
  std::string output;
  std::string skipped;
  pipeline::Summary summary;
};

/// A reference and a VCF on it.
struct Input {
  std::string fasta;
  std::string vcf;
};

std::string vcf_of(const std::string& records) {
  return "##fileformat=VCFv4.2\n##contig=<ID=c>\n##contig=<ID=d>\n"
         "##INFO=<ID=X,Number=1,Type=Integer,Description=\"X\">\n"
         "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n" +
         records;
}

/// Every kind of record, most of which can be scored.
Input random_input(unsigned seed, std::size_t count) {
  std::mt19937 random(seed);
  const auto contig = test::random_text(random, 3000);
  std::string records;
  for (std::size_t i = 0; i < count; ++i) {
    const auto position = random() % 2990;
    const auto ref = contig.substr(position, 1 + random() % 3);
    const auto size = 1 + random() % 4;
    auto alt = test::random_text(random, size);
    if (random() % 3 == 0) alt.append(",").append(test::random_text(random, 2));
    if (random() % 9 == 0)
      alt = std::vector<std::string>{"*", "<DEL>", ".", "T,*", "N[c:7["}[random() % 5];
    records.append(random() % 12 == 0 ? "d" : random() % 30 == 0 ? "strange" : "c").append("\t");
    records.append(std::to_string(position + 1)).append("\tr").append(std::to_string(i));
    records.append("\t").append(ref).append("\t").append(alt).append("\t.\tPASS\tX=1\n");
  }
  std::string fasta = ">c\n";
  fasta.append(contig).append("\n>d\n").append(test::random_text(random, 1000)).append("\n");
  return {fasta, vcf_of(records)};
}

Run run(const Input& input, const Setting& setting, CountingEngine& engine) {
  const test::TemporaryFolder folder;
  sink::TemporaryFiles temporaries;
  const source::Reference reference(folder.write("x.fa", input.fasta).string());
  const source::ContigNames names(reference.index(), {});
  encode::ReferenceCache cache(reference, core::Alphabet::dna(),
                               {.reach = encode::variant_reach(setting.window)});
  hts::VariantReader reader(hts::Input(folder.write("x.vcf", input.vcf).string()), 1);
  source::declare_contigs(reader, names);
  const auto fields =
      std::make_shared<const annotate::VariantFields>(annotate::variant_fields({"a", "b"}, true));
  sink::declare_tags(reader.header(), *fields, "VIO");
  source::VariantSourceOptions options;
  options.max_windows = setting.max_windows;
  const auto source = source::open_variants(reader, names, options);

  const auto file = (folder.path() / "out").string();
  const auto output = sink::open_variant_output({.path = file, .format = setting.format},
                                                reader.header(), fields, 2, temporaries);
  const auto skipped_file = (folder.path() / "skipped").string();
  sink::TableSink skipped({.path = skipped_file}, temporaries);
  Run result;
  result.summary = pipeline::run_variants(
      {*source,
       names,
       cache,
       {setting.window, setting.ref_mismatch},
       engine,
       *output,
       &skipped,
       setting.on_encoded},
      {.threads = setting.threads, .n_classes = 2, .strand = setting.strand, .on_progress = {}});
  output->finish();
  skipped.finish();
  result.output = test::read_bytes(file);
  result.skipped = test::read_bytes(skipped_file);
  return result;
}

std::string last_line(const std::string& text) {
  return text.substr(text.rfind('\n', text.size() - 2) + 1);
}

std::uint64_t skipped(const annotate::Tally& tally, Status status) {
  return tally.skipped.at(static_cast<std::size_t>(status));
}

}  // namespace

TEST_CASE("annotated variants are the same bytes for any threads and batch size", "[tbb]") {
  const auto input = random_input(17, 300);
  for (const auto format : {VariantFormat::vcf, VariantFormat::table, VariantFormat::bcf}) {
    // BCF holds nothing that its header does not declare.
    auto fitting = input;
    if (format == VariantFormat::bcf) {
      for (auto at = fitting.vcf.find("\nstrange"); at != std::string::npos;
           at = fitting.vcf.find("\nstrange")) {
        fitting.vcf.replace(at + 1, 7, "d");
      }
    }
    for (const auto strand : {annotate::Strand::forward, annotate::Strand::both}) {
      CountingEngine engine;
      const auto expected =
          run(fitting, {.max_windows = 1, .format = format, .strand = strand}, engine);
      CHECK(expected.output.size() > 5000);
      CHECK(expected.skipped.size() > 500);
      for (const int threads : {1, 2, 8}) {
        for (const std::size_t batch : {1U, 7U, 64U, 100'000U}) {
          const auto actual =
              run(fitting,
                  {.threads = threads, .max_windows = batch, .format = format, .strand = strand},
                  engine);
          CHECK((actual.output == expected.output));
          CHECK((actual.skipped == expected.skipped));
          CHECK_NOTHROW(annotate::check_balance(actual.summary.accounting));
          CHECK(actual.summary.positions_requested == expected.summary.positions_requested);
        }
      }
    }
  }
}

TEST_CASE("both strands of an allele are the mean of the two", "[tbb]") {
  const Input input{">c\nAAATCCCC\n", vcf_of("c\t4\t.\tT\tC\t.\t.\t.\n")};
  CountingEngine engine;
  const auto cells = [&](annotate::Strand strand) {
    const auto line = last_line(
        run(input, {.format = VariantFormat::table, .window = 4, .strand = strand}, engine).output);
    std::istringstream text(line);
    std::string found;
    int column = 0;
    for (std::string cell; std::getline(text, cell, '\t'); ++column) {
      if (column >= 5 && column <= 10) found.append(found.empty() ? "" : " ").append(cell);
    }
    return found;
  };
  // Windows AATC and AACC; on the other strand GATT and GGTT.
  CHECK(cells(annotate::Strand::forward) == "a a b 0.500000 0.500000 0.000000");
  CHECK(cells(annotate::Strand::reverse) == "b b b 0.750000 1.000000 0.250000");
  CHECK(cells(annotate::Strand::both) == "b b b 0.625000 0.750000 0.125000");
}

TEST_CASE("an exception in any step of variants stops the run and comes out", "[tbb]") {
  const auto input = random_input(3, 120);
  for (const int threads : {1, 4}) {
    CountingEngine engine;
    engine.fail_at_call = 20;
    CHECK_THROWS_WITH(run(input, {.threads = threads}, engine), "injected failure");

    CountingEngine whole;
    CHECK_THROWS_AS(
        run(input, {.threads = threads, .ref_mismatch = encode::RefMismatch::fail}, whole),
        core::InputError);
    CHECK_THROWS_AS(
        run({input.fasta, input.vcf + "c\tx\t.\tA\tC\t.\t.\t.\n"}, {.threads = threads}, whole),
        core::InputError);
    CHECK_THROWS_AS(run(input, {.threads = threads, .format = VariantFormat::bcf}, whole),
                    core::InputError);
  }
}

TEST_CASE("variants are accounted by record, allele and window", "[tbb]") {
  const Input input{">c\nAAATCCCCAAATCCCCAAATCCCC\n", vcf_of("c\t4\t.\tT\tC,*\t.\t.\t.\n"
                                                             "c\t5\t.\tC\tA,G,T\t.\t.\t.\n"
                                                             "c\t6\t.\tC\t<DEL>,*\t.\t.\t.\n"
                                                             "c\t7\t.\tC\t.\t.\t.\t.\n"
                                                             "c\t8\t.\tG\tA\t.\t.\t.\n"
                                                             "e\t8\t.\tG\tA\t.\t.\t.\n"
                                                             "c\t90\t.\tG\tA\t.\t.\t.\n")};
  CountingEngine engine;
  const auto result = run(input, {.threads = 2, .max_windows = 3, .window = 8}, engine);
  const auto& [records, alleles, windows] = result.summary.accounting;
  CHECK_NOTHROW(annotate::check_balance(result.summary.accounting));
  CHECK(records.read == 7);
  CHECK(records.scored == 2);
  CHECK(skipped(records, Status::symbolic) == 1);  // its first ALT's reason
  CHECK(skipped(records, Status::no_alt) == 1);
  CHECK(skipped(records, Status::ref_mismatch) == 1);
  CHECK(skipped(records, Status::no_contig) == 1);
  CHECK(skipped(records, Status::out_of_range) == 1);
  CHECK(alleles.read == 11);
  CHECK(alleles.scored == 4);
  CHECK(skipped(alleles, Status::star) == 2);
  CHECK(skipped(alleles, Status::symbolic) == 1);
  CHECK(skipped(alleles, Status::no_alt) == 1);
  CHECK(windows.read == 6);  // REF and its ALTs, where any is scored
  CHECK(windows.scored == 6);
  CHECK(result.summary.positions_requested == 2 * 7 + 4 * 8);  // the first is clipped
}

TEST_CASE("alleles, records and windows that are lost on the way are noticed", "[tbb]") {
  CountingEngine engine;
  const auto input = random_input(11, 200);
  using Loss = std::function<void(encode::EncodedVariants&)>;
  const auto lossy = [&](const Loss& lose) {
    Setting setting{.threads = 2, .max_windows = 6, .format = VariantFormat::table};
    std::atomic<int> batches = 0;
    setting.on_encoded = [&](encode::EncodedVariants& batch) {
      if (batches++ == 5) lose(batch);
    };
    return run(input, setting, engine).summary.accounting;
  };
  CHECK_NOTHROW(annotate::check_balance(lossy([](auto&) {})));
  CHECK_THROWS_WITH(annotate::check_balance(lossy([](auto& batch) {
                      --batch.variants.back().n_alleles;
                      batch.alleles.pop_back();
                    })),
                    Catch::Contains("alleles were read"));
  CHECK_THROWS_WITH(annotate::check_balance(lossy([](auto& batch) {
                      batch.variants.pop_back();
                      batch.batch.records.pop_back();
                    })),
                    Catch::Contains("records were read"));
  CHECK_THROWS_AS(annotate::check_balance(lossy([](auto& batch) {
                    batch.windows.clear();
                    for (auto& variant : batch.variants) variant.scored = false;
                    for (auto& allele : batch.alleles) allele.status = Status::star;
                  })),
                  core::InternalError);
}
