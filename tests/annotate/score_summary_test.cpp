#include "vio/annotate/score_summary.hpp"

#include <algorithm>
#include <random>

#include "catch.hpp"
#include "support/scored.hpp"
#include "support/scored_variants.hpp"

using namespace vio;
using namespace vio::annotate;
using core::Status;
using Counts = std::vector<std::uint64_t>;

namespace {

/// Values at random places of many contigs.
struct Value {
  std::string contig;
  std::int64_t begin;
  Millionths value;
};

std::vector<Value> random_values(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Value> values;
  for (int i = 0; i < 5000; ++i) {
    const auto contig = random() % 70;
    values.push_back({"contig" + std::to_string(contig),
                      static_cast<std::int64_t>(random() % (1000U << (contig % 12))),
                      static_cast<Millionths>(random() % 1'000'001)});
  }
  return values;
}

ContigTracks tracks_of(std::span<const Value> values) {
  ContigTracks tracks;
  for (const auto& [contig, begin, value] : values) tracks.add(contig, begin, begin + 10, value);
  return tracks;
}

std::uint64_t count_in(const ContigTracks& tracks) {
  auto count = tracks.others().count;
  for (const auto& track : tracks.tracks()) {
    for (const auto& bin : track.bins) count += bin.count;
  }
  return count;
}

}  // namespace

