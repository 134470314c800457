-- Central's row as it was when both sides last agreed, as JSON; null for matches of before, and then
-- it counts as unchanged.
ALTER TABLE tributary_mapping ADD COLUMN central_base ${text};

-- What the gateway wants done with metadata that both sides changed, as JSON; null if it only sends.
ALTER TABLE tributary_gateway ADD COLUMN merge_terms ${text};

-- Fields that both sides had otherwise, and which of them counts; nobody's edit goes without a trace.
CREATE TABLE tributary_conflict (
  id ${autoId},
  gateway_id INTEGER NOT NULL,
  table_name VARCHAR(32) NOT NULL,
  local_id BIGINT NOT NULL,
  central_id BIGINT NOT NULL,
  -- MATCHED, EDITED, REMOVED_THERE or REMOVED_HERE
  kind VARCHAR(16) NOT NULL,
  -- empty where it is about the row as a whole
  column_name VARCHAR(32) NOT NULL,
  -- cells as JSON, in central's ids; null where there was none
  base_value ${text},
  gateway_value ${text},
  central_value ${text},
  -- GATEWAY or CENTRAL
  winner VARCHAR(16) NOT NULL,
  -- why, in a word
  rule VARCHAR(16) NOT NULL,
  noticed ${time} NOT NULL,
  -- whose value a person chose later, who and when
  chosen VARCHAR(16),
  decided_by ${name},
  decided ${time},
  FOREIGN KEY (gateway_id) REFERENCES tributary_gateway (id)
) ${table};

CREATE INDEX tributary_conflict_row ON tributary_conflict (gateway_id, table_name, local_id);

-- What gateways put in the place of what stood here before: two values that come again and again
-- are two edits that chase each other around several centrals and gateways.
CREATE TABLE tributary_edit (
  id ${autoId},
  gateway_id INTEGER NOT NULL,
  table_name VARCHAR(32) NOT NULL,
  central_id BIGINT NOT NULL,
  column_name VARCHAR(32) NOT NULL,
  -- the cell that was replaced, as JSON
  value_before ${text} NOT NULL,
  noticed ${time} NOT NULL,
  FOREIGN KEY (gateway_id) REFERENCES tributary_gateway (id)
) ${table};

CREATE INDEX tributary_edit_row ON tributary_edit (table_name, central_id, noticed);
