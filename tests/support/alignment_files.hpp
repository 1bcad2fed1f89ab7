#pragma once

#include <htslib/cram.h>
#include <htslib/sam.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "hts/test_files.hpp"
#include "vio/hts/alignment_reader.hpp"
#include "vio/hts/log.hpp"

namespace vio::test {

/// A contig of a header, with its bases.
struct TestContig {
  std::string name;
  std::string bases;
};

/// One read of SAM text.
struct TestRead {
  std::string name;
  int flag = 0;
  int contig = -1;        ///< index; -1: none
  std::int64_t pos = -1;  ///< 0-based
  int quality = 0;
  std::string cigar = "*";
  std::string bases = "*";
  std::string tags{};
  std::int64_t covered = 1;  ///< reference positions
};

inline std::string random_bases(std::mt19937& random, std::size_t size,
                                const std::string& alphabet = "ACGT") {
  std::string bases(size, '\0');
  for (auto& base : bases) base = alphabet[random() % alphabet.size()];
  return bases;
}

inline std::vector<TestContig> test_contigs(std::mt19937& random) {
  return {{"a", random_bases(random, 3000)},
          {"empty", random_bases(random, 200)},
          {"HLA:1*02", random_bases(random, 1200)},
          {"b", random_bases(random, 5000)}};
}

/// Sorted reads of several kinds: spliced, clipped, without bases, unmapped beside their mate,
/// secondary, supplementary; the unplaced ones last. They are named r0, r1, ... in this order.
inline std::vector<TestRead> random_reads(std::mt19937& random,
                                          const std::vector<TestContig>& contigs,
                                          std::size_t count) {
  std::vector<TestRead> reads(count);
  for (auto& read : reads) {
    read.quality = static_cast<int>(random() % 61);
    const int contig = static_cast<int>(random() % (contigs.size() + 1));
    const auto kind = random() % 9;
    if (contig == static_cast<int>(contigs.size()) || contig == 1) {
      read.flag = 4;
      read.quality = 0;  // CRAM keeps none
      if (kind > 0) read.bases = random_bases(random, 1 + random() % 40, "ACGTN");
      continue;
    }
    read.contig = contig;
    const auto& bases = contigs[static_cast<std::size_t>(contig)].bases;
    const std::size_t length = 10 + random() % 90;
    const std::size_t gap = random() % 600;
    const bool spliced = kind == 0;
    const auto span = length + (spliced ? gap : 0);
    read.pos = static_cast<std::int64_t>(random() % (bases.size() - span + 1));
    read.covered = static_cast<std::int64_t>(span);
    read.flag = random() % 2 == 0 ? 16 : 0;
    const auto at = static_cast<std::size_t>(read.pos);
    read.bases = bases.substr(at, length / 2) +
                 bases.substr(at + span - (length - length / 2), length - length / 2);
    if (random() % 3 == 0) read.bases[random() % length] = "ACGTN"[random() % 5];
    read.cigar = std::to_string(length) + "M";
    if (spliced && gap > 0) {
      read.cigar = std::to_string(length / 2) + "M" + std::to_string(gap) + "N" +
                   std::to_string(length - length / 2) + "M";
    } else if (kind == 1) {
      read.bases += "ACGTR";
      read.cigar += "5S";
    } else if (kind == 2) {
      read.flag |= 4;
      read.quality = 0;
      read.cigar = "*";
      read.covered = 1;
    } else if (kind == 3) {
      read.flag |= random() % 2 == 0 ? 0x100 : 0x800;
    } else if (kind == 4) {
      read.bases = "*";
    }
    if (random() % 4 == 0) read.tags = "\tXX:Z:some text\tXB:B:s,1,-2,3\tXF:f:0.5";
  }
  const auto order = [](const TestRead& read) {
    return std::pair(read.contig < 0 ? 1 << 20 : read.contig, read.pos);
  };
  std::stable_sort(reads.begin(), reads.end(),
                   [&](const auto& a, const auto& b) { return order(a) < order(b); });
  for (std::size_t i = 0; i < reads.size(); ++i) reads[i].name = "r" + std::to_string(i);
  return reads;
}

inline std::string sam_header(const std::vector<TestContig>& contigs) {
  std::string text = "@HD\tVN:1.6\tSO:coordinate\n";
  for (const auto& contig : contigs) {
    text.append("@SQ\tSN:").append(contig.name).append("\tLN:");
    text.append(std::to_string(contig.bases.size())).append("\n");
  }
  return text;
}

inline std::string sam_line(const TestRead& read, const std::vector<TestContig>& contigs) {
  std::string line = read.name;
  line.append("\t").append(std::to_string(read.flag)).append("\t");
  line.append(read.contig < 0 ? "*" : contigs[static_cast<std::size_t>(read.contig)].name);
  line.append("\t").append(std::to_string(read.pos + 1)).append("\t");
  line.append(std::to_string(read.quality)).append("\t").append(read.cigar);
  line.append("\t*\t0\t0\t").append(read.bases).append("\t");
  line.append(read.bases == "*" ? "*" : std::string(read.bases.size(), 'F'));
  return line.append(read.tags).append("\n");
}

inline std::string sam_text(const std::vector<TestRead>& reads,
                            const std::vector<TestContig>& contigs) {
  auto text = sam_header(contigs);
  for (const auto& read : reads) text += sam_line(read, contigs);
  return text;
}

inline std::string fasta_text(const std::vector<TestContig>& contigs) {
  std::string text;
  for (const auto& contig : contigs) {
    text.append(">").append(contig.name).append("\n").append(contig.bases).append("\n");
  }
  return text;
}

/// A CRAM's reads differ from a FASTA, from what it embeds, or from nothing.
enum class AlignmentKind { sam, sam_bgzip, bam, cram, cram_embedded, cram_without };

struct AlignmentFileOptions {
  AlignmentKind kind = AlignmentKind::bam;
  std::string reference;  ///< FASTA; CRAM needs it
  bool indexed = false;
  int slice_reads = 40;  ///< of CRAM
  std::string name = "x";
};

inline void check_written(int result) {
  if (result < 0) throw std::runtime_error("the test's alignments cannot be written");
}

/// Writes SAM text as a file of the kind through HTSlib, and returns its path.
inline std::string write_alignments(const TemporaryFolder& folder, const std::string& sam,
                                    const AlignmentFileOptions& options) {
  struct Close {
    void operator()(htsFile* file) const noexcept { hts_close(file); }
  };
  hts::silence_htslib();
  auto text = write_file(folder.file(options.name + ".sam"), sam);
  if (options.kind == AlignmentKind::sam) return text;
  constexpr std::array kSuffixes{".sam", ".sam.gz", ".bam", ".cram", ".cram", ".cram"};
  constexpr std::array kModes{"w", "wz", "wb", "wc", "wc", "wc"};
  const auto kind = static_cast<std::size_t>(options.kind);
  auto path = folder.file(options.name + kSuffixes.at(kind));
  const std::unique_ptr<htsFile, Close> in(hts_open(text.c_str(), "r"));
  std::unique_ptr<htsFile, Close> out(hts_open(path.c_str(), kModes.at(kind)));
  const hts::AlignmentHeaderHandle header(sam_hdr_read(in.get()));
  if (out->format.format == cram) {
    hts_set_opt(out.get(), CRAM_OPT_SEQS_PER_SLICE, options.slice_reads);
    hts_set_opt(out.get(), CRAM_OPT_EMBED_REF, options.kind == AlignmentKind::cram_embedded);
    hts_set_opt(out.get(), CRAM_OPT_NO_REF, options.kind == AlignmentKind::cram_without);
    if (options.kind != AlignmentKind::cram_without) {
      check_written(hts_set_fai_filename(out.get(), options.reference.c_str()));
    }
  }
  check_written(sam_hdr_write(out.get(), header.get()));
  hts::AlignmentRecord record;
  int result = 0;
  while ((result = sam_read1(in.get(), header.get(), record.handle())) >= 0) {
    check_written(sam_write1(out.get(), header.get(), record.handle()));
  }
  check_written(result + 1);
  check_written(hts_close(out.release()));
  if (options.indexed) check_written(sam_index_build(path.c_str(), 0));
  return path;
}

/// Every read as its line of SAM.
inline std::vector<std::string> read_lines(hts::AlignmentReader& reader) {
  std::vector<std::string> lines;
  hts::AlignmentRecord record;
  kstring_t line{0, 0, nullptr};
  while (reader.read(record)) {
    check_written(sam_format1(reader.header().get(), record.handle(), &line));
    lines.emplace_back(line.s, line.l);
  }
  ks_free(&line);
  return lines;
}

}  // namespace vio::test
