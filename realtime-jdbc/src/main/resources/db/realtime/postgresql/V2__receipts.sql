-- The oldest_at of a room is when its oldest message was stored, null while it has none; deleted_through is the last
-- number that was deleted for its age.
ALTER TABLE realtime_room ADD COLUMN oldest_at bigint, ADD COLUMN deleted_through bigint NOT NULL DEFAULT 0;

UPDATE realtime_room r SET oldest_at =
  (SELECT m.sent_at FROM realtime_message m WHERE m.room_id = r.room_id ORDER BY m.seq LIMIT 1);

CREATE INDEX realtime_room_by_age ON realtime_room (oldest_at) WHERE oldest_at IS NOT NULL;

-- The how-manieth message of its sender in the room, counted on from the sender's last one. A sender's messages are
-- deleted from one end only, so those after a number are counted by looking at the first and the last of them.
ALTER TABLE realtime_message ADD COLUMN sender_seq bigint;

-- A text that looks like a stored form is told apart by RAW: in front.
UPDATE realtime_message m SET sender_seq = n.sender_seq,
  body = CASE WHEN m.body LIKE 'ENC:%' OR m.body LIKE 'RAW:%' THEN 'RAW:' || m.body ELSE m.body END
FROM (
  SELECT room_id, seq, row_number() OVER (PARTITION BY room_id, sender_id ORDER BY seq) AS sender_seq
  FROM realtime_message
) n
WHERE m.room_id = n.room_id AND m.seq = n.seq;

ALTER TABLE realtime_message ALTER COLUMN sender_seq SET NOT NULL;

CREATE UNIQUE INDEX realtime_message_by_sender ON realtime_message (sender_id, room_id, seq) INCLUDE (sender_seq);

-- How far a user has come in a room, and whether the room is one of the user's.
CREATE TABLE realtime_member (
  room_id text COLLATE "C" NOT NULL,
  user_id text COLLATE "C" NOT NULL,
  delivered_seq bigint NOT NULL,
  read_seq bigint NOT NULL,
  is_listed boolean NOT NULL,
  PRIMARY KEY (room_id, user_id)
);

CREATE INDEX realtime_member_by_user ON realtime_member (user_id, room_id);
CREATE INDEX realtime_member_delivered ON realtime_member (room_id, delivered_seq, user_id) WHERE delivered_seq > 0;
CREATE INDEX realtime_member_read ON realtime_member (room_id, read_seq, user_id) WHERE read_seq > 0;

-- How many of the numbers from 1000 * block to 1000 * block + 999 were erased with their sender.
CREATE TABLE realtime_erased (
  room_id text COLLATE "C" NOT NULL,
  block bigint NOT NULL,
  places bigint NOT NULL,
  PRIMARY KEY (room_id, block)
);

CREATE INDEX realtime_visit_by_patient ON realtime_visit (patient_id, created_at, visit_id);
CREATE INDEX realtime_visit_by_provider ON realtime_visit (provider_id, created_at, visit_id);

