// The tables of a state, version by version: a new file goes through all of
// them, an older one through those it lacks. What the columns mean stands in
// src/state/README.md.
//
// Tested by: tests/state/migration_test.cc

#include "state/schema.h"

#include <absl/strings/str_cat.h>

#include <iterator>

#include "state/addresses.h"

namespace storyfold {
namespace {

constexpr int64_t kApplicationId = 0x73666F6C;  // "sfol"

// Element v brings version v to v + 1.
constexpr const char* kMigrations[] = {
    R"sql(
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE nights (
  night INTEGER PRIMARY KEY, clock INTEGER, new INTEGER NOT NULL,
  changed INTEGER NOT NULL, changes_checksum INTEGER NOT NULL);
CREATE TABLE segments (
  segment INTEGER PRIMARY KEY, night INTEGER NOT NULL,
  articles INTEGER NOT NULL, bytes INTEGER NOT NULL,
  checksum INTEGER NOT NULL, earliest INTEGER NOT NULL);
CREATE TABLE articles (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, url TEXT NOT NULL,
  night INTEGER NOT NULL, version INTEGER NOT NULL, content INTEGER NOT NULL,
  segment INTEGER NOT NULL, place INTEGER NOT NULL,
  published INTEGER, time INTEGER NOT NULL,
  source TEXT NOT NULL, language TEXT NOT NULL,
  cluster INTEGER NOT NULL, similarity REAL NOT NULL,
  story INTEGER NOT NULL, score REAL NOT NULL,
  bound INTEGER NOT NULL, boilerplate TEXT NOT NULL);
CREATE INDEX articles_url ON articles (url) WHERE url <> '';
CREATE INDEX articles_time ON articles (time);
CREATE INDEX articles_place ON articles (segment, place);
CREATE INDEX articles_story ON articles (story);
CREATE INDEX articles_cluster ON articles (cluster);
CREATE TABLE other_ids (id TEXT PRIMARY KEY, article INTEGER NOT NULL)
  WITHOUT ROWID;
CREATE TABLE clusters (
  cluster INTEGER PRIMARY KEY, representative INTEGER NOT NULL);
CREATE TABLE stories (
  story INTEGER PRIMARY KEY, alias_of INTEGER, created INTEGER NOT NULL,
  updated INTEGER NOT NULL, closed INTEGER, size INTEGER NOT NULL,
  first INTEGER, last INTEGER, latest INTEGER NOT NULL,
  headline TEXT NOT NULL, terms TEXT NOT NULL);
CREATE INDEX stories_open ON stories (latest)
  WHERE closed IS NULL AND alias_of IS NULL;
CREATE INDEX stories_alias ON stories (alias_of) WHERE alias_of IS NOT NULL;
CREATE TABLE changes (
  change INTEGER PRIMARY KEY, night INTEGER NOT NULL, event TEXT NOT NULL,
  story INTEGER, other INTEGER, articles TEXT NOT NULL);
CREATE INDEX changes_story ON changes (story);
CREATE TABLE log (
  entry INTEGER PRIMARY KEY, night INTEGER NOT NULL, records INTEGER NOT NULL,
  new INTEGER NOT NULL, changed INTEGER NOT NULL, seen INTEGER NOT NULL,
  rejected INTEGER NOT NULL);
)sql",
    // What a person said; lines counted over all nights.
    R"sql(
CREATE TABLE pins (
  a TEXT NOT NULL, b TEXT NOT NULL, same INTEGER NOT NULL,
  PRIMARY KEY (a, b)) WITHOUT ROWID;
ALTER TABLE stories ADD COLUMN pinned_headline TEXT;
ALTER TABLE nights ADD COLUMN lines_checksum INTEGER;
)sql",
    // What a state was made with; words of a night.
    R"sql(
ALTER TABLE nights ADD COLUMN terms_checksum INTEGER;
CREATE TABLE settings (
  setting TEXT NOT NULL, night INTEGER NOT NULL, value NOT NULL,
  PRIMARY KEY (setting, night)) WITHOUT ROWID;
INSERT INTO settings SELECT key, (SELECT max(night) FROM nights), value
  FROM meta WHERE key = 'window_days' AND EXISTS (SELECT 1 FROM nights);
DELETE FROM meta WHERE key = 'window_days';
)sql",
    // Which segments are of the window. Of the log only merges and splits are
    // looked up by story; most of it are stories that begin and close.
    R"sql(
