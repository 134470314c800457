-- Why a gateway is refused until a person decides, and since when; null while it is not.
ALTER TABLE tributary_gateway ADD COLUMN stopped ${time};
ALTER TABLE tributary_gateway ADD COLUMN stopped_why ${text};

-- The last starts of the machines that went by a gateway's name, in the order in which they were
-- heard of first. One that another followed, and that is heard of again, is alive beside it.
CREATE TABLE tributary_boot (
  gateway_id INTEGER NOT NULL,
  boot VARCHAR(64) NOT NULL,
  turn BIGINT NOT NULL,
  hostname ${name} NOT NULL,
  since ${time} NOT NULL,
  PRIMARY KEY (gateway_id, boot),
  FOREIGN KEY (gateway_id) REFERENCES tributary_gateway (id)
) ${table};

-- Machines whose name another took with central's permission: they are not let on any more.
CREATE TABLE tributary_replaced (
  gateway_id INTEGER NOT NULL,
  machine VARCHAR(64) NOT NULL,
  hostname ${name} NOT NULL,
  replaced_by ${name} NOT NULL,
  since ${time} NOT NULL,
  PRIMARY KEY (gateway_id, machine),
  FOREIGN KEY (gateway_id) REFERENCES tributary_gateway (id)
) ${table};

-- Permissions to read a gateway's rows back, and what was done with each. The newest one counts.
CREATE TABLE tributary_permit (
  id ${autoId},
  gateway_id INTEGER NOT NULL,
  granted_by ${name} NOT NULL,
  granted ${time} NOT NULL,
  expires ${time} NOT NULL,
  -- which rows it is about, by their times; null where it has no bound
  span_from ${time},
  span_before ${time},
  revoked ${time},
  -- the machine that used it first; no other may
  machine VARCHAR(64),
  hostname ${name},
  begun ${time},
  last_used ${time},
  finished ${time},
  -- rows that were given away, those given twice counted twice
  row_count BIGINT DEFAULT 0 NOT NULL,
  FOREIGN KEY (gateway_id) REFERENCES tributary_gateway (id)
) ${table};

CREATE INDEX tributary_permit_gateway ON tributary_permit (gateway_id);
