#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "catch.hpp"
#include "small_training.hpp"
#include "vio/core/error.hpp"

using namespace vio;
using namespace vio::train;
using test::largest_difference;
using test::random_rows;
using test::small_residual_spec;
using test::small_vio_recipe;

namespace {

class TemporaryFile {
 public:
  TemporaryFile()
      : path_(std::filesystem::temp_directory_path() /
              ("vio-checkpoint-" + std::to_string(getpid()))) {}
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

FitStart with_checkpoint(const TemporaryFile& file, bool resume) {
  FitStart start;
  start.checkpoint = {.path = file.path(), .resume = resume};
  return start;
}

FitHooks stop_after(int& steps, int most) {
  return {.on_step = [&steps](const FitProgress&) { ++steps; },
          .on_epoch = {},
          .stop = [&steps, most] { return steps == most; }};
}

}  // namespace

TEST_CASE("going on from a checkpoint gives the weights of an uninterrupted run") {
  const auto train = random_rows(50, 1);
  const auto validation = random_rows(20, 2);
  const auto spec = small_residual_spec();
  auto options = small_vio_recipe(4, 2);
  options.augmentation.length_dropout = 0.3;
  const auto whole = fit(spec, train, validation, options, {});
  // In the middle of an epoch, at its end, in the first one; 7 steps an epoch.
  for (const int most : {1, 7, 11, 14, 27}) {
    const TemporaryFile file;
    int steps = 0;
    const auto part = fit(spec, train, validation, options, stop_after(steps, most),
                          with_checkpoint(file, false));
    CHECK(part.stopped);
    CHECK(part.log.size() == static_cast<std::size_t>(most / 7));
    const auto rest = fit(spec, train, validation, options, {}, with_checkpoint(file, true));
    CHECK(rest.resumed_epochs == most / 7);
    CHECK(largest_difference(rest.tensors, whole.tensors) == 0);
    CHECK(rest.best_epoch == whole.best_epoch);
    REQUIRE(rest.log.size() == whole.log.size());
    for (std::size_t i = 0; i < rest.log.size(); ++i) {
      CHECK(rest.log[i].train_loss == whole.log[i].train_loss);
      CHECK(rest.log[i].validation_loss == whole.log[i].validation_loss);
    }
  }
}

TEST_CASE("a checkpoint of a whole run has nothing left to do") {
  const auto train = random_rows(20, 3);
  const auto options = small_vio_recipe(2, 1);
  const TemporaryFile file;
  const auto whole =
      fit(small_residual_spec(), train, {}, options, {}, with_checkpoint(file, false));
  int steps = 0;
  const auto again = fit(small_residual_spec(), train, {}, options, stop_after(steps, -1),
                         with_checkpoint(file, true));
  CHECK(steps == 0);
  CHECK(largest_difference(again.tensors, whole.tensors) == 0);
}

TEST_CASE("another run's checkpoint is refused") {
  const auto train = random_rows(20, 4);
  const auto spec = small_residual_spec();
  const auto options = small_vio_recipe(1, 1);
  const TemporaryFile file;
  (void)fit(spec, train, {}, options, {}, with_checkpoint(file, false));
  const auto resume = with_checkpoint(file, true);

  auto other_options = options;
  other_options.epochs = 2;
  CHECK_THROWS_WITH(fit(spec, train, {}, other_options, {}, resume), Catch::Contains("options"));
  auto other_data = train;
  other_data.sequences[3][2] ^= 1U;
  CHECK_THROWS_WITH(fit(spec, other_data, {}, options, {}, resume), Catch::Contains("data"));
  auto other_spec = spec;
  other_spec.head.hidden = 9;
  CHECK_THROWS_WITH(fit(other_spec, train, {}, options, {}, resume), Catch::Contains("spec"));

  std::filesystem::resize_file(file.path(), std::filesystem::file_size(file.path()) - 1);
  CHECK_THROWS_AS(fit(spec, train, {}, options, {}, resume), core::ModelError);
  std::ofstream(file.path()) << "something else";
  CHECK_THROWS_AS(fit(spec, train, {}, options, {}, resume), core::ModelError);
}

TEST_CASE("without a checkpoint to go on from, training begins") {
  const auto train = random_rows(20, 5);
  const auto options = small_vio_recipe(1, 1);
  const TemporaryFile file;
  const auto result =
      fit(small_residual_spec(), train, {}, options, {}, with_checkpoint(file, true));
  CHECK(result.resumed_epochs == 0);
  CHECK(result.log.size() == 1);
  CHECK(std::filesystem::exists(file.path()));
}
