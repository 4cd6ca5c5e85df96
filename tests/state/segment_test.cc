#include "state/segment.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "catch.h"
#include "state/key_table.h"
#include "support/corpus.h"
#include "support/process.h"
#include "support/repair_segment.h"

namespace storyfold {
namespace {

// Articles with records, and a segment of them.
struct Sample {
  explicit Sample(size_t size) {
    Random random(3);
    for (size_t i = 0; i < size; ++i) {
      corpus.Add({.title = "Title " + std::to_string(i),
                  .text = RandomText(random, 300, 2000),
                  .source = "outlet.example",
                  .published = static_cast<int64_t>(i)});
    }
    sketches = SketchArticles(corpus.articles(), {});
    for (size_t i = 0; i < size; ++i) {
      records.push_back(R"({"id":")" + std::string(corpus.articles()[i].id) +
                        R"(","text":")" +
                        std::string(corpus.articles()[i].text.substr(0, 50)) +
                        "\"}");
    }
    std::vector<SegmentArticle> stored;
    for (size_t i = 0; i < size; ++i) {
      stored.push_back({corpus.articles()[i], records[i], &sketches[i]});
    }
    bytes = PackSegment(stored);
  }

  Corpus corpus;
  std::vector<Sketch> sketches;
  std::vector<std::string> records;
  std::string bytes;
};

TEST_CASE("articles come back from a segment as they went in", "[state]") {
  const Sample sample(1500);  // several blocks
  const TempFolder folder;
  WriteFile(folder / "segment", sample.bytes);
  const auto segment = Segment::Open(folder / "segment");
  REQUIRE(segment.ok());
  CHECK(segment->num_articles() == 1500);
  CHECK(segment->Verify().ok());
  const std::vector<uint32_t> places = {0, 7, 8, 800, 1499};
  const auto stored = segment->Read(places, /*with_records=*/true);
  REQUIRE(stored.ok());
  for (size_t k = 0; k < places.size(); ++k) {
    const Article& before = sample.corpus.articles()[places[k]];
    const Article& after = stored->articles[k];
    CHECK(after.id == before.id);
    CHECK(after.title == before.title);
    CHECK(after.text == before.text);
    CHECK(after.source == before.source);
    CHECK(after.language == before.language);
    CHECK(after.published == before.published);
    CHECK(stored->records[k] == sample.records[places[k]]);
  }
  for (const auto keys : {Segment::Keys::kBands, Segment::Keys::kShingles}) {
    const auto table = segment->Table(keys);
    REQUIRE(table.ok());
    CHECK(std::ranges::is_sorted(*table));
    CHECK(table->size() > 1500);
  }
}

TEST_CASE("what is read takes the memory of what is asked for", "[state]") {
  const Sample sample(300);
  const TempFolder folder;
  WriteFile(folder / "segment", sample.bytes);
  const auto segment = Segment::Open(folder / "segment");
  REQUIRE(segment.ok());
  const auto stored = segment->Read(std::vector<uint32_t>{250},
                                    /*with_records=*/true);
  REQUIRE(stored.ok());
  const Article& article = sample.corpus.articles()[250];
  size_t bytes = 0;
  for (const auto& part : stored->storage) bytes += part->capacity();
  CHECK(bytes < 2 * (article.text.size() + sample.records[250].size()));
}

TEST_CASE("a segment of nothing is a segment", "[state]") {
  const TempFolder folder;
  WriteFile(folder / "segment", PackSegment({}));
  const auto segment = Segment::Open(folder / "segment");
  REQUIRE(segment.ok());
  CHECK(segment->num_articles() == 0);
  CHECK(segment->Verify().ok());
}

TEST_CASE("any flipped byte of a segment is found and named", "[state]") {
  const Sample sample(40);
  const TempFolder folder;
  for (size_t at = 0; at < sample.bytes.size(); at += 1 + at / 50) {
    std::string damaged = sample.bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
    WriteFile(folder / "segment", damaged);
    const auto segment = Segment::Open(folder / "segment");
    const absl::Status status =
        segment.ok() ? segment->Verify() : segment.status();
    CAPTURE(at);
    CHECK_FALSE(status.ok());
    CHECK_THAT(std::string(status.message()),
               ContainsSubstring(folder / "segment"));
  }
}

TEST_CASE("who reads articles finds a flipped byte of their block", "[state]") {
  const Sample sample(40);
  const TempFolder folder;
  Segment::Header header;
  std::memcpy(&header, sample.bytes.data(), sizeof(header));
  const Segment::Section& blocks = header.sections[1];
  for (uint64_t at = 0; at < blocks.size - 8; at += 1 + at / 50) {
    std::string damaged = sample.bytes;
    char& byte = damaged[blocks.offset + at];
    byte = static_cast<char>(byte ^ 0x01);
    WriteFile(folder / "segment", damaged);
    const auto segment = Segment::Open(folder / "segment");
    REQUIRE(segment.ok());
    CAPTURE(at);
    CHECK(absl::IsDataLoss(
        segment->Read(std::vector<uint32_t>{0}, /*with_records=*/false)
            .status()));
  }
}

TEST_CASE("a segment that was cut short is an error", "[state]") {
  const Sample sample(40);
  const TempFolder folder;
  for (const size_t size :
       {size_t{0}, size_t{1}, size_t{15}, size_t{167}, size_t{168},
        sample.bytes.size() / 2, sample.bytes.size() - 1}) {
    WriteFile(folder / "segment", sample.bytes.substr(0, size));
    CAPTURE(size);
    CHECK_FALSE(Segment::Open(folder / "segment").ok());
  }
  CHECK(absl::IsNotFound(Segment::Open(folder / "none").status()));
}

TEST_CASE("a segment made to do harm is an error or articles, no crash",
          "[state]") {
  const Sample sample(40);
  const TempFolder folder;
  Random random(17);
  for (int k = 0; k < 300; ++k) {
    std::string bytes = sample.bytes;
    // Half of the changes in header and index, where sizes are.
    const size_t size = k % 2 == 0 ? 200 : bytes.size();
    for (uint64_t n = 1 + random.Below(4); n > 0; --n) {
      bytes[random.Below(size)] = static_cast<char>(random.Below(256));
    }
    RepairChecksums(bytes);
    WriteFile(folder / "segment", bytes);
    const auto segment = Segment::Open(folder / "segment");
    if (!segment.ok()) continue;
    const absl::Status status = segment->Verify();
    CHECK((status.ok() || absl::IsDataLoss(status)));
  }
}

TEST_CASE("a record that is no object is damage", "[state]") {
  const TempFolder folder;
  Sample sample(1);
  for (const std::string record : {"}", "}{", "{", "", "{}", " {} "}) {
    CAPTURE(record);
    const SegmentArticle article = {sample.corpus.articles()[0], record,
                                    sample.sketches.data()};
    WriteFile(folder / "segment", PackSegment({{article}}));
    const auto segment = Segment::Open(folder / "segment");
    REQUIRE(segment.ok());
    const bool is_object = record.find("{}") != record.npos;
    CHECK(segment->Verify().ok() == is_object);
  }
}

TEST_CASE("a block that says it unpacks to gigabytes is damage", "[state]") {
  const TempFolder folder;
  std::string bytes = Sample(40).bytes;
  // The size of the records in the first entry of the index.
  const uint64_t size = uint64_t{1} << 31;
  std::memcpy(bytes.data() + sizeof(Segment::Header) + 24, &size, sizeof(size));
  RepairChecksums(bytes);
  WriteFile(folder / "segment", bytes);
  CHECK_THAT(std::string(Segment::Open(folder / "segment").status().message()),
             ContainsSubstring("its index is wrong"));
}

// Returns the index of a segment, changed by `change(blocks)`, in its place.
template <typename Change>
std::string WithIndex(std::string bytes, const Change& change) {
  Segment::Header header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  std::vector<SegmentBlock> blocks(header.sections[0].size /
                                   sizeof(SegmentBlock));
  char* const index = bytes.data() + header.sections[0].offset;
  std::memcpy(blocks.data(), index, header.sections[0].size);
  change(std::span(blocks));
  std::memcpy(index, blocks.data(), header.sections[0].size);
  RepairChecksums(bytes);
  return bytes;
}

// Returns a segment of articles whose texts are large and pack to nothing, each
// in a block of its own.
std::string SegmentOfBlanks(size_t num_articles) {
  const Sample sample(num_articles);
  const std::string blanks(size_t{1} << 20, ' ');
  std::vector<SegmentArticle> stored;
  for (size_t i = 0; i < num_articles; ++i) {
    Article article = sample.corpus.articles()[i];
    article.text = blanks;
    stored.push_back({article, "{}", &sample.sketches[i]});
  }
  return PackSegment(stored);
}

TEST_CASE("large texts that pack to nothing are no damage, however many",
          "[state]") {
  // So they were written before blocks were looked at together.
  const TempFolder folder;
  const std::string bytes = SegmentOfBlanks(80);
  CHECK(bytes.size() < 200'000);
  WriteFile(folder / "segment", bytes);
  const auto segment = Segment::Open(folder / "segment");
  REQUIRE(segment.ok());
  CHECK(segment->Verify().ok());
}

TEST_CASE("blocks that together unpack to more than any segment are damage",
          "[state]") {
  const TempFolder folder;
  const std::string bytes = SegmentOfBlanks(20);
  const auto all_claim_most = [](std::span<SegmentBlock> blocks) {
    REQUIRE(blocks.size() > 1);
    for (SegmentBlock& block : blocks) {
      block.records = (uint64_t{64} << 20) + 100 * block.packed - block.fields;
    }
  };
  const auto share_bytes = [](std::span<SegmentBlock> blocks) {
    blocks[1].offset = blocks[0].offset;
  };
  WriteFile(folder / "claims", WithIndex(bytes, all_claim_most));
  WriteFile(folder / "shares", WithIndex(bytes, share_bytes));
  for (const char* name : {"claims", "shares"}) {
    const absl::Status status = Segment::Open(folder / name).status();
    CHECK(absl::IsDataLoss(status));
    CHECK_THAT(std::string(status.message()), ContainsSubstring(folder / name));
  }
}

TEST_CASE("articles that pack a thousandfold can be read again, several, too",
          "[state]") {
  const TempFolder folder;
  const Sample sample(3);
  const std::string blanks(size_t{48} << 20, ' ');
  const std::string record = "{}";
  std::vector<SegmentArticle> stored;
  for (size_t i = 0; i < 3; ++i) {
    Article article = sample.corpus.articles()[i];
    article.text = blanks;
    stored.push_back({article, record, &sample.sketches[i]});
  }
  WriteFile(folder / "segment", PackSegment(stored));
  const auto segment = Segment::Open(folder / "segment");
  REQUIRE(segment.ok());
  CHECK(segment->Verify().ok());
}

TEST_CASE("a segment of more articles than its blocks can hold is damage",
          "[state]") {
  const TempFolder folder;
  std::string bytes = Sample(40).bytes;
  const uint32_t count = 0xFFFFFFF0;
  const size_t in_header = offsetof(Segment::Header, num_articles);
  const size_t in_index =
      sizeof(Segment::Header) + offsetof(SegmentBlock, count);
  // First the header alone says so, then its only block, too.
  for (const size_t at : {in_header, in_index}) {
    CAPTURE(at);
    std::memcpy(bytes.data() + at, &count, sizeof(count));
    RepairChecksums(bytes);
    WriteFile(folder / "segment", bytes);
    const absl::Status status = Segment::Open(folder / "segment").status();
    CHECK(absl::IsDataLoss(status));
    CHECK_THAT(std::string(status.message()),
               ContainsSubstring(folder / "segment"));
  }
}

TEST_CASE("an article that packs a thousandfold can be read again", "[state]") {
  const TempFolder folder;
  const Sample sample(1);
  // Three times what any block may unpack to.
  const std::string blanks(size_t{48} << 20, ' ');
  const std::string record = "{\"text\":\"" + blanks + blanks + blanks + "\"}";
  Article article = sample.corpus.articles()[0];
  article.text = blanks;
  const SegmentArticle stored = {article, record, sample.sketches.data()};
  WriteFile(folder / "segment", PackSegment({{stored}}));
  const auto segment = Segment::Open(folder / "segment");
  REQUIRE(segment.ok());
  CHECK(segment->bytes().size() < 4'000'000);
  CHECK(segment->Verify().ok());
  const std::vector<uint32_t> places = {0};
  const auto read = segment->Read(places, /*with_records=*/true);
  REQUIRE(read.ok());
  CHECK(read->articles[0].text == blanks);
  CHECK(read->records[0] == record);
}

TEST_CASE("keys in disorder are found by verify and searched without harm",
          "[state]") {
  const TempFolder folder;
  const Sample sample(40);
  std::string bytes = sample.bytes;
  Segment::Header header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  const Segment::Section& bands = header.sections[2];
  std::vector<uint64_t> keys(bands.size / sizeof(uint64_t));
  std::memcpy(keys.data(), bytes.data() + bands.offset, bands.size);
  std::ranges::reverse(keys);
  std::memcpy(bytes.data() + bands.offset, keys.data(), bands.size);
  RepairChecksums(bytes);
  WriteFile(folder / "segment", bytes);
  const auto segment = Segment::Open(folder / "segment");
  REQUIRE(segment.ok());
  CHECK_THAT(std::string(segment->Verify().message()),
             ContainsSubstring("its keys are in disorder"));
  std::vector<const Sketch*> sketches;
  for (const Sketch& sketch : sample.sketches) sketches.push_back(&sketch);
  const auto table = segment->Table(Segment::Keys::kBands);
  REQUIRE(table.ok());
  size_t num_shared = 0;
  const KeyIndex ours(BandKeys(sketches));
  ours.ForEachShared(*table, [&](const SharedKey& key) {
    ++num_shared;
    REQUIRE_FALSE(key.ours.empty());
    REQUIRE_FALSE(key.theirs.empty());
    CHECK(key.ours[0] >> 32 == key.theirs[0] >> 32);
  });
  CHECK(num_shared > 0);
  CHECK(num_shared <= keys.size());
}

}  // namespace
}  // namespace storyfold
