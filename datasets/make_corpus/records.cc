#include "records.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

namespace storyfold {
namespace {

void AppendNumber(uint64_t number, std::string* out) {
  std::array<char, 20> digits;
  const char* end =
      std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out->append(digits.data(), static_cast<size_t>(end - digits.data()));
}

// "a00000012"
void AppendId(char kind, uint64_t number, std::string* out) {
  *out += kind;
  for (uint64_t bound = 10'000'000; bound > 1 && number < bound; bound /= 10) {
    *out += '0';
  }
  AppendNumber(number, out);
}

}  // namespace

OutputFile::OutputFile(const std::string& path)
    : path_(path == "-" ? "standard output" : path),
      file_(path == "-" ? stdout : std::fopen(path.c_str(), "wb")) {
  if (file_ == nullptr) {
    KeepError();
    return;
  }
  std::setvbuf(file_, nullptr, _IONBF, 0);
  buffer_.reserve(kBufferBytes + (kBufferBytes >> 2));
}

OutputFile::~OutputFile() { Close(); }

void OutputFile::Close() {
  if (file_ == nullptr) return;
  Flush();
  if (file_ != stdout && std::fclose(file_) != 0) KeepError();
  file_ = nullptr;
}

void OutputFile::Flush() {
  const bool is_good = error_.empty() && !is_pipe_closed_;
  if (is_good &&
      std::fwrite(buffer_.data(), 1, buffer_.size(), file_) != buffer_.size()) {
    KeepError();
  }
  num_bytes_ += buffer_.size();
  buffer_.clear();
}

void OutputFile::KeepError() {
  if (!error_.empty()) return;
  is_pipe_closed_ = errno == EPIPE;
  if (!is_pipe_closed_) error_ = path_ + ": " + std::strerror(errno);
}

void AppendArticle(const Page& page, const NewsSource& source, uint64_t number,
                   std::string_view published, std::string* out) {
  *out += "{\"id\":\"";
  AppendId('a', number, out);
  *out += "\",\"title\":\"";
  *out += page.title;
  *out += "\",\"text\":\"";
  *out += page.text;
  *out += "\",\"url\":\"";
  *out += page.url;
  *out += "\",\"source\":\"";
  *out += source.host;
  if (!published.empty()) {
    *out += "\",\"published\":\"";
    *out += published;
  }
  *out += "\",\"lang\":\"en\"}\n";
}

void AppendLabels(const ArticleLabels& labels, const Page& page,
                  std::string* out) {
  *out += "{\"id\":\"";
  AppendId('a', labels.number, out);
  *out += "\",\"story\":\"";
  AppendId('s', labels.story, out);
  *out += "\",\"cluster\":\"";
  AppendId('a', labels.original, out);
  *out += "\",\"boilerplate_lines\":[";
  bool is_first = true;
  for (size_t line = 0; line < page.lines.size(); ++line) {
    if (!page.lines[line].is_boilerplate) continue;
    if (!is_first) *out += ',';
    is_first = false;
    AppendNumber(line + 1, out);
  }
  *out += "]}\n";
}

}  // namespace storyfold
