#include "vio/source/reference.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <mutex>
#include <system_error>
#include <unordered_set>
#include <utility>
#include <vector>

#include "source/index_check.hpp"
#include "source/indexed_fasta.hpp"
#include "vio/core/error.hpp"

namespace vio::source {

namespace {

hts::FastaIndex open_index(const std::string& path) {
  if (path == "-") {
    throw core::UsageError(
        "The reference (-f) cannot come from standard input, because it is read at random places; "
        "name a file.");
  }
  // Before it is opened, because opening a named pipe waits for its writer.
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored) && !std::filesystem::is_regular_file(path, ignored) &&
      !std::filesystem::is_directory(path, ignored)) {
    throw core::UsageError(fmt::format(
        "{} is not a regular file, and the reference (-f) is read at random places; write it to a "
        "file first.",
        path));
  }
  const auto records = open_records(hts::ByteReaderOptions{.path = path, .block_index = {}});
  records->check_end_marker();
  return open_fasta_index(path, *records, kReferenceNeed);
}

}  // namespace

/// Readers that are not in use, and which contigs were checked against the file.
class Reference::Readers {
 public:
  struct Reader {
    explicit Reader(std::unique_ptr<TextReader> opened)
        : text(*opened), records(std::move(opened)) {}
    TextReader& text;  ///< of `records`
    FastaReader records;
  };

  /// One that was returned, or null.
  std::unique_ptr<Reader> take() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return nullptr;
    auto reader = std::move(idle_.back());
    idle_.pop_back();
    return reader;
  }

  /// Readers that met an error are not returned: nobody knows where they stand.
  void give_back(std::unique_ptr<Reader> reader) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(reader));
  }

  /// Threads that come to a contig at the same time may both check it, which does no harm.
  void check(const hts::FastaEntry& entry, TextReader& text) {
    if (is_checked(entry)) return;
    check_entry(entry, text, kReferenceNeed.otherwise);
    const std::lock_guard lock(mutex_);
    checked_.insert(&entry);
  }

 private:
  bool is_checked(const hts::FastaEntry& entry) {
    const std::lock_guard lock(mutex_);
    return checked_.contains(&entry);
  }

  std::mutex mutex_;
  std::vector<std::unique_ptr<Reader>> idle_;
  std::unordered_set<const hts::FastaEntry*> checked_;  ///< of the index
};

Reference::Reference(const std::string& path)
    : path_(path), index_(open_index(path)), readers_(std::make_unique<Readers>()) {}

Reference::~Reference() = default;

std::string Reference::read(const hts::FastaEntry& entry, std::int64_t begin,
                            std::int64_t end) const {
  std::string symbols;
  if (begin == end) return symbols;
  auto reader = readers_->take();
  if (!reader) reader = std::make_unique<Readers::Reader>(open_indexed_text(path_, index_));
  readers_->check(entry, reader->text);
  const auto wanted = static_cast<std::size_t>(end - begin);
  symbols.reserve(wanted);
  reader->records.seek(entry.byte_of(begin), entry.name, begin % entry.line_symbols == 0);
  static_cast<void>(reader->records.read(symbols, wanted));
  if (symbols.size() < wanted) throw_short_record(path_, entry.name);
  readers_->give_back(std::move(reader));
  return symbols;
}

}  // namespace vio::source
