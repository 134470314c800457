-- What a person decided about which row is which. Nothing is ever taken out of these books.
CREATE TABLE tributary_decision (
  id ${autoId},
  gateway_id INTEGER NOT NULL,
  table_name VARCHAR(32) NOT NULL,
  local_id BIGINT NOT NULL,
  -- SAME, DIFFERENT or MOVED
  verdict VARCHAR(16) NOT NULL,
  -- the row of central that it is; -1 until it is made
  central_id BIGINT NOT NULL,
  decided_by ${name} NOT NULL,
  decided ${time} NOT NULL,
  -- how many readings and node states stand elsewhere by it, and how many need not wait any longer
  moved BIGINT NOT NULL,
  released BIGINT NOT NULL,
  -- what it changed, as it was and as it was then: JSON, to undo it by
  image ${text} NOT NULL,
  undone ${time},
  undone_by ${name},
  FOREIGN KEY (gateway_id) REFERENCES tributary_gateway (id)
) ${table};

CREATE INDEX tributary_decision_row ON tributary_decision (table_name, central_id);
