#pragma once

#include <htslib/sam.h>

#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "support/alignment_text.hpp"
#include "support/temporary_folder.hpp"
#include "vio/sink/record_output.hpp"

namespace vio::test {

using Scores = std::vector<annotate::RecordScore>;

/// A read that was scored; without probabilities one that was not.
inline annotate::RecordScore score_of(const std::vector<double>& probabilities) {
  annotate::RecordScore score;
  score.status = probabilities.empty() ? core::Status::too_short : core::Status::ok;
  score.mean = probabilities;
  for (const double p : probabilities) score.probabilities.push_back(annotate::to_millionths(p));
  return score;
}

/// Every read of a SAM text with the same score.
inline Scores same_scores(const std::string& sam, const std::vector<double>& probabilities) {
  return Scores(read_sam(sam).size(), score_of(probabilities));
}

/// Opens the output of a SAM text's reads.
inline std::unique_ptr<sink::RecordOutput> open_tagged(
    const std::string& sam, const sink::AlignmentOutputOptions& options,
    sink::TemporaryFiles& temporaries, const std::vector<std::string>& classes = {"no", "y s"}) {
  return sink::open_alignment_output(options, *read_sam(sam).header, classes, temporaries);
}

/// Tags the reads of a SAM text, in batches of three, and writes them to a file.
inline void write_tagged(const std::string& sam, const Scores& scores,
                         const sink::AlignmentOutputOptions& options) {
  sink::TemporaryFiles temporaries;
  const auto output = open_tagged(sam, options, temporaries);
  auto all = read_sam(sam);
  auto& reads = std::get<std::vector<hts::AlignmentRecord>>(all.records);
  constexpr std::size_t kBatch = 3;
  for (std::size_t begin = 0; begin < reads.size(); begin += kBatch) {
    const auto end = std::min(begin + kBatch, reads.size());
    source::RecordBatch batch;
    batch.header = all.header;
    batch.records = std::vector<hts::AlignmentRecord>(
        std::make_move_iterator(reads.begin() + static_cast<std::ptrdiff_t>(begin)),
        std::make_move_iterator(reads.begin() + static_cast<std::ptrdiff_t>(end)));
    const auto of_batch = std::span(scores).subspan(begin, end - begin);
    const auto text = output->format(batch, of_batch);
    output->write(batch, of_batch, text);
    output->flush();
  }
  output->finish();
}

/// A file of alignments as HTSlib reads it, as SAM text.
struct ReadBack {
  std::string header;
  std::vector<std::string> reads;
};

using SamFile = std::unique_ptr<samFile, int (*)(samFile*)>;

inline ReadBack read_back(const std::string& path, const std::string& reference = "") {
  const SamFile file(sam_open(path.c_str(), "r"), hts_close);
  if (!file) throw std::runtime_error("cannot open " + path);
  if (!reference.empty()) hts_set_fai_filename(file.get(), reference.c_str());
  const hts::AlignmentHeaderHandle header(sam_hdr_read(file.get()));
  if (!header) throw std::runtime_error("no header in " + path);
  ReadBack back;
  back.header = sam_hdr_str(header.get());
  const hts::AlignmentRecord read;
  kstring_t line{0, 0, nullptr};
  int result = 0;
  while ((result = sam_read1(file.get(), header.get(), read.handle())) >= 0) {
    if (sam_format1(header.get(), read.handle(), &line) < 0) break;
    back.reads.emplace_back(line.s, line.l);
  }
  ks_free(&line);
  if (result != -1) throw std::runtime_error("cannot read " + path);
  return back;
}

/// A line of SAM without the tags vl, vs and vp, by nothing but its characters.
inline std::string without_tags(const std::string& line) {
  std::string rest;
  std::istringstream text(line);
  int column = 0;
  for (std::string cell; std::getline(text, cell, '\t'); ++column) {
    const auto tag = cell.substr(0, 3);
    if (column >= 11 && (tag == "vl:" || tag == "vs:" || tag == "vp:")) continue;
    if (column > 0) rest += '\t';
    rest += cell;
  }
  return rest;
}

/// The tags vl, vs and vp of a line of SAM, joined by blanks, in their order.
inline std::string tags_of(const std::string& line) {
  std::string tags;
  std::istringstream text(line);
  int column = 0;
  for (std::string cell; std::getline(text, cell, '\t'); ++column) {
    const auto tag = cell.substr(0, 3);
    if (column < 11 || (tag != "vl:" && tag != "vs:" && tag != "vp:")) continue;
    if (!tags.empty()) tags += ' ';
    tags += cell;
  }
  return tags;
}

}  // namespace vio::test
