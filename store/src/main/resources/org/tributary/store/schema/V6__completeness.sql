-- What a gateway has of a node's day that is not here, as of the last time that they were compared
-- node by node; no entry where they are the same.
CREATE TABLE tributary_missing (
  gateway_id INTEGER NOT NULL,
  table_name VARCHAR(32) NOT NULL,
  first_hour BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  row_count BIGINT NOT NULL,
  noticed ${time} NOT NULL,
  PRIMARY KEY (gateway_id, table_name, first_hour, node_id),
  FOREIGN KEY (gateway_id) REFERENCES tributary_gateway (id)
) ${table};

-- Whose row it was and of when, to be found by.
ALTER TABLE tributary_correction ADD COLUMN node_id BIGINT;
ALTER TABLE tributary_correction ADD COLUMN row_time ${time};
CREATE INDEX tributary_correction_node ON tributary_correction (table_name, node_id, row_time);
CREATE INDEX tributary_setaside_node ON tributary_setaside (table_name, node_id, row_time);
