#include "vio/hts/fasta_index.hpp"

#include <fmt/format.h>
#include <htslib/faidx.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "vio/core/error.hpp"
#include "vio/hts/byte_reader.hpp"
#include "vio/hts/log.hpp"

namespace vio::hts {

namespace fs = std::filesystem;

namespace {

struct IndexPaths {
  std::string fai;
  std::string gzi;  ///< empty for a plain file
};

IndexPaths paths_for(const std::string& stem, bool compressed) {
  return {stem + ".fai", compressed ? stem + ".gzi" : std::string()};
}

void check_not_older(const std::string& index, const std::string& fasta) {
  if (fs::last_write_time(index) < fs::last_write_time(fasta)) {
    throw core::InputError(
        fmt::format("{0} is older than {1}; make it again with `samtools faidx {1}`, or delete it "
                    "and it is built anew.",
                    index, fasta));
  }
}

bool build(const std::string& fasta, const IndexPaths& paths) {
  // An absolute path is never taken for a URL.
  const std::string file = fs::absolute(fasta).string();
  return fai_build3(file.c_str(), paths.fai.c_str(), paths.gzi.c_str()) == 0;
}

void remove_quietly(const IndexPaths& paths) {
  std::error_code ignored;
  fs::remove(paths.fai, ignored);
  if (!paths.gzi.empty()) fs::remove(paths.gzi, ignored);
}

bool is_writable_folder(const fs::path& folder) {
  return ::access(folder.empty() ? "." : folder.c_str(), W_OK | X_OK) == 0;
}

FastaEntry parse_line(const std::string& line, const std::string& path, std::size_t number) {
  FastaEntry entry;
  const auto tab = line.find('\t');
  std::istringstream columns(tab == std::string::npos ? std::string() : line.substr(tab));
  columns >> entry.length >> entry.offset >> entry.line_symbols >> entry.line_bytes;
  const bool sane = !columns.fail() && entry.length >= 0 && entry.line_symbols >= 0 &&
                    entry.line_bytes >= entry.line_symbols &&
                    (entry.length == 0 || entry.line_symbols > 0);
  if (!sane) {
    throw core::InputError(fmt::format(
        "{}: line {} is not one of a FASTA index (name, length, offset, symbols and bytes of a "
        "line); delete the file and it is built anew.",
        path, number));
  }
  entry.name = line.substr(0, tab);
  return entry;
}

}  // namespace

class FastaIndex::TemporaryFolder {
 public:
  TemporaryFolder() : path_((fs::temp_directory_path() / "vio-index-XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr) {
      throw core::UsageError(fmt::format(
          "no temporary folder for a FASTA index could be made in {}; set TMPDIR to a folder that "
          "can be written.",
          fs::temp_directory_path().string()));
    }
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  std::string path_;
};

std::uint64_t FastaEntry::byte_of(std::int64_t position) const noexcept {
  if (line_symbols == 0) return offset;
  return offset +
         static_cast<std::uint64_t>(position / line_symbols * line_bytes + position % line_symbols);
}

std::uint64_t FastaEntry::end_byte() const noexcept {
  return length == 0 ? offset : byte_of(length - 1) + 1;
}

std::optional<FastaIndex> FastaIndex::open(const std::string& fasta) {
  silence_htslib();
  ByteReaderOptions probe;
  probe.path = fasta;
  const bool compressed = ByteReader(probe).compression() == Compression::bgzf;
  const IndexPaths beside = paths_for(fasta, compressed);
  FastaIndex index;
  index.block_index_ = beside.gzi;
  index.fasta_ = fs::absolute(fasta).string();
  if (fs::exists(beside.fai) && (!compressed || fs::exists(beside.gzi))) {
    check_not_older(beside.fai, fasta);
    if (compressed) check_not_older(beside.gzi, fasta);
    index.load(beside.fai);
    return index;
  }
  if (is_writable_folder(fs::path(fasta).parent_path())) {
    const auto fresh = paths_for(fmt::format("{}.{}.tmp", fasta, ::getpid()), compressed);
    if (!build(fasta, fresh)) {
      remove_quietly(fresh);
      return std::nullopt;
    }
    // The .fai last: whoever sees it may rely on the .gzi.
    if (compressed) fs::rename(fresh.gzi, beside.gzi);
    fs::rename(fresh.fai, beside.fai);
    index.load(beside.fai);
    return index;
  }
  auto folder = std::make_shared<const TemporaryFolder>();
  const auto elsewhere = paths_for(folder->path() + "/reference", compressed);
  if (!build(fasta, elsewhere)) return std::nullopt;
  fs::create_symlink(index.fasta_, folder->path() + "/reference");
  index.fasta_ = folder->path() + "/reference";
  index.folder_ = std::move(folder);
  index.block_index_ = elsewhere.gzi;
  index.load(elsewhere.fai);
  return index;
}

void FastaIndex::load(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    entries_.push_back(parse_line(line, path, number));
  }
  if (!file.eof()) {
    throw core::InputError(
        fmt::format("{} cannot be read; check its permissions, or delete it.", path));
  }
  // Only now, because growing entries_ would move the names.
  for (std::size_t i = 0; i < entries_.size(); ++i) by_name_.emplace(entries_[i].name, i);
}

const FastaEntry* FastaIndex::find(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &entries_[found->second];
}

}  // namespace vio::hts
