-- What gateways did, for people who look at one of them. All of it is bounded: old rows go.

-- A greeting, answered or refused. The newest ones of a gateway stay, and of those that told
-- something new about a machine more.
CREATE TABLE tributary_contact (
  id ${longId},
  gateway_id INTEGER NOT NULL,
  noticed ${time} NOT NULL,
  -- what it was told, if it was refused; null if it was welcomed
  refused ${text},
  machine VARCHAR(64) NOT NULL,
  hostname ${name} NOT NULL,
  version ${name} NOT NULL,
  boot VARCHAR(64),
  -- what the greeting tells of how the gateway is set up, in words
  configuration ${text} NOT NULL,
  -- how far its clock was ahead of ours, in milliseconds
  clock_offset BIGINT NOT NULL,
  -- whether anything but the clock is otherwise than in the greeting of this machine before
  is_news ${boolean} NOT NULL,
  FOREIGN KEY (gateway_id) REFERENCES tributary_gateway (id)
) ${table};

CREATE INDEX tributary_contact_gateway ON tributary_contact (gateway_id, id);

-- A batch that was stored, and how it was acknowledged. The newest ones of a gateway stay.
CREATE TABLE tributary_receipt (
  id ${longId},
  gateway_id INTEGER NOT NULL,
  noticed ${time} NOT NULL,
  table_name VARCHAR(32) NOT NULL,
  lane VARCHAR(16) NOT NULL,
  row_count INTEGER NOT NULL,
  inserted INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  set_aside INTEGER NOT NULL,
  -- rows that central had and the gateway had not; null where the batch was not all of anything
  kept BIGINT,
  deleted BIGINT,
  -- as it travelled; null where nobody counted
  byte_count BIGINT,
  -- how far the lane had come then, as JSON; null where it has no position
  position ${name},
  -- milliseconds from when it was unpacked until just before the commit
  took BIGINT NOT NULL,
  FOREIGN KEY (gateway_id) REFERENCES tributary_gateway (id)
) ${table};

CREATE INDEX tributary_receipt_gateway ON tributary_receipt (gateway_id, id);

-- The sums of an hour. Hours in which nothing came have none.
CREATE TABLE tributary_hour (
  gateway_id INTEGER NOT NULL,
  -- in hours since 1970 UTC
  hour_number BIGINT NOT NULL,
  contacts BIGINT NOT NULL,
  refusals BIGINT NOT NULL,
  batches BIGINT NOT NULL,
  row_count BIGINT NOT NULL,
  inserted BIGINT NOT NULL,
  set_aside BIGINT NOT NULL,
  byte_count BIGINT NOT NULL,
  -- of the gateway's clock in milliseconds, as in tributary_contact; null without a greeting
  least_offset BIGINT,
  most_offset BIGINT,
  PRIMARY KEY (gateway_id, hour_number),
  FOREIGN KEY (gateway_id) REFERENCES tributary_gateway (id)
) ${table};

-- What gateways that take central's metadata were told to change in theirs. What is told again and
-- again, because a gateway does not do it, is one row.
CREATE TABLE tributary_told (
  id ${longId},
  gateway_id INTEGER NOT NULL,
  noticed ${time} NOT NULL,
  last_noticed ${time} NOT NULL,
  times BIGINT NOT NULL,
  words ${text} NOT NULL,
  FOREIGN KEY (gateway_id) REFERENCES tributary_gateway (id)
) ${table};

CREATE INDEX tributary_told_gateway ON tributary_told (gateway_id, id);
