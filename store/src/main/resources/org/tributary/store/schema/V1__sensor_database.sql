-- A sensor database. Tables and columns keep the names that existing Cogent-house databases have,
-- so that the tools which read those read this one too; what is ours begins with tributary_.
-- Placeholders are words that each engine spells in its own way (Engine.schemaWords).

CREATE TABLE ${q}SensorType${q} (
  ${q}id${q} INTEGER NOT NULL PRIMARY KEY,
  ${q}name${q} ${name},
  ${q}code${q} ${name},
  ${q}units${q} ${name},
  ${q}c0${q} ${real},
  ${q}c1${q} ${real},
  ${q}c2${q} ${real},
  ${q}c3${q} ${real}
) ${table};

CREATE TABLE ${q}NodeType${q} (
  ${q}id${q} INTEGER NOT NULL PRIMARY KEY,
  ${q}name${q} ${name},
  ${q}time${q} ${time},
  ${q}seq${q} INTEGER,
  ${q}updated_seq${q} INTEGER,
  ${q}period${q} INTEGER,
  ${q}blink${q} ${boolean},
  ${q}configured${q} ${name}
) ${table};

CREATE TABLE ${q}RoomType${q} (
  ${q}id${q} ${autoId},
  ${q}name${q} ${name}
) ${table};

CREATE TABLE ${q}Room${q} (
  ${q}id${q} ${autoId},
  ${q}roomTypeId${q} INTEGER,
  ${q}name${q} ${name},
  FOREIGN KEY (${q}roomTypeId${q}) REFERENCES ${q}RoomType${q} (${q}id${q})
) ${table};

CREATE TABLE ${q}Deployment${q} (
  ${q}id${q} ${autoId},
  ${q}name${q} ${name},
  ${q}description${q} ${name},
  ${q}startDate${q} ${time},
  ${q}endDate${q} ${time}
) ${table};

CREATE TABLE ${q}House${q} (
  ${q}id${q} ${autoId},
  ${q}deploymentId${q} INTEGER,
  ${q}address${q} ${name},
  ${q}startDate${q} ${time},
  ${q}endDate${q} ${time},
  FOREIGN KEY (${q}deploymentId${q}) REFERENCES ${q}Deployment${q} (${q}id${q})
) ${table};

CREATE TABLE ${q}Location${q} (
  ${q}id${q} ${autoId},
  ${q}houseId${q} INTEGER,
  ${q}roomId${q} INTEGER,
  UNIQUE (${q}houseId${q}, ${q}roomId${q}),
  FOREIGN KEY (${q}houseId${q}) REFERENCES ${q}House${q} (${q}id${q}),
  FOREIGN KEY (${q}roomId${q}) REFERENCES ${q}Room${q} (${q}id${q})
) ${table};

CREATE TABLE ${q}Node${q} (
  ${q}id${q} INTEGER NOT NULL PRIMARY KEY,
  ${q}locationId${q} INTEGER,
  ${q}nodeTypeId${q} INTEGER,
  FOREIGN KEY (${q}locationId${q}) REFERENCES ${q}Location${q} (${q}id${q}),
  FOREIGN KEY (${q}nodeTypeId${q}) REFERENCES ${q}NodeType${q} (${q}id${q})
) ${table};

CREATE TABLE ${q}Sensor${q} (
  ${q}id${q} ${autoId},
  ${q}sensorTypeId${q} INTEGER,
  ${q}nodeId${q} INTEGER,
  ${q}calibrationSlope${q} ${real},
  ${q}calibrationOffset${q} ${real},
  FOREIGN KEY (${q}sensorTypeId${q}) REFERENCES ${q}SensorType${q} (${q}id${q}),
  FOREIGN KEY (${q}nodeId${q}) REFERENCES ${q}Node${q} (${q}id${q})
) ${table};

