#include <filesystem>
#include <map>
#include <string>

#include "catch.h"
#include "support/process.h"

namespace storyfold {
namespace {

const std::string kManifest =
    R"({"name": "fake", "version": "3", "dimension": 8})";

// Two events in two languages; what makes them one are the letters that the
// fake plug-in counts.
std::string TwoLanguages() {
  std::string feed;
  const auto add = [&](const std::string& id, const std::string& language,
                       const std::string& title) {
    feed += R"({"id":")" + id + R"(","lang":")" + language + R"(","title":")" +
            title + "\"}\n";
  };
  add("en1", "en", "zaaaaaaaaaaaaaaa quorum");
  add("en2", "en", "zbbbbbbbbbbbbbbb mystery");
  add("en3", "en", "zcccccccccccccccc lumpy");
  add("de1", "de", "xaaaaaaaaaaaaaaa unwort");
  add("de2", "de", "xbbbbbbbbbbbbbbb komisk");
  add("de3", "de", "xdddddddddddddddd ort");
  return feed;
}

// A folder with a model for the fake plug-in.
struct FakeModel {
  explicit FakeModel(const std::string& manifest = kManifest) {
    WriteFile(folder / "manifest.json", manifest);
    WriteFile(folder / "model.onnx", "not read by the fake");
    environment = {{"STORYFOLD_PLUGIN", STORYFOLD_FAKE_PLUGIN},
                   {"XDG_CACHE_HOME", folder / "cache"}};
  }
  ProcessResult Run(const std::vector<std::string>& arguments) const {
    return RunTool(arguments, TwoLanguages(), environment);
  }
  TempFolder folder;
  std::map<std::string, std::string> environment;
};

TEST_CASE("a model joins stories across languages, and the run says which",
          "[cli][model]") {
  const FakeModel model;
  const std::string out = model.folder / "out";
  const ProcessResult run =
      model.Run({"run", "-", "-o", out, "--model", model.folder.path()});
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  CHECK(run.err.find("dense vectors of 6 articles: fake 3") !=
        std::string::npos);
  CHECK(ReadFile(out + "/summary.json").find("\"source\":\"fake 3\"") !=
        std::string::npos);

  const ProcessResult again =
      RunTool({"run", "-", "-o", model.folder / "one", "--model",
               model.folder.path(), "--threads", "1"},
              TwoLanguages(), model.environment);
  REQUIRE(again.exit_code == 0);
  CHECK(ReadFile(model.folder / "one/stories.jsonl") ==
        ReadFile(out + "/stories.jsonl"));

  const ProcessResult explain =
      RunTool({"explain", "en1", "de1", "--from", out}, "", model.environment);
  INFO(explain.out);
  CHECK(explain.out.find("Story: the SAME") != std::string::npos);
  CHECK(explain.out.find("Their dense vectors (fake 3) are") !=
        std::string::npos);
  CHECK(explain.out.find("Between two languages only these count") !=
        std::string::npos);
}

TEST_CASE("an installed model is used by itself, unless told not to",
          "[cli][model]") {
  FakeModel model;
  const std::string installed = model.folder / "data/storyfold/model";
  RunTool({"run", "-", "-o", installed}, TwoLanguages());  // makes the folder
  WriteFile(installed + "/manifest.json", kManifest);
  WriteFile(installed + "/model.onnx", "x");
  model.environment["XDG_DATA_HOME"] = model.folder / "data";
  CHECK(model.Run({"stories", "-"}).err.find("fake 3") != std::string::npos);
  const ProcessResult without = model.Run({"stories", "-", "--no-model"});
  CHECK(without.exit_code == 0);
  CHECK(without.err.find("vectors") == std::string::npos);
}

TEST_CASE("what is wrong with a model is said in one line", "[cli][model]") {
  const FakeModel model;
  const auto error_of = [&](const std::string& folder) {
    const ProcessResult run = model.Run({"stories", "-", "--model", folder});
    CHECK(run.exit_code == 1);
    return run.err;
  };
  CHECK(error_of(model.folder / "none").find("manifest.json") !=
        std::string::npos);
  const FakeModel broken("{");
  CHECK(error_of(broken.folder.path()).find("manifest.json: not a json") !=
        std::string::npos);
  const FakeModel small(R"({"name": "fake", "dimension": 3})");
  CHECK(error_of(small.folder.path()).find("8 dimensions, not 3") !=
        std::string::npos);

  FakeModel no_plugin;
  no_plugin.environment["STORYFOLD_PLUGIN"] = "/no/such/plugin.so";
  const ProcessResult run =
      no_plugin.Run({"stories", "-", "--model", no_plugin.folder.path()});
  CHECK(run.exit_code == 1);
  CHECK(run.err.find("the plug-in cannot be opened") != std::string::npos);
  CHECK(run.err.find("--no-model goes without") != std::string::npos);
}

TEST_CASE("explain goes by the model of the run, wherever that is now",
          "[cli][model]") {
  FakeModel model;
  const std::string data = model.folder / "data";
  const auto install = [&](const std::string& manifest) {
    std::filesystem::create_directories(data + "/storyfold/model");
    WriteFile(data + "/storyfold/model/manifest.json", manifest);
    WriteFile(data + "/storyfold/model/model.onnx", "not read by the fake");
  };
  model.environment["XDG_DATA_HOME"] = data;
  const std::string out = model.folder / "out";
  const auto explain = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"explain", "en1", "de1", "--from",
                                          out};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return model.Run(arguments);
  };
  REQUIRE(model.Run({"run", "-", "-o", out}).exit_code == 0);
  install(kManifest);  // behind the run's back
  CHECK(explain({}).out.find("dense vectors") == std::string::npos);
  CHECK(explain({"--model", model.folder.path()})
            .err.find("went by words alone, not by fake 3") !=
        std::string::npos);

  REQUIRE(model.Run({"run", "-", "-o", out}).exit_code == 0);
  CHECK(explain({}).out.find("dense vectors (fake 3)") != std::string::npos);
  install(R"({"name": "fake", "version": "4", "dimension": 8})");
  const ProcessResult changed = explain({});
  CHECK(changed.exit_code == 1);
  CHECK(changed.err.find("went by the model fake 3, not by fake 4") !=
        std::string::npos);
  CHECK(explain({"--model", model.folder.path()})
            .out.find("dense vectors (fake 3)") != std::string::npos);
  CHECK(explain({"--no-model"}).out.find("dense vectors") == std::string::npos);
  std::filesystem::remove_all(data);
  CHECK(explain({}).err.find("and no model is installed") != std::string::npos);
}

