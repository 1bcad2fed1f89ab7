#pragma once

#include <string>
#include <vector>

#include "vio/annotate/record_score.hpp"
#include "vio/hts/alignment_record.hpp"

namespace vio::sink {

/// The tags vl, vs and vp, and how they get into reads. Thread-safe.
class AlignmentTags {
 public:
  explicit AlignmentTags(const std::vector<std::string>& classes);

  /// Replaces those of an earlier run; takes them away where there is no score.
  void set(hts::AlignmentRecord& read, const annotate::RecordScore& score) const;

 private:
  std::vector<std::string> labels_;
};

}  // namespace vio::sink
