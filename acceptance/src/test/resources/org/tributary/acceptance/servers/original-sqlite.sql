-- The original schema as SQLAlchemy creates it in SQLite: types are names only, times are text.

CREATE TABLE "Deployment" (
  id INTEGER NOT NULL,
  name VARCHAR(255),
  description VARCHAR(255),
  "startDate" DATETIME,
  "endDate" DATETIME,
  PRIMARY KEY (id)
);

CREATE TABLE "House" (
  id INTEGER NOT NULL,
  "deploymentId" INTEGER,
  address VARCHAR(255),
  "startDate" DATETIME,
  "endDate" DATETIME,
  serverid INTEGER,
  PRIMARY KEY (id),
  FOREIGN KEY ("deploymentId") REFERENCES "Deployment" (id),
  CONSTRAINT fk_house_server_id FOREIGN KEY (serverid) REFERENCES "Server" (id)
);

CREATE TABLE "RoomType" (
  id INTEGER NOT NULL,
  name VARCHAR(20),
  PRIMARY KEY (id)
);

CREATE TABLE "Room" (
  id INTEGER NOT NULL,
  "roomTypeId" INTEGER,
  name VARCHAR(20),
  PRIMARY KEY (id),
  FOREIGN KEY ("roomTypeId") REFERENCES "RoomType" (id)
);

CREATE TABLE "Location" (
  id INTEGER NOT NULL,
  "houseId" INTEGER,
  "roomId" INTEGER,
  PRIMARY KEY (id),
  UNIQUE ("houseId", "roomId"),
  FOREIGN KEY ("houseId") REFERENCES "House" (id),
  FOREIGN KEY ("roomId") REFERENCES "Room" (id)
);

CREATE TABLE "NodeType" (
  id INTEGER NOT NULL,
  name VARCHAR(20),
  time DATETIME,
  seq INTEGER,
  updated_seq INTEGER,
  period INTEGER,
  blink BOOLEAN,
  configured VARCHAR(10),
  PRIMARY KEY (id),
  CHECK (blink IN (0, 1))
);

CREATE TABLE "Node" (
  id INTEGER NOT NULL,
  "locationId" INTEGER,
  "nodeTypeId" INTEGER,
  PRIMARY KEY (id),
  FOREIGN KEY ("locationId") REFERENCES "Location" (id),
  FOREIGN KEY ("nodeTypeId") REFERENCES "NodeType" (id)
);

CREATE TABLE "SensorType" (
  id INTEGER NOT NULL,
  name VARCHAR(255),
  code VARCHAR(50),
  units VARCHAR(20),
  c0 FLOAT,
  c1 FLOAT,
  c2 FLOAT,
  c3 FLOAT,
  PRIMARY KEY (id)
);

CREATE TABLE "Sensor" (
  id INTEGER NOT NULL,
  "sensorTypeId" INTEGER,
  "nodeId" INTEGER,
  "calibrationSlope" FLOAT,
  "calibrationOffset" FLOAT,
  PRIMARY KEY (id),
  FOREIGN KEY ("sensorTypeId") REFERENCES "SensorType" (id),
  FOREIGN KEY ("nodeId") REFERENCES "Node" (id)
);

CREATE TABLE "NodeState" (
  time DATETIME NOT NULL,
  "nodeId" INTEGER NOT NULL,
  parent INTEGER,
  localtime BIGINT,
  seq_num INTEGER NOT NULL,
  rssi INTEGER,
  PRIMARY KEY (time, "nodeId", seq_num),
  FOREIGN KEY ("nodeId") REFERENCES "Node" (id)
);
CREATE INDEX "ix_NodeState_nodeId" ON "NodeState" ("nodeId");
CREATE INDEX "ix_NodeState_seq_num" ON "NodeState" (seq_num);
CREATE INDEX "ix_NodeState_time" ON "NodeState" (time);
CREATE INDEX ns_1 ON "NodeState" (time, "nodeId", localtime);

CREATE TABLE "Reading" (
  time DATETIME NOT NULL,
  "nodeId" INTEGER NOT NULL,
  type INTEGER NOT NULL,
  "locationId" INTEGER,
  value FLOAT,
  PRIMARY KEY (time, "nodeId", type),
  FOREIGN KEY ("nodeId") REFERENCES "Node" (id),
  FOREIGN KEY (type) REFERENCES "SensorType" (id),
  FOREIGN KEY ("locationId") REFERENCES "Location" (id)
);
CREATE INDEX "ix_Reading_nodeId" ON "Reading" ("nodeId");
CREATE INDEX "ix_Reading_type" ON "Reading" (type);
CREATE INDEX "ix_Reading_locationId" ON "Reading" ("locationId");

CREATE TABLE "Server" (
  id INTEGER NOT NULL,
  hostname VARCHAR(255),
  baseid INTEGER,
  rpc INTEGER,
  PRIMARY KEY (id),
  FOREIGN KEY (baseid) REFERENCES "Node" (id)
);

CREATE TABLE "Pushstatus" (
  id INTEGER NOT NULL,
  time DATETIME,
  localtime DATETIME,
  hostname VARCHAR(25),
  version VARCHAR(20),
  PRIMARY KEY (id)
);
