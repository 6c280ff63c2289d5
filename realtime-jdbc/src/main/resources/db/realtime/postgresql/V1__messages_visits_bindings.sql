-- Moments are milliseconds since 1970 in UTC. Ids are compared by code point, as the library orders them.

-- A room's counter. Its row is locked by whoever appends to the room; rows are never deleted, so numbers never restart.
CREATE TABLE realtime_room (
  room_id text COLLATE "C" PRIMARY KEY,
  last_seq bigint NOT NULL,
  last_sent_at bigint
) WITH (fillfactor = 50);

-- Metadata and attachments are JSON as text, not jsonb: they must come back byte for byte. No list of attachments is
-- null, an empty list is '[]'.
CREATE TABLE realtime_message (
  room_id text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  id uuid NOT NULL,
  sent_at bigint NOT NULL,
  sender_id text COLLATE "C" NOT NULL,
  recipient_id text COLLATE "C",
  visit_id text COLLATE "C",
  client_message_id text COLLATE "C",
  body text NOT NULL,
  attachments text,
  metadata text NOT NULL,
  PRIMARY KEY (room_id, seq)
);

CREATE UNIQUE INDEX realtime_message_id ON realtime_message (id);
CREATE INDEX realtime_message_by_time ON realtime_message (room_id, sent_at, seq);
CREATE INDEX realtime_message_by_visit ON realtime_message (visit_id, sent_at, room_id, seq) WHERE visit_id IS NOT NULL;
CREATE UNIQUE INDEX realtime_message_retry ON realtime_message (room_id, sender_id, client_message_id)
  WHERE client_message_id IS NOT NULL;

CREATE TABLE realtime_visit (
  visit_id text COLLATE "C" PRIMARY KEY,
  patient_id text COLLATE "C" NOT NULL,
  provider_id text COLLATE "C" NOT NULL,
  created_at bigint NOT NULL
);

CREATE TABLE realtime_room_binding (
  room_id text COLLATE "C" PRIMARY KEY,
  visit_id text COLLATE "C" NOT NULL
);

-- Stores a batch in one round trip. Drafts come as parallel arrays and hold no two with the same room, sender and
-- client message id; p_locks are their rooms, each once. Answers, by place in the arrays, the number and moment given;
-- for a retry the whole message that is there already.
--
-- Locks are taken in the order of room ids, so batches never wait for each other in a circle: rooms that are missing
-- are made first, while no other lock is held. Each statement of a volatile function has a snapshot of its own at
-- READ COMMITTED, so what is read after the locks is what the last holder committed.
--
-- The plan is kept by the session and may be made while the tables are empty; index scans are the right one at every
-- size, and a few hundred rows are joined fastest row by row.
CREATE FUNCTION realtime_append(
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
BEGIN
  IF (SELECT count(*) FROM realtime_room r WHERE r.room_id = ANY (p_locks)) < cardinality(p_locks) THEN
    INSERT INTO realtime_room (room_id, last_seq)
    SELECT l.room_id, 0 FROM unnest(p_locks) AS l (room_id) ORDER BY l.room_id COLLATE "C"
    ON CONFLICT DO NOTHING;
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
      greatest(r.last_sent_at, max(d.moment) OVER so_far) AS sent_at
    FROM draft d JOIN realtime_room r ON r.room_id = d.room_id
    WHERE d.known_seq IS NULL
    WINDOW so_far AS (PARTITION BY d.room_id ORDER BY d.place)
  ), stored AS (
    INSERT INTO realtime_message (room_id, seq, id, sent_at, sender_id, recipient_id, visit_id, client_message_id,
      body, attachments, metadata)
    SELECT n.room_id, n.seq, n.id::uuid, n.sent_at, n.sender_id, n.recipient_id, n.visit_id, n.client_message_id,
      n.body, n.attachments, n.metadata
    FROM numbered n
  ), counted AS (
    UPDATE realtime_room r SET last_seq = l.seq, last_sent_at = l.sent_at
    FROM (SELECT n.room_id, max(n.seq) AS seq, max(n.sent_at) AS sent_at FROM numbered n GROUP BY n.room_id) l
    WHERE r.room_id = l.room_id
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
