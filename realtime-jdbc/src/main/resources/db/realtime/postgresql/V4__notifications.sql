-- A notification as it was sent, once, in however many inboxes it lies. Data are JSON as text, not jsonb: they must come
-- back byte for byte.
CREATE TABLE realtime_notification (
  id text COLLATE "C" PRIMARY KEY,
  sent_at bigint NOT NULL,
  type text NOT NULL,
  priority text NOT NULL,
  title text NOT NULL,
  message text NOT NULL,
  data text
);

-- How much lies in the inbox of a user, kept beside it so that nobody has to count. Its row is locked by whoever changes
-- the inbox, before anything else.
CREATE TABLE realtime_inbox (
  user_id text COLLATE "C" PRIMARY KEY,
  total bigint NOT NULL,
  unread bigint NOT NULL
) WITH (fillfactor = 50);

-- That a notification lies in an inbox. The unread column is 1 until it was read at read_at, then 0; sent_at is that of
-- the notification.
CREATE TABLE realtime_inbox_item (
  user_id text COLLATE "C" NOT NULL,
  notification_id text COLLATE "C" NOT NULL,
  sent_at bigint NOT NULL,
  unread smallint NOT NULL,
  read_at bigint,
  PRIMARY KEY (user_id, notification_id)
);

CREATE INDEX realtime_inbox_item_by_time ON realtime_inbox_item (user_id, sent_at, notification_id);
CREATE INDEX realtime_inbox_item_unread ON realtime_inbox_item (user_id, sent_at, notification_id) WHERE unread = 1;
