#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct bam1_t;
struct sam_hdr_t;

namespace vio::hts {

struct DestroyAlignmentHeader {
  void operator()(sam_hdr_t* header) const noexcept;
};
using AlignmentHeaderHandle = std::unique_ptr<sam_hdr_t, DestroyAlignmentHeader>;

struct DestroyAlignmentRecord {
  void operator()(bam1_t* record) const noexcept;
};
using AlignmentRecordHandle = std::unique_ptr<bam1_t, DestroyAlignmentRecord>;

/// One read of a SAM, BAM or CRAM, as HTSlib read it: whatever is not changed here is written as it
/// was read. Records are independent of each other; one record is for one thread at a time.
class AlignmentRecord {
 public:
  AlignmentRecord();

  [[nodiscard]] std::string_view name() const noexcept;
  /// SAM's FLAG.
  [[nodiscard]] std::uint16_t flag() const noexcept;
  /// Contig of the read (an unmapped one may have that of its mate); `*` where it has none.
  [[nodiscard]] std::string_view contig(const sam_hdr_t& header) const noexcept;
  /// Index of the contig in the header; -1 where it has none.
  [[nodiscard]] int contig_id() const noexcept;
  /// 0-based; -1 where it has none.
  [[nodiscard]] std::int64_t position() const noexcept;
  /// 0-based, after the last reference base that is covered; position + 1 for unmapped reads.
  [[nodiscard]] std::int64_t end() const noexcept;
  [[nodiscard]] int mapping_quality() const noexcept;
  /// Bases of SEQ; 0 for `*`.
  [[nodiscard]] std::int64_t length() const noexcept;
  /// Bytes that the record holds, roughly.
  [[nodiscard]] std::size_t bytes() const noexcept;

  /// Appends SEQ in the read's original orientation, as `samtools fastq` writes it: the reverse
  /// complement of what is stored where FLAG has 0x10. IUPAC letters, `=` as N. Nothing for `*`.
  void append_sequence(std::string& symbols) const;

  /// Appends the read's line of SAM. `header` numbers contigs as the one it was read with does.
  /// Throws core::InputError where its tags are damaged.
  void append_sam(const sam_hdr_t& header, std::string& lines) const;

  // Auxiliary tags of two letters; one that is there already is replaced. Throws std::bad_alloc.
  void set_tag(std::string_view tag, const std::string& text);        ///< type Z
  void set_tag(std::string_view tag, float value);                    ///< type f
  void set_tag(std::string_view tag, std::span<const float> values);  ///< type B:f
  void remove_tag(std::string_view tag);

  [[nodiscard]] bam1_t* handle() const noexcept { return handle_.get(); }

 private:
  AlignmentRecordHandle handle_;
};

}  // namespace vio::hts
