-- The oldest_at of a room is when its oldest message was stored, null while it has none; deleted_through is the last
-- number that was deleted for its age.
ALTER TABLE realtime_room ADD COLUMN oldest_at BIGINT;
ALTER TABLE realtime_room ADD COLUMN deleted_through BIGINT DEFAULT 0 NOT NULL;

UPDATE realtime_room r SET oldest_at =
  (SELECT m.sent_at FROM realtime_message m WHERE m.room_id = r.room_id ORDER BY m.room_id, m.seq LIMIT 1);

CREATE INDEX realtime_room_by_age ON realtime_room (oldest_at);

-- The how-manieth message of its sender in the room, counted on from the sender's last one. A sender's messages are
-- deleted from one end only, so those after a number are counted by looking at the first and the last of them.
ALTER TABLE realtime_message ADD COLUMN sender_seq BIGINT;

MERGE INTO realtime_message m
USING (
  SELECT room_id, seq, row_number() OVER (PARTITION BY room_id, sender_id ORDER BY seq) AS sender_seq
  FROM realtime_message
) n
ON m.room_id = n.room_id AND m.seq = n.seq
WHEN MATCHED THEN UPDATE SET sender_seq = n.sender_seq;

ALTER TABLE realtime_message ALTER COLUMN sender_seq SET NOT NULL;

-- A text that looks like a stored form is told apart by RAW: in front.
UPDATE realtime_message SET body = 'RAW:' || body WHERE body LIKE 'ENC:%' OR body LIKE 'RAW:%';

CREATE UNIQUE INDEX realtime_message_by_sender ON realtime_message (sender_id, room_id, seq, sender_seq);

-- How far a user has come in a room, and whether the room is one of the user's.
CREATE TABLE realtime_member (
  room_id VARCHAR(200) NOT NULL,
  user_id VARCHAR(96) NOT NULL,
  delivered_seq BIGINT NOT NULL,
  read_seq BIGINT NOT NULL,
  is_listed BOOLEAN NOT NULL,
  PRIMARY KEY (room_id, user_id)
);

CREATE INDEX realtime_member_by_user ON realtime_member (user_id, room_id);
CREATE INDEX realtime_member_delivered ON realtime_member (room_id, delivered_seq, user_id);
CREATE INDEX realtime_member_read ON realtime_member (room_id, read_seq, user_id);

-- How many of the numbers from 1000 * block to 1000 * block + 999 were erased with their sender.
CREATE TABLE realtime_erased (
  room_id VARCHAR(200) NOT NULL,
  block BIGINT NOT NULL,
  places BIGINT NOT NULL,
  PRIMARY KEY (room_id, block)
);

CREATE INDEX realtime_visit_by_patient ON realtime_visit (patient_id, created_at, visit_id);
CREATE INDEX realtime_visit_by_provider ON realtime_visit (provider_id, created_at, visit_id);

-- A room's id has 200 characters at most, so at most 98 parts after 'chat:'.
INSERT INTO realtime_member (room_id, user_id, delivered_seq, read_seq, is_listed)
SELECT room_id, sender_id, 0, 0, TRUE FROM realtime_message WHERE sender_seq = 1
UNION
SELECT room_id, part, 0, 0, TRUE
FROM (
  SELECT r.room_id, REGEXP_SUBSTR(r.room_id, '[^:]+', 6, n.x) AS part
  FROM realtime_room r CROSS JOIN SYSTEM_RANGE(1, 98) n
  WHERE r.room_id LIKE 'chat:%'
) p
WHERE part IS NOT NULL AND CHAR_LENGTH(part) BETWEEN 1 AND 96;
