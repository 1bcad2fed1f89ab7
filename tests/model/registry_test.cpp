#include "vio/model/registry.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "catch.hpp"
#include "support/temporary_folder.hpp"
#include "vio/core/error.hpp"

namespace {

using namespace vio;

/// Sets VIO_MODEL_PATH for one test.
class ModelPath {
 public:
  explicit ModelPath(const std::string& value) { setenv("VIO_MODEL_PATH", value.c_str(), 1); }
  ModelPath(const ModelPath&) = delete;
  ModelPath& operator=(const ModelPath&) = delete;
  ~ModelPath() { unsetenv("VIO_MODEL_PATH"); }
};

bool lists(const std::string& name) {
  const auto names = model::list_models();
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

TEST_CASE("models are found by name in the folders of VIO_MODEL_PATH, first match wins") {
  const test::TemporaryFolder first;
  const test::TemporaryFolder second;
  const auto ours = first.write("zz-ours.safetensors", "");
  second.write("zz-ours.safetensors", "");
  const auto theirs = second.write("zz-theirs.safetensors", "");
  second.write("zz-notes.txt", "");
  const ModelPath path(first.path().string() + "::" + second.path().string() + ":/no/such/folder");

  CHECK(model::find_model("zz-ours") == ours);
  CHECK(model::find_model("zz-theirs") == theirs);
  CHECK(lists("zz-ours"));
  CHECK(lists("zz-theirs"));
  CHECK_FALSE(lists("zz-notes"));
}

TEST_CASE("the folder of shipped models comes last and stands beside the executable's") {
  const ModelPath path("/somewhere");
  const auto folders = model::model_folders();
  REQUIRE(folders.size() == 2);
  CHECK(folders[0] == "/somewhere");
  CHECK(folders[1].parent_path().filename() == "vio-annotate");
  CHECK(folders[1].filename() == "models");
}

TEST_CASE("a slash or the suffix makes it a file") {
  CHECK(model::find_model("./x") == "./x");
  CHECK(model::find_model("x.safetensors") == "x.safetensors");
}

TEST_CASE("a name that no folder has is refused with the names that exist") {
  const test::TemporaryFolder folder;
  folder.write("zz-here.safetensors", "");
  const ModelPath path(folder.path().string());
  CHECK_THROWS_WITH(model::find_model("zz-absent"),
                    Catch::Matchers::Contains("zz-here") && Catch::Matchers::Contains("zz-absent"));
  CHECK_THROWS_AS(model::find_model("zz-absent"), core::ModelError);
}
