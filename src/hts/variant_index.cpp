#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <map>

#include "hts/variant_file.hpp"
#include "vio/core/error.hpp"

namespace vio::hts {

namespace fs = std::filesystem;

namespace {

constexpr int kUnreadable = -1;  // no contig has this number

}  // namespace

std::string index_beside(const std::string& path, bool is_bcf) {
  std::error_code ignored;
  for (const auto* const suffix : {".csi", ".tbi"}) {
    auto index = path + suffix;
    const bool fits = !is_bcf || index.ends_with(".csi");
    if (fits && fs::is_regular_file(index, ignored)) return index;
  }
  return {};
}

VariantReader::Index::Index(const File& file, const std::string& path, std::uint64_t header_end)
    : header_end_(header_end) {
  // Absolute paths are never taken for URLs.
  const auto data = fs::absolute(file.path()).string();
  const auto index = fs::absolute(path).string();
  if (file.is_bcf()) {
    index_.reset(bcf_index_load3(data.c_str(), index.c_str(), HTS_IDX_SILENT_FAIL));
  } else {
    tabix_.reset(tbx_index_load3(data.c_str(), index.c_str(), HTS_IDX_SILENT_FAIL));
  }
  if (!index_ && !tabix_) {
    throw core::InputError(fmt::format(
        "{} cannot be read as an index of {}; make it again with `bcftools index -f {}`.", path,
        file.name(), file.name()));
  }
}

VariantReader::Index::Iterator VariantReader::Index::iterate(int contig, std::int64_t begin,
                                                             std::int64_t end) const {
  return Iterator(tabix_ ? tbx_itr_queryi(tabix_.get(), contig, begin, end)
                         : bcf_itr_queryi(index_.get(), contig, begin, end));
}

std::vector<IndexedContig> VariantReader::Index::contigs(const VariantHeader& header) const {
  int count = 0;
  struct FreeNames {
    void operator()(const char** names) const noexcept {
      // HTSlib's array, C's memory.
      std::free(names);  // NOLINT(cppcoreguidelines-no-malloc,cppcoreguidelines-owning-memory)
    }
  };
  const std::unique_ptr<const char*, FreeNames> names(
      tabix_ ? tbx_seqnames(tabix_.get(), &count)
             : bcf_index_seqnames(index_.get(), header.handle(), &count));
  std::vector<IndexedContig> contigs;
  std::map<std::uint64_t, std::uint64_t> ends;  // by offset of the contig's first record
  for (int i = 0; i < count; ++i) {
    const char* const name = names.get()[i];
    const int id =
        tabix_ ? tbx_name2id(tabix_.get(), name) : bcf_hdr_name2id(header.handle(), name);
    const auto all = iterate(id, 0, std::numeric_limits<std::int64_t>::max());
    if (all && all->n_off > 0) {
      contigs.push_back({name, all->off[0].u, 0});
      ends.emplace(all->off[0].u, all->off[all->n_off - 1].v);
    }
  }
  std::sort(contigs.begin(), contigs.end(),
            [](const auto& a, const auto& b) { return a.offset < b.offset; });
  auto previous_end = header_end_;
  for (auto& contig : contigs) {
    contig.previous_end = previous_end;
    previous_end = ends.at(contig.offset);
  }
  return contigs;
}

void VariantReader::Index::query(const VariantHeader& header, const std::string& contig,
                                 std::int64_t begin, std::int64_t end) {
  scan_.reset();
  const int id = tabix_ ? tbx_name2id(tabix_.get(), contig.c_str())
                        : bcf_hdr_name2id(header.handle(), contig.c_str());
  iterator_ = id < 0 ? nullptr : iterate(id, begin, end);
}

void VariantReader::Index::scan(htsFile* file, const VariantHeader& header,
                                const IndexedContig& contig, std::int64_t end) {
  if (tabix_) {  // tabix counts POS 0 as the first base
    query(header, contig.name, 0, end);
    return;
  }
  scan_ = {bcf_hdr_name2id(header.handle(), contig.name.c_str()), end};
  if (bgzf_seek(hts_get_bgzfp(file), static_cast<std::int64_t>(contig.previous_end), SEEK_SET) !=
      0) {
    scan_->contig = kUnreadable;
  }
}

int VariantReader::Index::scan_next(htsFile* file, const VariantHeader& header, bcf1_t* record) {
  if (scan_->contig == kUnreadable) return kMalformed;
  const int result = bcf_read(file, header.handle(), record);
  if (result < 0) return result;
  return record->rid == scan_->contig && record->pos < scan_->end ? 0 : -1;
}

int VariantReader::Index::read(htsFile* file, const VariantHeader& header, bcf1_t* record) {
  if (scan_) return scan_next(file, header, record);
  if (!iterator_) return -1;
  if (!tabix_) return bcf_itr_next(file, iterator_.get(), record);
  const int result = tbx_itr_next(file, tabix_.get(), iterator_.get(), line_.get());
  if (result < 0) return result;
  return parse_vcf_line(line_, header, record);
}

}  // namespace vio::hts
