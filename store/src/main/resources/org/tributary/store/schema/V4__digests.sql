-- What central has of each node's days, so that it need not look at all rows whenever it is asked.
-- A writer of readings or node states marks the days stale that it touches, in its transaction.
CREATE TABLE tributary_digest (
  table_name VARCHAR(32) NOT NULL,
  -- the day's first hour, in hours since 1970 UTC
  first_hour BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  -- which columns count, a bit each
  column_set INTEGER NOT NULL,
  -- the location that the rows are of; -1 for those without one
  place BIGINT NOT NULL,
  row_count BIGINT NOT NULL,
  -- of hashes without the place, modulo 2^64
  row_sum BIGINT NOT NULL,
  stale ${boolean} NOT NULL,
  PRIMARY KEY (table_name, first_hour, node_id, column_set, place)
) ${table};

-- By how much central differs from a gateway's rows for good: rows that the gateway has no longer.
CREATE TABLE tributary_kept (
  gateway_id INTEGER NOT NULL,
  table_name VARCHAR(32) NOT NULL,
  first_hour BIGINT NOT NULL,
  hours INTEGER NOT NULL,
  -- -1 for all nodes of the gateway
  node_id BIGINT NOT NULL,
  bucket INTEGER NOT NULL,
  -- by which keys fall into buckets
  salt BIGINT NOT NULL,
  row_count BIGINT NOT NULL,
  row_sum BIGINT NOT NULL,
  PRIMARY KEY (gateway_id, table_name, first_hour, hours, node_id, bucket, salt),
  FOREIGN KEY (gateway_id) REFERENCES tributary_gateway (id)
) ${table};

-- What a gateway said last that it has of a day, all its nodes together, and what was here then.
CREATE TABLE tributary_claim (
  gateway_id INTEGER NOT NULL,
  table_name VARCHAR(32) NOT NULL,
  first_hour BIGINT NOT NULL,
  row_count BIGINT NOT NULL,
  row_sum BIGINT NOT NULL,
  -- rows that were missing here, or were others
  missing BIGINT NOT NULL,
  noticed ${time} NOT NULL,
  PRIMARY KEY (gateway_id, table_name, first_hour),
  FOREIGN KEY (gateway_id) REFERENCES tributary_gateway (id)
) ${table};

-- What rows were before a gateway changed or deleted them.
CREATE TABLE tributary_correction (
  id ${autoId},
  gateway_id INTEGER NOT NULL,
  table_name VARCHAR(32) NOT NULL,
  row_key ${name} NOT NULL,
  kind VARCHAR(16) NOT NULL,
  -- the row as it was, as JSON
  row_before ${text} NOT NULL,
  noticed ${time} NOT NULL,
  FOREIGN KEY (gateway_id) REFERENCES tributary_gateway (id)
) ${table};

CREATE INDEX tributary_correction_key ON tributary_correction (gateway_id, table_name, row_key);

-- The hash of a row set aside as its gateway has it, and its node: it is no difference.
ALTER TABLE tributary_setaside ADD COLUMN node_id BIGINT;
ALTER TABLE tributary_setaside ADD COLUMN row_hash BIGINT;

-- Readings have theirs since V3.
CREATE INDEX nodestate_node ON ${q}NodeState${q} (${q}nodeId${q}, ${q}time${q});

-- Readings that an operator filed under another location at central: a gateway that still tells
-- them under the old one does not bring them back.
CREATE TABLE tributary_filing (
  id ${autoId},
  node_id BIGINT NOT NULL,
  -- the location that they stood under; -1 for none
  from_place BIGINT NOT NULL,
  to_place BIGINT NOT NULL,
  -- of the first and of the last of them
  first_time ${time} NOT NULL,
  last_time ${time} NOT NULL
) ${table};

CREATE INDEX tributary_filing_node ON tributary_filing (node_id);
