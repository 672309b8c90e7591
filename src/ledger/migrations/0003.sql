-- What was put into the storage where readers have it, file by file. The manifest is the
-- last: with its row all of the revision stands there.
CREATE TABLE upload (
    council TEXT NOT NULL,
    place TEXT NOT NULL,                 -- the folder's address, without what signs in to it
    period TEXT NOT NULL,
    board TEXT NOT NULL,
    edition TEXT NOT NULL,
    revision BIGINT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,                -- of what was published
    stored_sha256 TEXT NOT NULL,         -- of what the storage gives back: some rewrite what they are given
    etag TEXT NOT NULL,                  -- the storage's; empty where it has none
    at TEXT NOT NULL,                    -- RFC 3339, UTC
    PRIMARY KEY (council, place, period, board, edition, revision, file)
);
CREATE INDEX upload_stored ON upload (council, stored_sha256);

-- A revision that could not be put there the last time.
CREATE TABLE upload_fault (
    council TEXT NOT NULL,
    place TEXT NOT NULL,
    period TEXT NOT NULL,
    board TEXT NOT NULL,
    edition TEXT NOT NULL,
    revision BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    next_at TEXT NOT NULL,               -- not tried before
    error TEXT NOT NULL,
    PRIMARY KEY (council, place, period, board, edition, revision)
);
