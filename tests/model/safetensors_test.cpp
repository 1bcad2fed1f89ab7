#include <bit>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "catch.hpp"
#include "support/temporary_folder.hpp"
#include "vio/core/error.hpp"
#include "vio/model/model.hpp"

namespace {

using namespace vio;

template <typename Value>
std::string bytes_of(const std::vector<Value>& values) {
  std::string bytes(values.size() * sizeof(Value), '\0');
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

std::string file_of(const std::string& header, const std::string& data) {
  return bytes_of<std::uint64_t>({header.size()}) + header + data;
}

std::string entry(const std::string& type, const std::string& shape, const std::string& offsets) {
  return R"({"dtype":")" + type + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}";
}

std::string one_tensor(const std::string& type, const std::string& data) {
  const auto width = type == "F64" ? 8U : type == "F32" ? 4U : 2U;
  const auto shape = std::string("[").append(std::to_string(data.size() / width)).append("]");
  return file_of(R"({"t":)" + entry(type, shape, "[0," + std::to_string(data.size()) + "]") + "}",
                 data);
}

std::vector<float> load_one(const std::string& bytes) {
  const test::TemporaryFolder folder;
  return model::load_tensors(folder.write("t.safetensors", bytes)).at("t").values;
}

std::string complaint(const std::string& bytes) {
  const test::TemporaryFolder folder;
  try {
    (void)model::load_tensors(folder.write("lie.safetensors", bytes));
  } catch (const core::ModelError& error) {
    CHECK(std::string(error.what()).find("lie.safetensors") != std::string::npos);
    return error.what();
  }
  return "";
}

/// Data for two float32 values or one float64.
std::string eight_bytes() {
  return std::string(8, '\0');
}

struct Lie {
  std::string said;
  std::string bytes;
};

std::vector<Lie> lies() {
  return {
      {"0 bytes", ""},
      {"7 bytes", std::string(7, '\0')},
      {"claims a header of 18446744073709551615", std::string(8, '\xff') + "{}"},
      {"claims a header of 3 bytes", bytes_of<std::uint64_t>({3}) + "{}"},
      {"does not begin with '{'", file_of("", "")},
      {"does not begin with '{'", file_of(" {}", "")},
      {"longer than", file_of("{" + std::string(5 << 20, ' ') + "}", "")},
      {"not valid JSON", file_of("{", "")},
      {"not valid JSON", file_of("{}}", "")},
      {"levels", file_of(R"({"t":)" + std::string(200'000, '[') + "}", "")},
      {"'t' twice", file_of(R"({"t":)" + entry("F32", "[1]", "[0,4]") + R"(,"t":)" +
                                entry("F32", "[1]", "[4,8]") + "}",
                            eight_bytes())},
      {"'t' of its header must be a JSON object", file_of(R"({"t":3})", "")},
      {"'t.dtype'", file_of(R"({"t":)" + entry("I64", "[1]", "[0,8]") + "}", eight_bytes())},
      {"'t.stride'", file_of(R"({"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"stride":1}})",
                             eight_bytes())},
      {"'t.shape' of its header is missing",
       file_of(R"({"t":{"dtype":"F32","data_offsets":[0,8]}})", eight_bytes())},
      {"'t.shape'", file_of(R"({"t":)" + entry("F32", "[-2]", "[0,8]") + "}", eight_bytes())},
      {"'t.shape'", file_of(R"({"t":)" + entry("F32", "[2.0]", "[0,8]") + "}", eight_bytes())},
      {"'t.shape'", file_of(R"({"t":)" + entry("F32", "[3]", "[0,8]") + "}", eight_bytes())},
      {"'t.shape'", file_of(R"({"t":)" + entry("F64", "[2]", "[0,8]") + "}", eight_bytes())},
      {"'t.shape'",
       file_of(R"({"t":)" + entry("F32", "[4294967296,4294967296]", "[0,0]") + "}", "")},
      {"'t.shape'",
       file_of(R"({"t":)" + entry("F32", "[4611686018427387906]", "[0,8]") + "}", eight_bytes())},
      {"'t.shape'",
       file_of(R"({"t":)" + entry("F32", "[0,18446744073709551615]", "[0,0]") + "}", "")},
      {"dimensions",
       file_of(R"({"t":)" + entry("F32", "[1,1,1,1,1,1,1,1,2]", "[0,8]") + "}", eight_bytes())},
      {"'t.data_offsets'", file_of(R"({"t":)" + entry("F32", "[2]", "[8,0]") + "}", eight_bytes())},
      {"'t.data_offsets'",
       file_of(R"({"t":)" + entry("F32", "[2]", "[8,16]") + "}", eight_bytes())},
      {"'t.data_offsets'", file_of(R"({"t":)" + entry("F32", "[2]", "[8]") + "}", eight_bytes())},
      {"'t.data_offsets'",
       file_of(R"({"t":)" + entry("F32", "[2]", "[18446744073709551612,4]") + "}", eight_bytes())},
      {"hole", file_of(R"({"t":)" + entry("F32", "[1]", "[4,8]") + "}", eight_bytes())},
      {"follow the last", file_of(R"({"t":)" + entry("F32", "[1]", "[0,4]") + "}", eight_bytes())},
      {"overlaps", file_of(R"({"t":)" + entry("F32", "[2]", "[0,8]") + R"(,"u":)" +
                               entry("F32", "[1]", "[4,8]") + "}",
                           eight_bytes())},
      {"__metadata__.epoch", file_of(R"({"__metadata__":{"epoch":3}})", "")},
  };
}

}  // namespace

TEST_CASE("floats of every width are read as float32") {
  CHECK(load_one(one_tensor("F32", bytes_of<float>({1.5F, -0.1F}))) ==
        std::vector<float>{1.5F, -0.1F});
  CHECK(load_one(one_tensor("F64", bytes_of<double>({1.5, 0.1, 1e-60}))) ==
        std::vector<float>{1.5F, 0.1F, 0.0F});
  CHECK(load_one(one_tensor("BF16", bytes_of<std::uint16_t>({0x3FC0, 0xC000}))) ==
        std::vector<float>{1.5F, -2.0F});
  // One, the largest, the smallest normal and the smallest subnormal number of binary16.
  CHECK(load_one(
            one_tensor("F16", bytes_of<std::uint16_t>({0x3C00, 0xFBFF, 0x0400, 0x0001, 0x8000}))) ==
        std::vector<float>{1.0F, -65504.0F, 0x1p-14F, 0x1p-24F, -0.0F});
}

TEST_CASE("values that float32 cannot hold are refused") {
  CHECK(complaint(one_tensor("F64", bytes_of<double>({1.0, 1e39}))).find("value 1 of tensor 't'") !=
        std::string::npos);
  for (const auto bits : std::vector<std::uint16_t>{0x7C00, 0x7E00, 0xFC00}) {
    CHECK(complaint(one_tensor("F16", bytes_of<std::uint16_t>({bits}))).find("finite") !=
          std::string::npos);
  }
  CHECK(complaint(one_tensor("BF16", bytes_of<std::uint16_t>({0x7FC0}))).find("finite") !=
        std::string::npos);
  CHECK(complaint(one_tensor("F32", bytes_of<std::uint32_t>({0xFF800000}))).find("finite") !=
        std::string::npos);
}

TEST_CASE("tensors may stand in any order, be empty, and have metadata beside them") {
  const test::TemporaryFolder folder;
  const auto header = R"({"b":)" + entry("F32", "[1]", "[4,8]") + R"(,"__metadata__":{"k":"v"},)" +
                      R"("a":)" + entry("F32", "[1,1]", "[0,4]") + R"(,"none":)" +
                      entry("F32", "[0]", "[4,4]") + R"(,"scalar":)" +
                      entry("F32", "[]", "[8,12]") + "}   ";
  const auto file = folder.write("t.safetensors", file_of(header, bytes_of<float>({1, 2, 3})));
  const auto tensors = model::load_tensors(file);
  REQUIRE(tensors.size() == 4);
  CHECK(tensors.at("a").values == std::vector<float>{1});
  CHECK(tensors.at("a").shape == std::vector<std::int64_t>{1, 1});
  CHECK(tensors.at("b").values == std::vector<float>{2});
  CHECK(tensors.at("none").values.empty());
  CHECK(tensors.at("scalar").values == std::vector<float>{3});
}

TEST_CASE("a file that lies is refused with a sentence that says where") {
  for (const auto& lie : lies()) {
    const auto said = complaint(lie.bytes);
    CAPTURE(lie.said, said);
    CHECK(said.find(lie.said) != std::string::npos);
  }
}

TEST_CASE("what is no readable file is refused") {
  const test::TemporaryFolder folder;
  CHECK_THROWS_AS(model::load_model(folder.path() / "absent.safetensors"), core::ModelError);
  CHECK_THROWS_AS(model::load_model(folder.path()), core::ModelError);
  CHECK_THROWS_AS(model::load_model("/dev/zero"), core::ModelError);
}

TEST_CASE("a sparse file of terabytes is refused before memory is taken") {
  const test::TemporaryFolder folder;
  const auto file = folder.write("huge.safetensors", eight_bytes());
  std::filesystem::resize_file(file, std::uintmax_t{1} << 40U);
  CHECK_THROWS_AS(model::load_tensors(file), core::ModelError);
}
