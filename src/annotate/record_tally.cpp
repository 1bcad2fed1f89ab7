#include "vio/annotate/table.hpp"

namespace vio::annotate {

using core::Status;

void RecordTally::add(const encode::EncodedBatch& batch, Accounting& accounting) {
  const auto count_window = [&](std::size_t index) {
    const Status status = batch.windows[index].status;
    accounting.windows.add(status);
    if (!any_window_) {
      first_reason_ = status;
    }
    any_window_ = true;
    any_scored_ = any_scored_ || status == Status::ok;
  };

  std::size_t next = 0;
  for (const auto& unit_end : batch.unit_ends) {
    for (; next < unit_end.after_windows; ++next) {
      count_window(next);
    }
    if (any_window_) {  // else the unit's windows all belong to other shards
      last_ = {batch.units[unit_end.unit]->ordinal, any_scored_ ? Status::ok : first_reason_};
      if (!first_) first_ = last_;
      accounting.records.add(last_->status);
    }
    any_window_ = any_scored_ = false;
  }
  for (; next < batch.windows.size(); ++next) {
    count_window(next);
  }
}

}  // namespace vio::annotate
