#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct bcf_hdr_t;

namespace vio::hts {

struct DestroyVariantHeader {
  void operator()(bcf_hdr_t* header) const noexcept;
};
using VariantHeaderHandle = std::unique_ptr<bcf_hdr_t, DestroyVariantHeader>;

/// A contig as a header declares it.
struct ContigLine {
  std::string name;
  std::optional<std::int64_t> length;  ///< positions
};

/// An INFO declaration: `##INFO=<ID=...,Number=...,Type=...,Description="...">`.
struct InfoLine {
  std::string id;
  std::string number;  ///< `A`, `R`, `.`, or a count
  std::string type;    ///< `String`, `Float`, ...
  std::string description;
};

/// The header of a VCF or BCF: HTSlib's, which also numbers contigs and tags. Changing it is for
/// one thread; a const one may be shared.
class VariantHeader {
 public:
  explicit VariantHeader(VariantHeaderHandle handle) : handle_(std::move(handle)) {}

  /// Declared contigs, in the header's order.
  [[nodiscard]] std::vector<ContigLine> contigs() const;
  [[nodiscard]] bool has_contig(std::string_view name) const;
  void add_contig(const ContigLine& contig);
  /// Declares an INFO tag; what was declared under this name before is gone.
  void set_info(const InfoLine& info);
  void remove_info(const std::string& id);
  /// A line such as `##key=<ID=id,...>`; `line` has no line end. Replaces one with this key and id.
  void set_structured(const std::string& key, const std::string& id, const std::string& line);
  /// A line such as `##key=value`, without its line end, after all others.
  void append(const std::string& line);

  /// An independent copy with the same numbers for contigs and tags.
  [[nodiscard]] VariantHeader copy() const;
  /// Grows whenever HTSlib adds a contig or tag that a record uses and the header does not declare.
  [[nodiscard]] std::size_t dictionary_size() const noexcept;
  /// The whole header as VCF text, `#CHROM` line included.
  [[nodiscard]] std::string text() const;

  [[nodiscard]] bcf_hdr_t* handle() const noexcept { return handle_.get(); }

 private:
  void sync();

  VariantHeaderHandle handle_;
};

}  // namespace vio::hts
