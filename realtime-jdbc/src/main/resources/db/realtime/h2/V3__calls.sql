-- Calls that are over. The quality is JSON as text: what the parties have reported, summed up.
CREATE TABLE realtime_call (
  call_id VARCHAR(41) PRIMARY KEY,
  caller_id VARCHAR(96) NOT NULL,
  callee_id VARCHAR(96) NOT NULL,
  visit_id VARCHAR(190),
  call_type VARCHAR(10),
  state VARCHAR(20) NOT NULL,
  started_at BIGINT NOT NULL,
  answered_at BIGINT,
  ended_at BIGINT NOT NULL,
  seconds BIGINT NOT NULL,
  ended_by VARCHAR(96),
  reason VARCHAR,
  quality VARCHAR NOT NULL
);

-- A history reads its newest rows along one of each, of which a user can be either.
CREATE INDEX realtime_call_by_caller ON realtime_call (caller_id, started_at, call_id);
CREATE INDEX realtime_call_by_callee ON realtime_call (callee_id, started_at, call_id);
CREATE INDEX realtime_call_by_visit ON realtime_call (visit_id, started_at, call_id);