ALTER TABLE segments ADD COLUMN latest INTEGER;
UPDATE segments SET latest = (SELECT max(time) FROM articles
  WHERE articles.segment = segments.segment);
DROP INDEX changes_story;
CREATE INDEX changes_moves ON changes (story)
  WHERE event IN ('merged', 'split');
CREATE INDEX changes_moves_other ON changes (other)
  WHERE event IN ('merged', 'split');
)sql",
    // Addresses were looked up by an index of a hash of theirs; it is not made
    // here any more, as the next version has none.
    R"sql(
ALTER TABLE articles ADD COLUMN url_key INTEGER NOT NULL DEFAULT 0;
DROP INDEX IF EXISTS articles_url;
)sql",
    // What a night adds to them stands by itself. SQL cannot compute it: see
    // below.
    R"sql(
DROP INDEX IF EXISTS articles_url_key;
ALTER TABLE articles DROP COLUMN url_key;
CREATE TABLE addresses (night INTEGER PRIMARY KEY, keys BLOB NOT NULL);
)sql"};
static_assert(std::size(kMigrations) == kSchemaVersion);

constexpr int64_t kFirstWithSettings = 3;
// The last version that looked addresses up in an index.
constexpr int64_t kIndexedAddresses = 5;

absl::Status NewerVersion(int64_t version) {
  return absl::FailedPreconditionError(
      absl::StrCat("the state has schema ", version,
                   ", written by a newer storyfold; this one knows schema ",
                   kSchemaVersion));
}

absl::Status NoState() {
  return absl::DataLossError("state.db is not the catalogue of a state");
}

}  // namespace

bool IsEmpty(Database& database) {
  return database.Number("PRAGMA user_version") == 0 &&
         database.Number("PRAGMA application_id") == 0 &&
         database.Number("SELECT count(*) FROM sqlite_master") == 0 &&
         database.ok();
}

absl::Status PrepareSchema(Database& database) {
  const int64_t version = database.Number("PRAGMA user_version");
  const int64_t application = database.Number("PRAGMA application_id");
  if (!database.ok()) return database.status();
  if (version > kSchemaVersion) return NewerVersion(version);
  if (version < 0 || (!IsEmpty(database) && application != kApplicationId)) {
    return NoState();
  }
  // Readers then see the state before an update until it is committed.
  database.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  if (version == kSchemaVersion || !database.ok()) return database.status();
  Transaction transaction(database);
  for (int64_t v = version; v < kSchemaVersion; ++v) {
    database.Execute(kMigrations[v]);
  }
  if (version <= kIndexedAddresses) RewriteAddresses(database);
  database.Execute(absl::StrCat("PRAGMA application_id = ", kApplicationId,
                                "; PRAGMA user_version = ", kSchemaVersion)
                       .c_str());
  return transaction.Commit();
}

bool IsEarlierSchema(Database& database) {
  const int64_t version = database.Number("PRAGMA user_version");
  return database.Number("PRAGMA application_id") == kApplicationId &&
         version > 0 && version < kSchemaVersion;
}

bool HasSettings(Database& database) {
  return database.Number("PRAGMA user_version") >= kFirstWithSettings;
}

absl::Status CheckSchema(Database& database) {
  const int64_t version = database.Number("PRAGMA user_version");
  const int64_t application = database.Number("PRAGMA application_id");
  if (!database.ok()) return database.status();
  if (application != kApplicationId) return NoState();
  if (version > kSchemaVersion) return NewerVersion(version);
  if (version < kSchemaVersion) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the state has schema ", version,
        "; the next storyfold update brings it to schema ", kSchemaVersion));
  }
  return absl::OkStatus();
}

}  // namespace storyfold
