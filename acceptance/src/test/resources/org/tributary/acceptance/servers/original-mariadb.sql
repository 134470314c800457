-- The original schema as SQLAlchemy creates it in MySQL and MariaDB.

CREATE TABLE `Deployment` (
  id INT(11) NOT NULL AUTO_INCREMENT,
  name VARCHAR(255),
  description VARCHAR(255),
  `startDate` DATETIME,
  `endDate` DATETIME,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE `House` (
  id INT(11) NOT NULL AUTO_INCREMENT,
  `deploymentId` INT(11),
  address VARCHAR(255),
  `startDate` DATETIME,
  `endDate` DATETIME,
  serverid INT(11),
  PRIMARY KEY (id),
  FOREIGN KEY (`deploymentId`) REFERENCES `Deployment` (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE `RoomType` (
  id INT(11) NOT NULL AUTO_INCREMENT,
  name VARCHAR(20),
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE `Room` (
  id INT(11) NOT NULL AUTO_INCREMENT,
  `roomTypeId` INT(11),
  name VARCHAR(20),
  PRIMARY KEY (id),
  FOREIGN KEY (`roomTypeId`) REFERENCES `RoomType` (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE `Location` (
  id INT(11) NOT NULL AUTO_INCREMENT,
  `houseId` INT(11),
  `roomId` INT(11),
  PRIMARY KEY (id),
  UNIQUE (`houseId`, `roomId`),
  FOREIGN KEY (`houseId`) REFERENCES `House` (id),
  FOREIGN KEY (`roomId`) REFERENCES `Room` (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE `NodeType` (
  id INT(11) NOT NULL,
  name VARCHAR(20),
  time DATETIME,
  seq INT(11),
  updated_seq INT(11),
  period INT(11),
  blink TINYINT(1),
  configured VARCHAR(10),
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE `Node` (
  id INT(11) NOT NULL,
  `locationId` INT(11),
  `nodeTypeId` INT(11),
  PRIMARY KEY (id),
  FOREIGN KEY (`locationId`) REFERENCES `Location` (id),
  FOREIGN KEY (`nodeTypeId`) REFERENCES `NodeType` (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE `SensorType` (
  id INT(11) NOT NULL,
  name VARCHAR(255),
  code VARCHAR(50),
  units VARCHAR(20),
  c0 FLOAT,
  c1 FLOAT,
  c2 FLOAT,
  c3 FLOAT,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE `Sensor` (
  id INT(11) NOT NULL AUTO_INCREMENT,
  `sensorTypeId` INT(11),
  `nodeId` INT(11),
  `calibrationSlope` FLOAT,
  `calibrationOffset` FLOAT,
  PRIMARY KEY (id),
  FOREIGN KEY (`sensorTypeId`) REFERENCES `SensorType` (id),
  FOREIGN KEY (`nodeId`) REFERENCES `Node` (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE `NodeState` (
  time DATETIME NOT NULL,
  `nodeId` INT(11) NOT NULL,
  parent INT(11),
  `localtime` BIGINT(20),
  seq_num INT(11) NOT NULL,
  rssi INT(11),
  PRIMARY KEY (time, `nodeId`, seq_num),
  FOREIGN KEY (`nodeId`) REFERENCES `Node` (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;
CREATE INDEX `ix_NodeState_nodeId` ON `NodeState` (`nodeId`);
CREATE INDEX `ix_NodeState_seq_num` ON `NodeState` (seq_num);
CREATE INDEX `ix_NodeState_time` ON `NodeState` (time);
CREATE INDEX ns_1 ON `NodeState` (time, `nodeId`, `localtime`);

CREATE TABLE `Reading` (
  time DATETIME NOT NULL,
  `nodeId` INT(11) NOT NULL,
  type INT(11) NOT NULL,
  `locationId` INT(11),
  value FLOAT,
  PRIMARY KEY (time, `nodeId`, type),
  FOREIGN KEY (`nodeId`) REFERENCES `Node` (id),
  FOREIGN KEY (type) REFERENCES `SensorType` (id),
  FOREIGN KEY (`locationId`) REFERENCES `Location` (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;
CREATE INDEX `ix_Reading_nodeId` ON `Reading` (`nodeId`);
CREATE INDEX `ix_Reading_type` ON `Reading` (type);
CREATE INDEX `ix_Reading_locationId` ON `Reading` (`locationId`);

CREATE TABLE `Server` (
  id INT(11) NOT NULL AUTO_INCREMENT,
  hostname VARCHAR(255),
  baseid INT(11),
  rpc INT(11),
  PRIMARY KEY (id),
  FOREIGN KEY (baseid) REFERENCES `Node` (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

CREATE TABLE `Pushstatus` (
  id INT(11) NOT NULL AUTO_INCREMENT,
  time DATETIME,
  `localtime` DATETIME,
  hostname VARCHAR(25),
  version VARCHAR(20),
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8;

-- House and Server refer to each other by way of Node, so one key comes last.
ALTER TABLE `House` ADD CONSTRAINT fk_house_server_id FOREIGN KEY (serverid) REFERENCES `Server` (id);
