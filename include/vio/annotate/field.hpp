#pragma once

#include <memory>
#include <string>
#include <vector>

#include "vio/annotate/row.hpp"

namespace vio::annotate {

/// One output field: its column name(s) and its formatter. Stateless after construction, so safe in
/// any thread. A value that does not exist prints as `.`.
class Field {
 public:
  Field() = default;
  Field(const Field&) = delete;
  Field& operator=(const Field&) = delete;
  virtual ~Field() = default;

  /// Column name; several columns are joined by tabs.
  [[nodiscard]] virtual std::string header() const = 0;
  virtual void append(std::string& out, const Row& row) const = 0;
};

using Fields = std::vector<std::unique_ptr<const Field>>;
using Classes = std::vector<std::string>;

// One file each under src/annotate/fields_*.cpp.
[[nodiscard]] std::unique_ptr<const Field> seq_id_field();
[[nodiscard]] std::unique_ptr<const Field> start_field();
[[nodiscard]] std::unique_ptr<const Field> end_field();
[[nodiscard]] std::unique_ptr<const Field> strand_field();
[[nodiscard]] std::unique_ptr<const Field> length_field();
[[nodiscard]] std::unique_ptr<const Field> n_windows_field();
/// Of reads, in order of the reads' table; pos is 1-based, 0 where a read lies nowhere.
[[nodiscard]] std::unique_ptr<const Field> read_id_field();
[[nodiscard]] std::unique_ptr<const Field> flag_field();
[[nodiscard]] std::unique_ptr<const Field> chrom_field();
[[nodiscard]] std::unique_ptr<const Field> pos_field();
[[nodiscard]] std::unique_ptr<const Field> mapq_field();
[[nodiscard]] std::unique_ptr<const Field> n_reads_field();
/// Unknown positions over length, four decimals.
[[nodiscard]] std::unique_ptr<const Field> n_frac_field();
/// Name of the class with the largest printed probability; ties go to the first.
[[nodiscard]] std::unique_ptr<const Field> label_field(const Classes& classes);
/// That probability, six decimals.
[[nodiscard]] std::unique_ptr<const Field> score_field();
/// `p_<class>`, one column a class, six decimals.
[[nodiscard]] std::unique_ptr<const Field> probabilities_field(Classes classes);
/// Entropy of the probabilities in bits, six decimals.
[[nodiscard]] std::unique_ptr<const Field> entropy_field();
[[nodiscard]] std::unique_ptr<const Field> status_field();

/// `#` and the columns, with a line end.
[[nodiscard]] std::string header_line(const Fields& fields);
/// The row's columns, with a line end.
void append_line(std::string& out, const Fields& fields, const Row& row);

}  // namespace vio::annotate
