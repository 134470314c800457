-- What a person decided about rows that were set aside. A row that was dropped, or stored under
-- another time, may be sent again, and must not come back; one whose time was believed in spite of
-- its clock must be believed again.
CREATE TABLE tributary_decided (
  id ${autoId},
  gateway_id INTEGER NOT NULL,
  table_name VARCHAR(32) NOT NULL,
  row_key ${name} NOT NULL,
  -- DROPPED, BELIEVED or SHIFTED
  decision VARCHAR(16) NOT NULL,
  -- by which rule it was set aside, why, and since when
  rule VARCHAR(32) NOT NULL,
  reason ${text} NOT NULL,
  since ${time} NOT NULL,
  -- the row as the gateway has it, as JSON
  content ${text} NOT NULL,
  row_time ${time},
  -- as in tributary_setaside; null where the gateway has the row no longer
  node_id BIGINT,
  row_hash BIGINT,
  -- under which key and time it was stored, where that is not its own
  stored_key ${name},
  stored_time ${time},
  decided_by ${name} NOT NULL,
  decided ${time} NOT NULL,
  FOREIGN KEY (gateway_id) REFERENCES tributary_gateway (id)
) ${table};

CREATE INDEX tributary_decided_key ON tributary_decided (gateway_id, table_name, row_key);
CREATE INDEX tributary_decided_time ON tributary_decided (gateway_id, table_name, row_time);
CREATE INDEX tributary_decided_stored ON tributary_decided (gateway_id, table_name, stored_time);