-- The users a chat's id names.
CREATE FUNCTION realtime_parties(p_room_id text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE
AS $$
SELECT DISTINCT p.user_id FROM unnest(string_to_array(substr(p_room_id, 6), ':')) AS p (user_id)
WHERE p_room_id LIKE 'chat:%' AND length(p.user_id) BETWEEN 1 AND 96
$$;

INSERT INTO realtime_member (room_id, user_id, delivered_seq, read_seq, is_listed)
SELECT m.room_id, m.sender_id, 0, 0, true FROM realtime_message m WHERE m.sender_seq = 1
UNION
SELECT r.room_id, p.user_id COLLATE "C", 0, 0, true FROM realtime_room r, realtime_parties(r.room_id) AS p (user_id);

-- Stores a batch in one round trip. Drafts come as parallel arrays and hold no two with the same room, sender and
-- client message id; p_locks are their rooms, each once. Answers, by place in the arrays, the number and moment given;
-- for a retry the whole message that is there already.
--
-- Locks are taken in the order of room ids, so batches never wait for each other in a circle: rooms that are missing
-- are made first, while no other lock is held. Each statement of a volatile function has a snapshot of its own at
-- READ COMMITTED, so what is read after the locks is what the last holder committed.
--
-- Rows of members come after those of rooms, also in order: whoever moves markers takes rows of members alone.
--
-- The plan is kept by the session and may be made while the tables are empty; index scans are the right one at every
-- size, and a few hundred rows are joined fastest row by row.
CREATE OR REPLACE FUNCTION realtime_append(
  p_locks text[], p_ids text[], p_rooms text[], p_senders text[], p_recipients text[], p_visits text[],
  p_client_message_ids text[], p_bodies text[], p_attachments text[], p_metadata text[], p_moments bigint[])
RETURNS TABLE (
  place bigint, is_new boolean, id uuid, room_id text, seq bigint, sent_at bigint, sender_id text, recipient_id text,
  visit_id text, client_message_id text, body text, attachments text, metadata text)
LANGUAGE plpgsql
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
#variable_conflict use_column
DECLARE
  made text[];
BEGIN
  IF (SELECT count(*) FROM realtime_room r WHERE r.room_id = ANY (p_locks)) < cardinality(p_locks) THEN
    WITH fresh AS (
      INSERT INTO realtime_room (room_id, last_seq)
      SELECT l.room_id, 0 FROM unnest(p_locks) AS l (room_id) ORDER BY l.room_id COLLATE "C"
      ON CONFLICT DO NOTHING
      RETURNING room_id
    )
    SELECT array_agg(f.room_id) INTO made FROM fresh f;
  END IF;

  PERFORM FROM realtime_room r WHERE r.room_id = ANY (p_locks) ORDER BY r.room_id FOR UPDATE;

  RETURN QUERY
  WITH draft AS MATERIALIZED (
    SELECT d.*, m.seq AS known_seq
    FROM unnest(p_ids, p_rooms, p_senders, p_recipients, p_visits, p_client_message_ids, p_bodies, p_attachments,
        p_metadata, p_moments) WITH ORDINALITY
      AS d (id, room_id, sender_id, recipient_id, visit_id, client_message_id, body, attachments, metadata, moment, place)
    LEFT JOIN realtime_message m
      ON m.room_id = d.room_id AND m.sender_id = d.sender_id AND m.client_message_id = d.client_message_id
  ), numbered AS MATERIALIZED (
    SELECT d.*,
      r.last_seq + row_number() OVER so_far AS seq,
      greatest(r.last_sent_at, max(d.moment) OVER so_far) AS sent_at,
      row_number() OVER (PARTITION BY d.room_id, d.sender_id ORDER BY d.place) AS nth
    FROM draft d JOIN realtime_room r ON r.room_id = d.room_id
    WHERE d.known_seq IS NULL
    WINDOW so_far AS (PARTITION BY d.room_id ORDER BY d.place)
  ), owned AS MATERIALIZED (
    SELECT n.*, n.nth + coalesce(max(o.sender_seq) OVER (PARTITION BY n.room_id, n.sender_id), 0) AS sender_seq
    FROM numbered n LEFT JOIN LATERAL (
      SELECT m.room_id, m.sender_id, m.sender_seq FROM realtime_message m
      WHERE n.nth = 1 AND (m.sender_id, m.room_id, m.seq) < (n.sender_id, n.room_id, 9223372036854775807)
      ORDER BY m.sender_id DESC, m.room_id DESC, m.seq DESC LIMIT 1
    ) o ON o.room_id = n.room_id AND o.sender_id = n.sender_id
  ), stored AS (
    INSERT INTO realtime_message (room_id, seq, id, sent_at, sender_id, recipient_id, visit_id, client_message_id,
      body, attachments, metadata, sender_seq)
    SELECT n.room_id, n.seq, n.id::uuid, n.sent_at, n.sender_id, n.recipient_id, n.visit_id, n.client_message_id,
      n.body, n.attachments, n.metadata, n.sender_seq
    FROM owned n
  ), counted AS (
    UPDATE realtime_room r SET last_seq = l.seq, last_sent_at = l.sent_at, oldest_at = coalesce(r.oldest_at, l.oldest_at)
    FROM (
      SELECT n.room_id, max(n.seq) AS seq, max(n.sent_at) AS sent_at, min(n.sent_at) AS oldest_at
      FROM numbered n GROUP BY n.room_id
    ) l
    WHERE r.room_id = l.room_id
  ), listed AS (
    INSERT INTO realtime_member AS k (room_id, user_id, delivered_seq, read_seq, is_listed)
    SELECT l.room_id, l.user_id, 0, 0, true
    FROM (
      SELECT o.room_id, o.sender_id AS user_id FROM owned o WHERE o.sender_seq = 1
      UNION
      SELECT m.room_id, p.user_id FROM unnest(made) AS m (room_id), realtime_parties(m.room_id) AS p (user_id)
    ) l
    ORDER BY l.room_id COLLATE "C", l.user_id COLLATE "C"
    ON CONFLICT (room_id, user_id) DO UPDATE SET is_listed = true WHERE NOT k.is_listed
  )
  SELECT n.place, true, NULL::uuid, NULL::text, n.seq, n.sent_at, NULL::text, NULL::text,
    NULL::text, NULL::text, NULL::text, NULL::text, NULL::text
  FROM numbered n
  UNION ALL
  SELECT d.place, false, m.id, m.room_id, m.seq, m.sent_at, m.sender_id, m.recipient_id,
    m.visit_id, m.client_message_id, m.body, m.attachments, m.metadata
  FROM draft d JOIN realtime_message m ON m.room_id = d.room_id AND m.seq = d.known_seq;
END
$$;
