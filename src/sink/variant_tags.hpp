#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "vio/annotate/variant_field.hpp"
#include "vio/hts/variant_header.hpp"
#include "vio/hts/variant_record.hpp"

namespace vio::sink {

/// Every tag that any run may write under a prefix.
[[nodiscard]] std::vector<std::string> all_tags(const std::string& prefix);

/// The tags of one output, and how they get into its records. Thread-safe.
class VariantTags {
 public:
  VariantTags(std::shared_ptr<const annotate::VariantFields> fields, std::string prefix);

  /// Takes away what an earlier run wrote. `header` is the one the record was read with.
  void remove_old(const hts::VariantHeader& header, hts::VariantRecord& record) const;
  /// `header` numbers what the record holds as the one it was read with, and declares the tags.
  void set(const hts::VariantHeader& header, hts::VariantRecord& record,
           const annotate::VariantRow& row) const;

  /// The header that records were read with and the tags declared in it: also what the output's
  /// header lacks because only a later record made HTSlib add it has a number there.
  [[nodiscard]] std::shared_ptr<const hts::VariantHeader> declared_in(
      const std::shared_ptr<const hts::VariantHeader>& header) const;

 private:
  struct Tag {
    std::string id;
    const annotate::VariantField* field;
  };

  std::shared_ptr<const annotate::VariantFields> fields_;
  std::string prefix_;
  std::vector<std::string> old_;
  std::vector<Tag> tags_;

  // Batches share headers, and a copy of one with thousands of contigs takes a while.
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const hts::VariantHeader> last_read_;
  mutable std::shared_ptr<const hts::VariantHeader> last_declared_;
};

}  // namespace vio::sink
