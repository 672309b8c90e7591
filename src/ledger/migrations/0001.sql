-- The ledger's first schema. TEXT and BIGINT alone, so that any database can hold it.
-- A pack is council, period ("2026-10"), board and edition ("public", "restricted").

-- Every revision that was issued.
--
-- The content's digest is unique after the same predecessor, and not of the pack: a pack
-- may come back to what an earlier revision said, after a correction that is taken back.
CREATE TABLE revision (
    council TEXT NOT NULL,
    period TEXT NOT NULL,
    board TEXT NOT NULL,
    edition TEXT NOT NULL,
    revision BIGINT NOT NULL,
    state TEXT NOT NULL,
    supersedes BIGINT NOT NULL,          -- 0 for the first one: a null is unlike every null
    content_sha256 TEXT NOT NULL,
    template_sha256 TEXT NOT NULL,
    config_sha256 TEXT NOT NULL,
    manifest_sha256 TEXT NOT NULL,
    manifest TEXT NOT NULL,              -- manifest.json to the byte
    figures_csv TEXT NOT NULL,           -- figures.csv to the byte; of a restricted edition with what the public may not see
    issued_at TEXT NOT NULL,             -- RFC 3339, UTC
    PRIMARY KEY (council, period, board, edition, revision),
    UNIQUE (council, period, board, edition, supersedes, content_sha256, template_sha256)
);

-- A revision that is being issued: written before its first file, gone with its row in `revision`.
CREATE TABLE attempt (
    council TEXT NOT NULL,
    period TEXT NOT NULL,
    board TEXT NOT NULL,
    edition TEXT NOT NULL,
    revision BIGINT NOT NULL,
    content_sha256 TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    PRIMARY KEY (council, period, board, edition, revision)
);

-- A revision that the published folder lost, and somebody said why it may go on without.
CREATE TABLE loss (
    council TEXT NOT NULL,
    period TEXT NOT NULL,
    board TEXT NOT NULL,
    edition TEXT NOT NULL,
    revision BIGINT NOT NULL,
    because TEXT NOT NULL,
    accepted_by TEXT NOT NULL,
    accepted_at TEXT NOT NULL,
    PRIMARY KEY (council, period, board, edition, revision)
);

-- A pack of which not every revision could be read when the ledger was filled: what it
-- told is not known, and is asked for again at each run.
CREATE TABLE unread (
    council TEXT NOT NULL,
    period TEXT NOT NULL,
    board TEXT NOT NULL,
    edition TEXT NOT NULL,
    revision BIGINT NOT NULL,            -- the latest that is known to have stood; 0 where none is
    manifest_sha256 TEXT NOT NULL,       -- its manifest's; empty where it is not known
    PRIMARY KEY (council, period, board, edition)
);

-- A pack that is held.
CREATE TABLE held (
    council TEXT NOT NULL,
    period TEXT NOT NULL,
    board TEXT NOT NULL,
    edition TEXT NOT NULL,
    since TEXT NOT NULL,
    codes TEXT NOT NULL,                 -- JSON: the codes of the findings that hold it
    PRIMARY KEY (council, period, board, edition)
);

-- What was found about a pack the last time that it was tried, and when that was first found.
CREATE TABLE finding (
    council TEXT NOT NULL,
    period TEXT NOT NULL,
    board TEXT NOT NULL,
    edition TEXT NOT NULL,
    code TEXT NOT NULL,
    place TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    PRIMARY KEY (council, period, board, edition, code, place)
);

-- What happened, and who did it. Empty where it is of no pack.
CREATE TABLE event (
    id BIGINT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,                  -- published, held, released, failed, loss-accepted, rebuilt
    council TEXT NOT NULL,
    period TEXT NOT NULL,
    board TEXT NOT NULL,
    edition TEXT NOT NULL,
    revision BIGINT NOT NULL,
    told TEXT NOT NULL                   -- JSON: by whom, and what else there is to say
);
CREATE INDEX event_of_pack ON event (council, period, board, edition, id);