CREATE TABLE ${q}NodeState${q} (
  ${q}time${q} ${time} NOT NULL,
  ${q}nodeId${q} INTEGER NOT NULL,
  ${q}parent${q} INTEGER,
  ${q}localtime${q} BIGINT,
  ${q}seq_num${q} INTEGER NOT NULL,
  ${q}rssi${q} INTEGER,
  PRIMARY KEY (${q}time${q}, ${q}nodeId${q}, ${q}seq_num${q}),
  FOREIGN KEY (${q}nodeId${q}) REFERENCES ${q}Node${q} (${q}id${q})
) ${series};

CREATE TABLE ${q}Reading${q} (
  ${q}time${q} ${time} NOT NULL,
  ${q}nodeId${q} INTEGER NOT NULL,
  ${q}type${q} INTEGER NOT NULL,
  ${q}locationId${q} INTEGER,
  ${q}value${q} ${real},
  PRIMARY KEY (${q}time${q}, ${q}nodeId${q}, ${q}type${q}),
  FOREIGN KEY (${q}nodeId${q}) REFERENCES ${q}Node${q} (${q}id${q}),
  FOREIGN KEY (${q}type${q}) REFERENCES ${q}SensorType${q} (${q}id${q}),
  FOREIGN KEY (${q}locationId${q}) REFERENCES ${q}Location${q} (${q}id${q})
) ${series};

CREATE INDEX reading_location ON ${q}Reading${q} (${q}locationId${q}, ${q}time${q});

CREATE TABLE tributary_gateway (
  id ${autoId},
  name VARCHAR(64) NOT NULL UNIQUE,
  machine VARCHAR(64) NOT NULL,
  hostname ${name} NOT NULL,
  version ${name} NOT NULL,
  first_contact ${time} NOT NULL,
  last_contact ${time} NOT NULL,
  -- how far the gateway's clock was ahead of ours at the last contact, in milliseconds
  clock_offset BIGINT NOT NULL
) ${table};

-- How far each lane of each table has come: where to start, not proof that all before it arrived.
CREATE TABLE tributary_position (
  gateway_id INTEGER NOT NULL,
  table_name VARCHAR(32) NOT NULL,
  lane VARCHAR(16) NOT NULL,
  position ${name} NOT NULL,
  PRIMARY KEY (gateway_id, table_name, lane),
  FOREIGN KEY (gateway_id) REFERENCES tributary_gateway (id)
) ${table};

-- Which row at a gateway is which row here, and why we think so.
CREATE TABLE tributary_mapping (
  gateway_id INTEGER NOT NULL,
  table_name VARCHAR(32) NOT NULL,
  local_id BIGINT NOT NULL,
  central_id BIGINT NOT NULL,
  evidence ${text} NOT NULL,
  -- the gateway's row as it was when both sides last agreed, as JSON
  base ${text} NOT NULL,
  since ${time} NOT NULL,
  PRIMARY KEY (gateway_id, table_name, local_id),
  FOREIGN KEY (gateway_id) REFERENCES tributary_gateway (id)
) ${table};

CREATE INDEX tributary_mapping_central ON tributary_mapping (table_name, central_id);

-- Rows kept apart because they can't be stored as they are. Nothing is ever thrown away.
CREATE TABLE tributary_setaside (
  id ${autoId},
  gateway_id INTEGER NOT NULL,
  table_name VARCHAR(32) NOT NULL,
  row_key ${name} NOT NULL,
  rule VARCHAR(32) NOT NULL,
  reason ${text} NOT NULL,
  -- the row as the gateway has it, as JSON
  content ${text} NOT NULL,
  -- its time, where it is a row of a series whose time can be read
  row_time ${time},
  since ${time} NOT NULL,
  UNIQUE (gateway_id, table_name, row_key),
  FOREIGN KEY (gateway_id) REFERENCES tributary_gateway (id)
) ${table};

CREATE INDEX tributary_setaside_rule ON tributary_setaside (gateway_id, rule, table_name);
CREATE INDEX tributary_setaside_time ON tributary_setaside (gateway_id, table_name, row_time);