TEST_CASE("a state knows its model after that was moved", "[cli][model]") {
  const FakeModel model;
  const std::string state = model.folder / "state";
  const auto update = [&](const std::string& folder) {
    return model.Run({"update", "-", "--state", state, "--model", folder});
  };
  REQUIRE(update(model.folder.path()).exit_code == 0);
  const std::string moved = model.folder / "moved";
  std::filesystem::create_directories(moved);
  WriteFile(moved + "/manifest.json", kManifest);
  WriteFile(moved + "/model.onnx", "not read by the fake");
  std::filesystem::last_write_time(moved + "/model.onnx",
                                   std::filesystem::file_time_type());
  CHECK(update(moved).exit_code == 0);
  WriteFile(moved + "/tokenizer.model", "other words");
  CHECK(update(moved).err.find("goes by the model fake 3") !=
        std::string::npos);
}

TEST_CASE("a text that a model fails on goes on without a vector",
          "[cli][model]") {
  const FakeModel model;
  const std::string word = GENERATE("FAIL", "NAN");
  const ProcessResult run =
      RunTool({"stories", "-", "--model", model.folder.path()},
              TwoLanguages() + R"({"id":"x","title":"all )" + word + "\"}\n",
              model.environment);
  CHECK(run.exit_code == 0);
  CHECK(run.err.find("vectors: fake: ") != std::string::npos);
  CHECK(run.out.find("\"x\"") != std::string::npos);
}

TEST_CASE("vectors of a field and of the builtin model are used",
          "[cli][model]") {
  const FakeModel model;
  const std::string feed =
      "{\"id\":\"a\",\"lang\":\"en\",\"title\":\"one\",\"v\":[1,0,0]}\n"
      "{\"id\":\"b\",\"lang\":\"de\",\"title\":\"zwei\",\"v\":[1,0.1,0]}\n"
      "{\"id\":\"c\",\"lang\":\"de\",\"title\":\"drei\",\"v\":[0,1,0]}\n"
      "{\"id\":\"d\",\"lang\":\"en\",\"title\":\"four\",\"v\":[0,0,\"x\"]}\n"
      "{\"id\":\"e\",\"lang\":\"en\",\"title\":\"five\",\"v\":null}\n";
  const ProcessResult run =
      RunTool({"stories", "-", "--vector-field", "v"}, feed);
  CHECK(run.exit_code == 0);
  CHECK(run.err.find("1 article has a vector that cannot be read") !=
        std::string::npos);
  CHECK(run.err.find("dense vectors of 3 articles: given") !=
        std::string::npos);
  CHECK(run.out.find(R"("articles":["a","b"])") != std::string::npos);
  const ProcessResult builtin =
      RunTool({"stories", "-", "--model", "builtin"}, feed);
  CHECK(builtin.exit_code == 0);
  CHECK(builtin.err.find("builtin 1") != std::string::npos);
}

TEST_CASE("a model and vectors of one's own exclude each other",
          "[cli][model]") {
  const ProcessResult run =
      RunTool({"stories", "-", "--model", "builtin", "--vectors", "v.npy"}, "");
  CHECK(run.exit_code == 2);
  CHECK(run.err.find("--model cannot be given together") != std::string::npos);
  CHECK(
      RunTool({"stories", "-", "--vectors", "v.npy", "--vector-field", "v"}, "")
          .exit_code == 2);
  CHECK(RunTool({"stories", "-", "--vectors", "none.npy"},
                "{\"id\":\"a\",\"text\":\"b\"}\n")
            .exit_code == 1);
}

}  // namespace
}  // namespace storyfold
