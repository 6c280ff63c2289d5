-- Moments are milliseconds since 1970 in UTC.

-- A room's counter. Its row is locked by whoever appends to the room; rows are never deleted, so numbers never restart.
CREATE TABLE realtime_room (
  room_id VARCHAR(200) PRIMARY KEY,
  last_seq BIGINT NOT NULL,
  last_sent_at BIGINT
);

-- Metadata and attachments are JSON as text: they must come back byte for byte. No list of attachments is null, an
-- empty list is '[]'.
CREATE TABLE realtime_message (
  room_id VARCHAR(200) NOT NULL,
  seq BIGINT NOT NULL,
  id UUID NOT NULL,
  sent_at BIGINT NOT NULL,
  sender_id VARCHAR(96) NOT NULL,
  recipient_id VARCHAR(96),
  visit_id VARCHAR(190),
  client_message_id VARCHAR,
  body VARCHAR NOT NULL,
  attachments VARCHAR,
  metadata VARCHAR NOT NULL,
  PRIMARY KEY (room_id, seq)
);

CREATE UNIQUE INDEX realtime_message_id ON realtime_message (id);
CREATE INDEX realtime_message_by_time ON realtime_message (room_id, sent_at, seq);
CREATE INDEX realtime_message_by_visit ON realtime_message (visit_id, sent_at, room_id, seq);
-- Rows without a client message id never collide.
CREATE UNIQUE INDEX realtime_message_retry ON realtime_message (room_id, sender_id, client_message_id);

CREATE TABLE realtime_visit (
  visit_id VARCHAR(190) PRIMARY KEY,
  patient_id VARCHAR(96) NOT NULL,
  provider_id VARCHAR(96) NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE realtime_room_binding (
  room_id VARCHAR(200) PRIMARY KEY,
  visit_id VARCHAR(190) NOT NULL
);
