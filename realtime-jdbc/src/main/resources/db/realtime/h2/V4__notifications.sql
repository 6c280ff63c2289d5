-- A notification as it was sent, once, in however many inboxes it lies. Data are JSON as text: they must come back byte
-- for byte.
CREATE TABLE realtime_notification (
  id VARCHAR(128) PRIMARY KEY,
  sent_at BIGINT NOT NULL,
  type VARCHAR NOT NULL,
  priority VARCHAR NOT NULL,
  title VARCHAR NOT NULL,
  message VARCHAR NOT NULL,
  data VARCHAR
);

-- How much lies in the inbox of a user, kept beside it so that nobody has to count. Its row is locked by whoever changes
-- the inbox, before anything else.
CREATE TABLE realtime_inbox (
  user_id VARCHAR(96) PRIMARY KEY,
  total BIGINT NOT NULL,
  unread BIGINT NOT NULL
);

-- That a notification lies in an inbox. The unread column is 1 until it was read at read_at, then 0; sent_at is that of
-- the notification. The user comes second in the key, or H2 would read an inbox along the key and sort it.
CREATE TABLE realtime_inbox_item (
  user_id VARCHAR(96) NOT NULL,
  notification_id VARCHAR(128) NOT NULL,
  sent_at BIGINT NOT NULL,
  unread SMALLINT NOT NULL,
  read_at BIGINT,
  PRIMARY KEY (notification_id, user_id)
);

CREATE INDEX realtime_inbox_item_by_time ON realtime_inbox_item (user_id, sent_at, notification_id);
CREATE INDEX realtime_inbox_item_unread ON realtime_inbox_item (user_id, unread, sent_at, notification_id);
