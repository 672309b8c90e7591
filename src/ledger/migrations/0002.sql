-- Who was told what. A recipient is a channel ("mail", "webhook") and a name on it.

-- What a recipient was told: an event at most once. Written with the message that tells it.
CREATE TABLE told (
    council TEXT NOT NULL,
    channel TEXT NOT NULL,
    recipient TEXT NOT NULL,
    event TEXT NOT NULL,                 -- "final 2026-10 panel public r1"
    notification TEXT NOT NULL,          -- the message
    PRIMARY KEY (council, channel, recipient, event)
);

-- A message to one recipient: waiting, sent, given up (failed), or true no more (dropped).
CREATE TABLE notification (
    council TEXT NOT NULL,
    id TEXT NOT NULL,                    -- the name before the @ of its Message-ID
    channel TEXT NOT NULL,
    recipient TEXT NOT NULL,
    kind TEXT NOT NULL,
    notice TEXT NOT NULL,                -- JSON: what it says, without a figure
    state TEXT NOT NULL,                 -- waiting, sent, failed, dropped
    tries BIGINT NOT NULL,
    next_at TEXT NOT NULL,               -- not tried before
    created_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,              -- empty while it waits
    error TEXT NOT NULL,                 -- why the last try failed; empty where none did
    PRIMARY KEY (council, id)
);
CREATE INDEX notification_waiting ON notification (council, state, next_at);

-- How far the events and the calendar were looked through for what people are to be told.
CREATE TABLE outbox_position (
    council TEXT NOT NULL,
    event BIGINT NOT NULL,               -- the last event
    looked_at TEXT NOT NULL,             -- RFC 3339, UTC
    PRIMARY KEY (council)
);
