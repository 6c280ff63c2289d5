-- Calls that are over. The quality is JSON as text: what the parties have reported, summed up.
CREATE TABLE realtime_call (
  call_id text COLLATE "C" PRIMARY KEY,
  caller_id text COLLATE "C" NOT NULL,
  callee_id text COLLATE "C" NOT NULL,
  visit_id text COLLATE "C",
  call_type text,
  state text NOT NULL,
  started_at bigint NOT NULL,
  answered_at bigint,
  ended_at bigint NOT NULL,
  seconds bigint NOT NULL,
  ended_by text COLLATE "C",
  reason text,
  quality text NOT NULL
);

-- A history reads its newest rows along one of each, of which a user can be either.
CREATE INDEX realtime_call_by_caller ON realtime_call (caller_id, started_at, call_id);
CREATE INDEX realtime_call_by_callee ON realtime_call (callee_id, started_at, call_id);
CREATE INDEX realtime_call_by_visit ON realtime_call (visit_id, started_at, call_id) WHERE visit_id IS NOT NULL;
