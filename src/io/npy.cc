// The format: six bytes "\x93NUMPY", two of the version, the length of the
// header (two bytes in version 1, four later), the header, the numbers. The
// header is a Python dictionary in ASCII,
//
//   {'descr': '<f4', 'fortran_order': False, 'shape': (209, 384), }
//
// Tested by: tests/io/npy_test.cc

#include "io/npy.h"

#include <absl/status/status.h>
#include <absl/strings/str_cat.h>

#include <bit>
#include <charconv>
#include <cstring>
#include <string_view>

#include "base/string_view.h"

namespace storyfold {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr size_t kMostHeaderBytes = 1 << 16;
constexpr size_t kMostColumns = 1 << 16;

struct Header {
  std::string_view type;
  std::string_view order;
  size_t rows = 0;
  size_t columns = 0;
};

absl::Status Error(std::string_view what) {
  return absl::InvalidArgumentError(ToAbsl(what));
}

std::string_view Trim(std::string_view text) {
  const size_t first = text.find_first_not_of(" \n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \n") - first + 1);
}

// Returns what stands behind 'key': up to `end`, or nothing.
std::string_view ValueOf(std::string_view header, std::string_view key,
                         std::string_view end) {
  const std::string quoted = "'" + std::string(key) + "':";
  const size_t at = header.find(quoted);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = header.substr(at + quoted.size());
  return Trim(rest.substr(0, rest.find_first_of(end)));
}

// Reads "(209, 384" as two numbers.
bool ParseShape(std::string_view text, Header& header) {
  if (!text.starts_with('(')) return false;
  const size_t comma = text.find(',');
  if (comma == std::string_view::npos) return false;
  const auto parse = [](std::string_view part, size_t& number) {
    part = Trim(part);
    const char* end = part.data() + part.size();
    const auto parsed = std::from_chars(part.data(), end, number);
    return parsed.ec == std::errc() && parsed.ptr == end && !part.empty();
  };
  return parse(text.substr(1, comma - 1), header.rows) &&
         parse(text.substr(comma + 1), header.columns);
}

// Returns the header and moves `bytes` behind it.
absl::StatusOr<Header> TakeHeader(std::string_view& bytes) {
  if (!bytes.starts_with(kMagic) || bytes.size() < 12) {
    return Error("not a .npy file");
  }
  const bool is_old = bytes[6] == 1;
  if (!is_old && bytes[6] != 2 && bytes[6] != 3) {
    return Error("a .npy file of an unknown version");
  }
  uint32_t length = 0;
  std::memcpy(&length, bytes.data() + 8, is_old ? 2 : 4);
  bytes.remove_prefix(is_old ? 10 : 12);
  if (length > kMostHeaderBytes || length > bytes.size()) {
    return Error("its header is cut short");
  }
  const std::string_view text = bytes.substr(0, length);
  bytes.remove_prefix(length);
  Header header;
  header.type = ValueOf(text, "descr", ",}");
  header.order = ValueOf(text, "fortran_order", ",}");
  if (!ParseShape(ValueOf(text, "shape", ")"), header)) {
    return Error("its shape is not (rows, columns)");
  }
  return header;
}

absl::Status Check(const Header& header, size_t num_bytes) {
  const bool is_half = header.type == "'<f2'";
  if (!is_half && header.type != "'<f4'") {
    return absl::InvalidArgumentError(absl::StrCat("holds ",
                                                   ToAbsl(header.type),
                                                   ", not '<f4' (float32) or "
                                                   "'<f2' (float16)"));
  }
  if (header.order != "False") return Error("is not in C order");
  if (header.rows == 0 || header.columns == 0 ||
      header.columns > kMostColumns) {
    return Error("has no rows, or no or too many columns");
  }
  const size_t row_bytes = header.columns * (is_half ? 2 : 4);
  if (num_bytes % row_bytes != 0 || num_bytes / row_bytes != header.rows) {
    return absl::InvalidArgumentError(
        absl::StrCat("has ", num_bytes, " bytes of numbers, not ", header.rows,
                     " x ", row_bytes));
  }
  return absl::OkStatus();
}

float FloatOfHalf(uint16_t half) {
  const uint32_t sign = (half & 0x8000u) << 16;
  const uint32_t exponent = (half >> 10) & 31;
  const uint32_t fraction = half & 0x3ff;
  if (exponent == 0) {  // zero or subnormal: a multiple of 2^-24
    const float value = static_cast<float>(fraction) * 0x1p-24f;
    return sign != 0 ? -value : value;
  }
  const uint32_t wide = exponent == 31 ? 255 : exponent + 112;
  return std::bit_cast<float>(sign | wide << 23 | fraction << 13);
}

std::vector<float> Convert(std::string_view bytes) {
  std::vector<float> values(bytes.size() / 2);
  for (size_t k = 0; k < values.size(); ++k) {
    uint16_t half = 0;
    std::memcpy(&half, bytes.data() + 2 * k, 2);
    values[k] = FloatOfHalf(half);
  }
  return values;
}

absl::Status WithPath(const std::string& path, const absl::Status& status) {
  return absl::Status(status.code(),
                      absl::StrCat(path, ": ", status.message()));
}

}  // namespace

absl::StatusOr<NpyMatrix> NpyMatrix::Read(const std::string& path) {
  auto file = MappedFile::MapWhole(path);
  if (absl::IsInvalidArgument(file.status())) file = Error("not a .npy file");
  if (!file.ok()) return WithPath(path, file.status());
  std::string_view bytes = (*file)->bytes();
  const auto header = TakeHeader(bytes);
  if (!header.ok()) return WithPath(path, header.status());
  const absl::Status fits = Check(*header, bytes.size());
  if (!fits.ok()) return WithPath(path, fits);
  NpyMatrix matrix;
  matrix.rows_ = header->rows;
  matrix.columns_ = header->columns;
  const bool aligned =
      reinterpret_cast<uintptr_t>(bytes.data()) % alignof(float) == 0;
  if (header->type == "'<f4'" && aligned) {
    matrix.values_ = {reinterpret_cast<const float*>(bytes.data()),
                      bytes.size() / sizeof(float)};
    matrix.file_ = *std::move(file);
    return matrix;
  }
  std::vector<float> values;
  if (header->type == "'<f4'") {
    values.resize(bytes.size() / sizeof(float));
    std::memcpy(values.data(), bytes.data(), bytes.size());
  } else {
    values = Convert(bytes);
  }
  matrix.converted_ =
      std::make_shared<const std::vector<float>>(std::move(values));
  matrix.values_ = *matrix.converted_;
  return matrix;
}

}  // namespace storyfold