TEST_CASE("a distribution counts in its bins, at the borders too") {
  auto scores = score_distribution();
  for (const Millionths value : {0, 19'999, 20'000, 999'999, 1'000'000}) scores.add(value);
  CHECK(scores.counts.front() == 2);
  CHECK(scores.counts[1] == 1);
  CHECK(scores.counts.back() == 2);
  CHECK((scores.minimum == 0 && scores.maximum == 1'000'000));
  CHECK((scores.n == 5 && scores.sum == 2'039'998));
  auto deltas = delta_distribution();
  for (const Millionths value : {-1'000'000, -10'001, -10'000, 0, 9'999, 10'000, 1'000'000}) {
    deltas.add(value);
  }
  CHECK(deltas.counts.front() == 1);
  CHECK(deltas.counts[49] == 1);
  CHECK(deltas.counts[50] == 3);
  CHECK(deltas.counts[51] == 1);
  CHECK(deltas.counts.back() == 1);
  CHECK((deltas.minimum == -1'000'000 && deltas.sum == -2));
}

TEST_CASE("merged distributions are those of all values") {
  auto first = score_distribution();
  auto second = score_distribution();
  auto all = score_distribution();
  for (const auto& [contig, begin, value] : random_values(1)) {
    (begin % 3 == 0 ? first : second).add(value);
    all.add(value);
  }
  first.merge(second);
  CHECK(first == all);
  first.merge(score_distribution());
  CHECK(first == all);
  auto empty = score_distribution();
  empty.merge(all);
  CHECK(empty == all);
}

TEST_CASE("a track doubles its bins, and never has more than its bound") {
  ContigTrack track;
  track.add(0, 10, 100);
  track.add(127, 130, 300);
  CHECK(track.bin_width == 1);
  CHECK(track.bins.size() == 128);
  track.add(128, 140, 500);
  CHECK(track.bin_width == 2);
  CHECK(track.bins[0] == TrackBin{1, 100, 100});
  CHECK(track.bins[63] == TrackBin{1, 300, 300});
  CHECK(track.bins[64] == TrackBin{1, 500, 500});
  track.add(10'000'000'000, 10'000'000'100, 700);
  CHECK(track.bins.size() <= ContigTrack::kMostBins);
  CHECK(track.bins[0] == TrackBin{3, 900, 500});
  CHECK(track.bins.back() == TrackBin{1, 700, 700});
  CHECK(track.length == 10'000'000'100);
  CHECK(track.bin_width * static_cast<std::int64_t>(track.bins.size()) > 10'000'000'000);
}

TEST_CASE("tracks begin with the bins they are told to") {
  ContigTracks tracks(1024);
  for (std::int64_t begin = 0; begin < 100'000; begin += 1000) tracks.add("c", begin, begin, 1);
  CHECK(tracks.tracks()[0].bin_width == 1024);
  CHECK(
      std::ranges::all_of(tracks.tracks()[0].bins, [](const auto& bin) { return bin.count > 0; }));
}

TEST_CASE("tracks do not depend on the order within a contig") {
  auto values = random_values(2);
  const auto whole = tracks_of(values);
  std::ranges::stable_sort(values, {}, &Value::begin);
  auto other = tracks_of(values).tracks();
  for (const auto& track : whole.tracks()) {
    const auto found = std::ranges::find(other, track.contig, &ContigTrack::contig);
    if (found != other.end()) CHECK(*found == track);
  }
}

TEST_CASE("contigs beyond the bound are in one sum, and none is lost") {
  const auto values = random_values(3);
  const auto tracks = tracks_of(values);
  CHECK(tracks.tracks().size() == ContigTracks::kMostContigs);
  CHECK(tracks.others().count > 0);
  CHECK(count_in(tracks) == values.size());
  CHECK(tracks.tracks().front().contig == values.front().contig);
}

TEST_CASE("tracks of parts add up to those of the whole") {
  auto values = random_values(4);
  std::ranges::stable_sort(values, {}, &Value::contig);  // as every sorted input has them
  const auto whole = tracks_of(values);
  const std::span all(values);
  for (const std::size_t cut : {0U, 1U, 40U, 60U, 2500U, 5000U}) {
    auto parts = tracks_of(all.first(cut));
    parts.merge(tracks_of(all.subspan(cut)));
    CHECK(parts == whole);
  }
}

TEST_CASE("a row counts under the first of its most probable classes") {
  ScoreSummary summary(3);
  summary.add_row(std::vector<Millionths>{200'000, 400'000, 400'000});
  CHECK(summary.labels == Counts{0, 1, 0});
  CHECK(summary.scores.sum == 400'000);
  CHECK(summary.deltas.n == 0);
}

TEST_CASE("windows, or whole sequences, are the rows of sequences") {
  ScoredBatch first;
  first.encoded.units.push_back(test::make_unit(0, "chr1"));
  test::add_window(first, 0, 10, Status::ok, 0, {0.9F, 0.1F});
  test::add_window(first, 10, 20, Status::ok, 0, {0.4F, 0.6F});
  ScoredBatch second;
  second.encoded.units = first.encoded.units;
  test::add_window(second, 20, 30, Status::ok, 0, {0.3F, 0.7F});
  test::end_unit(second, 30);
  second.encoded.units.push_back(test::make_unit(1, "short"));
  test::add_window(second, 0, 3, Status::too_short, 0, {0, 0});
  test::end_unit(second, 3);

  ScoreSummary windows(2);
  SequenceSummarizer by_window(SequenceRows::windows, 2);
  ScoreSummary sequences(2);
  SequenceSummarizer by_sequence(SequenceRows::sequences, 2);
  for (const auto* batch : {&first, &second}) {
    by_window.add(*batch, windows);
    by_sequence.add(*batch, sequences);
  }
  CHECK(windows.labels == Counts{1, 2});
  CHECK(windows.scores.sum == 2'200'000);
  CHECK(sequences.labels == Counts{1, 0});  // (0.9 + 0.4 + 0.3) / 3
  CHECK(sequences.scores.sum == 533'333);
  CHECK(windows.tracks == sequences.tracks);
  CHECK(windows.tracks.tracks().size() == 1);
  CHECK(windows.tracks.tracks()[0].length == 30);
}

TEST_CASE("variants: labels with REF and ALT, changes, and |delta| along the contig") {
  ScoredVariants batch;
  batch.encoded.batch = test::read_vcf(
      "##fileformat=VCFv4.2\n##contig=<ID=c1>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
      "c1\t11\t.\tA\tC,<DEL>\t.\t.\t.\nc1\t21\t.\tAT\tG\t.\t.\t.\nc1\t31\t.\tA\t.\t.\t.\t.\n");
  test::add_scores(batch, {0.75F, 0.25F}, {{Status::ok, {0.25F, 0.75F}}, {Status::symbolic}});
  test::add_scores(batch, {0.5F, 0.5F}, {{Status::ok, {0.625F, 0.375F}}});
  test::add_scores(batch, {}, {{Status::no_alt}});
  ScoreSummary summary(2);
  summarize_variants(batch, summary);
  CHECK(summary.ref_labels == Counts{2, 0});
  CHECK(summary.labels == Counts{1, 1});
  CHECK(summary.label_changes == 1);
  CHECK((summary.deltas.n == 2 && summary.deltas.sum == 375'000));
  CHECK((summary.deltas.minimum == -125'000 && summary.deltas.maximum == 500'000));
  REQUIRE(summary.tracks.tracks().size() == 1);
  const auto& track = summary.tracks.tracks()[0];
  CHECK(track.bins[10] == TrackBin{1, 500'000, 500'000});
  CHECK(track.bins[20] == TrackBin{1, 125'000, 125'000});
  CHECK(track.length == 22);
}
